#pragma once

#include <string_view>

namespace flnas::searches {

/// The part of a reply that answers. Models that reason write drafts between <think> and </think> (or <thinking>,
/// <reasoning>), some without the opening tag: only what follows the last closing tag counts. Nothing, where the last
/// thought was never closed.
std::string_view answer_of(std::string_view reply);

}  // namespace flnas::searches
