#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace flnas::searches {

/// What a language model has learned of a niche.
struct Rules {
  std::vector<std::string> positive;  ///< what helps
  std::vector<std::string> negative;  ///< what to avoid
  std::vector<std::string> ideas;     ///< what no result supports yet
  bool empty() const { return positive.empty() && negative.empty() && ideas.empty(); }
};

/// The rules in a reply: the last JSON object in it with a key "positive", its lists of texts ("positive", "negative",
/// "ideas"). At most 10 of each, one line each, at most 300 bytes; empty where there is no such object.
std::optional<Rules> read_rules(std::string_view reply);

/// A child as it was written.
struct WrittenChild {
  std::string architecture;  ///< at most 300 bytes of text, or an object as JSON
  std::string rationale;     ///< one line, at most 300 bytes
};

/// The children in a reply: the last JSON object in it with a key "children", a list of objects with "architecture" and
/// perhaps "rationale"; at most 100. `problem` says why there are none.
struct WrittenChildren {
  std::vector<WrittenChild> children;
  std::string problem;
};
WrittenChildren read_children(std::string_view reply);

}  // namespace flnas::searches
