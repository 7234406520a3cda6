// Values that may be chosen, for spaces whose architectures are JSON objects. It does not know which keys there are.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "harness/base/json.h"
#include "harness/base/random.h"
#include "searches/core/search_space.h"

namespace flnas::searches {

/// The values that one key of an architecture may take.
struct Choice {
  std::string key;           ///< as in the architecture's JSON: "kernel"
  std::vector<Json> values;  ///< at least one
  std::string text;          ///< for people: "8 to 512 in steps of 8" or "1, 3, 5, 7"

  bool offers(const Json& value) const;
};

/// What a design may cost; a limit that is absent is not checked.
struct Limits {
  std::optional<std::int64_t> parameters;
  std::optional<std::int64_t> macs;          ///< one image
  std::optional<std::int64_t> memory_bytes;  ///< peak of a training step, estimated
  std::optional<double> latency_us;          ///< one image on the target; no rule, but a penalty in fahana's reward

  /// A line for each limit that a cost exceeds.
  std::vector<std::string> exceeded_by(const CostEstimate& cost) const;
  /// "1,000 parameters, ..." for prompts; blank without limits. The latency, which no rule checks, is not in it.
  std::string text() const;
};

// Draws.

/// Uniformly.
const Json& pick(const std::vector<Json>& values, Random& random);
/// From `low` to `high`, both included.
std::int64_t pick_between(std::int64_t low, std::int64_t high, Random& random);
/// One of the values that are sensible, uniformly; of all, where none is.
const Json& pick_sensible(const Choice& choice, const std::function<bool(const Json&)>& is_sensible, Random& random);
/// The other values of a choice; where it has more than eight, the next ones below and above.
std::vector<Json> near_values(const Choice& choice, const Json& present);

// Rules.

/// Appends "PLACE: VALUE is not among the choices (...)" where it is not.
void require_offered(std::vector<std::string>& problems, const std::string& place, const Json& value,
                     const Choice& choice);
/// Appends "PLACE: COUNT OF, the choices allow LEAST to MOST" where it does not lie between them. `of`: "stages".
void require_count(std::vector<std::string>& problems, const std::string& place, const char* of, std::size_t count,
                   std::int64_t least, std::int64_t most);

// In words: "- NAME: TEXT\n", a long text cut.
std::string choice_line(const std::string& name, const Choice& choice);

// JSON schema.

Json one_of(const Choice& choice);
Json list_of(Json items, std::int64_t least, std::int64_t most);
/// With all of these properties and no other one.
Json object_of(Json properties);
/// A property for each choice.
Json properties_of(const std::vector<Choice>& choices);

}  // namespace flnas::searches
