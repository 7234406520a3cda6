#pragma once

#include <vector>

#include "harness/base/random.h"
#include "harness/metrics/rates/outcomes.h"

namespace flnas::metrics::test {

inline constexpr int kUnknown = -1;

/// No rows yet; sex {male, female} and, where asked for, age {young, middle, old}, with the paper's pairs.
inline Outcomes empty_outcomes(std::vector<std::string> classes, bool with_age = false) {
  Outcomes outcomes;
  outcomes.classes = std::move(classes);
  outcomes.positive = outcomes.classes.size() == 2 ? 1 : -1;
  outcomes.attributes.push_back({"sex", {"male", "female"}, {{0, 1}}});
  if (with_age) outcomes.attributes.push_back({"age", {"young", "middle", "old"}, {{0, 1}, {0, 2}, {1, 2}}});
  outcomes.groups.resize(outcomes.attributes.size());
  return outcomes;
}

/// Adds rows that are lesions of their own.
inline void add(Outcomes& outcomes, int times, std::vector<int> group, int label, int prediction) {
  for (int i = 0; i < times; ++i) {
    outcomes.lesions.push_back(static_cast<int>(outcomes.labels.size()));
    outcomes.labels.push_back(label);
    outcomes.predictions.push_back(prediction);
    for (std::size_t a = 0; a < group.size(); ++a) outcomes.groups[a].push_back(group[a]);
  }
}

/// Random rows; where `complete`, every combination of groups has a row of every class first, so that every rate of
/// every pair is defined.
inline Outcomes random_outcomes(Random& random, int classes, bool complete) {
  std::vector<std::string> names;
  for (int c = 0; c < classes; ++c) names.push_back("c" + std::to_string(c));
  Outcomes outcomes = empty_outcomes(names, true);
  const auto draw = [&](int n) { return static_cast<int>(random.below(static_cast<std::uint64_t>(n))); };
  for (int cell = 0; complete && cell < 6 * classes; ++cell) {
    add(outcomes, 1, {cell % 2, cell / 2 % 3}, cell / 6, draw(classes));
  }
  for (int extra = 1 + draw(60); extra > 0; --extra) {
    const int label = draw(classes);
    add(outcomes, 1, {draw(3) - 1, draw(4) - 1}, label, random.uniform() < 0.6 ? label : draw(classes));
  }
  return outcomes;
}

}  // namespace flnas::metrics::test
