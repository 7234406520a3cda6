#pragma once

#include <filesystem>

namespace flnas {

/// Where what was computed from data sets is kept: $FLNAS_CACHE, else $XDG_CACHE_HOME/flnas, else ~/.cache/flnas.
std::filesystem::path cache_folder();

}  // namespace flnas
