// Reply layer: text of a language model -> architecture. Text is parsed, never executed.
// It does not know servers, prompts, choices, limits or training.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/base/json.h"
#include "harness/nn/registry.h"

namespace flnas::searches {

/// Longer replies are not read at all. Reading takes time and memory in proportion to the text, whatever is in it.
inline constexpr std::size_t kMostReplyBytes = 256 * 1024;

/// What a reply holds: an architecture, or every problem that kept it from being one.
struct ReadReply {
  std::optional<Json> architecture;
  std::vector<std::string> problems;  ///< one line each, for the strategy to read; empty with an architecture
};

/// Reads the architecture out of a reply, which is one of
///   - JSON in the form of harness/nn/architecture/architecture.schema.json, alone, in prose or in fences. Models think
///   aloud and
///     conclude at the end, so the last complete object with the key "stages" counts, also inside another object or
///     list; without any, the last object, so that the validator can name its wrong keys. Comments are allowed. The
///     object is given as it stands: whether it keeps the schema is the validator's to say;
///   - without such an object, the last complete nn.Sequential(...) in PyTorch's syntax (see sequential.h).
/// `options`: the classes and the image side for which the layers of an nn.Sequential have to fit.
ReadReply read_reply(std::string_view text, const nn::ModelOptions& options);

/// The same of a space whose architectures are JSON objects with this key, and nothing else: the last complete object
/// that has it, or the last one of all, so that the validator can name its wrong keys.
ReadReply read_object(std::string_view text, const std::string& key);

}  // namespace flnas::searches
