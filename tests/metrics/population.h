#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "harness/base/random.h"
#include "harness/metrics/rates/counts.h"
#include "tests/metrics/fixture.h"

namespace flnas::metrics::test {

/// Who is photographed and how a classifier answers: every rate is known, so that every metric's true value is.
/// Shares are those of ISIC 2019: sex 52 to 48, young 12 %, middle 55 %, old 33 %; malignant 4, 17 and 34 % of them, or
/// eight classes by their shares, alike in all groups.
struct Population {
  int classes = 2;
  double right = 0.75;          ///< probability of the right answer; wrong ones are spread evenly
  double sex_gap = 0;           ///< men's probability is higher by half of it, women's lower
  double young_gap = 0;         ///< that of the young is lower by it
  double old_gap = 0;           ///< that of the old is lower by it
  double positives_less = 0;    ///< in the last class the right answer is rarer by it, in all groups alike
  bool positives_only = false;  ///< the gaps are those of the last class alone
  int rows_per_lesion = 1;
  double copying = 0;  ///< probability that a row's answer is that of the lesion's row before

  std::vector<double> class_shares(int age) const {
    if (classes == 2) {
      const double malignant = age == 0 ? 0.04 : age == 1 ? 0.17 : 0.34;
      return {1 - malignant, malignant};
    }
    return {0.178, 0.508, 0.131, 0.034, 0.104, 0.010, 0.010, 0.025};
  }
  double rightly(int sex, int age, int label) const {
    const bool last = label == classes - 1;
    if (positives_only && !last) return right;
    const double gap = (sex == 0 ? 0.5 : -0.5) * sex_gap - (age == 0 ? young_gap : 0) - (age == 2 ? old_gap : 0);
    return std::clamp(right + gap - (last ? positives_less : 0), 0.0, 1.0);
  }
  Outcomes empty() const {
    std::vector<std::string> names;
    for (int c = 0; c < classes; ++c) names.push_back("c" + std::to_string(c));
    return empty_outcomes(names, true);
  }

  /// A million million people.
  Tally expected() const {
    Tally tally(empty());
    for (int sex = 0; sex < 2; ++sex) {
      for (int age = 0; age < 3; ++age) {
        const auto shares = class_shares(age);
        for (int label = 0; label < classes; ++label) {
          const double people = 1e12 * kSex[sex] * kAge[age] * shares[static_cast<std::size_t>(label)];
          const double correct = rightly(sex, age, label);
          for (int answer = 0; answer < classes; ++answer) {
            const double share = answer == label ? correct : (1 - correct) / (classes - 1);
            tally.add({sex, age}, label, answer, static_cast<std::int64_t>(people * share));
          }
        }
      }
    }
    return tally;
  }

  Outcomes draw(int rows, Random& random) const {
    Outcomes outcomes = empty();
    const auto pick = [&](const std::vector<double>& shares) {
      double left = random.uniform();
      std::size_t at = 0;
      while (at + 1 < shares.size() && left >= shares[at]) left -= shares[at++];
      return static_cast<int>(at);
    };
    for (int lesion = 0; static_cast<int>(outcomes.labels.size()) < rows; ++lesion) {
      const int sex = pick({kSex[0], kSex[1]}), age = pick({kAge[0], kAge[1], kAge[2]});
      const int label = pick(class_shares(age));
      const int repeats = rows_per_lesion == 1 ? 1 : 1 + static_cast<int>(random.below(2 * rows_per_lesion - 1));
      int answer = -1;
      for (int row = 0; row < repeats && static_cast<int>(outcomes.labels.size()) < rows; ++row) {
        if (answer < 0 || random.uniform() >= copying) answer = answer_of(sex, age, label, random);
        add(outcomes, 1, {sex, age}, label, answer);
        outcomes.lesions.back() = lesion;
      }
    }
    return outcomes;
  }

  int answer_of(int sex, int age, int label, Random& random) const {
    if (random.uniform() < rightly(sex, age, label)) return label;
    const int other = static_cast<int>(random.below(static_cast<std::uint64_t>(classes - 1)));
    return other < label ? other : other + 1;
  }

 private:
  static constexpr double kSex[] = {0.52, 0.48};
  static constexpr double kAge[] = {0.12, 0.55, 0.33};
};

}  // namespace flnas::metrics::test
