#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "harness/base/json.h"
#include "searches/core/choice.h"

namespace flnas::searches {

/// Reads the choices of a space from JSON and collects everything that is wrong with them, a line each.
class ChoiceReader {
 public:
  /// Appends to `problems`, which it keeps a reference to.
  explicit ChoiceReader(std::vector<std::string>& problems) : problems_(problems) {}

  void problem(const std::string& place, const std::string& text) { problems_.push_back(place + ": " + text); }

  /// Whether it is an object with exactly these keys; the last `optional` of them may be left out.
  bool object(const Json& json, const std::string& place, const std::vector<std::string>& keys,
              std::size_t optional = 0);

  /// A list of values, or {"from", "to", "step"}: integers of 0 or more, step 1 when left out.
  Choice choice(const Json& json, const std::string& place, const std::string& key);

  /// The numbers of {"from", "to", "step"}; false where they are no usable range.
  bool range(const Json& json, const std::string& place, std::int64_t& from, std::int64_t& to, std::int64_t& step);

  /// Of key "limits", which may be absent: {"parameters", "macs", "memory_bytes", "latency_us"}, each a number, null or
  /// absent.
  Limits limits(const Json& json);

 private:
  std::vector<std::string>& problems_;
};

}  // namespace flnas::searches
