#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "harness/metrics/figures/group_figures.h"
#include "tests/metrics/population.h"

namespace flnas::metrics::test {

/// Outcomes with probabilities: each class has a score, noise plus `strength` for the right one, and probabilities are
/// a softmax of scores x `scale`; the answer is the most probable class. Groups, classes and shares are Population's.
struct ScoredPopulation {
  Population people{};
  double strength = 1.5;
  double scale = 1.5;         ///< equal to `strength` the probabilities are calibrated, but for the classes' shares
  double young_less = 0;      ///< strength that the young lack
  double alike = 0;           ///< correlation of the noise of rows of one lesion
  double second_less = 0;     ///< strength that the second classifier lacks
  double second_alike = 0.5;  ///< of a second classifier's noise with the first one's

  struct Sample {
    Outcomes outcomes;
    Scores scores;
    Outcomes second_outcomes;  ///< of a second classifier on the same rows
    Scores second_scores;
  };

  Sample draw(int rows, Random& random) const {
    const auto classes = static_cast<std::size_t>(people.classes);
    Sample sample;
    sample.outcomes = people.draw(rows, random);
    sample.second_outcomes = sample.outcomes;
    std::vector<double> lesion(classes), second_lesion(classes), noise(classes), second_noise(classes);
    const double own = std::sqrt(1 - alike), common = std::sqrt(alike);
    const double apart = std::sqrt(1 - second_alike * second_alike);
    for (std::size_t row = 0; row < sample.outcomes.labels.size(); ++row) {
      const bool begins = row == 0 || sample.outcomes.lesions[row] != sample.outcomes.lesions[row - 1];
      for (std::size_t c = 0; c < classes; ++c) {
        if (begins) lesion[c] = random.normal(), second_lesion[c] = random.normal();
        noise[c] = common * lesion[c] + own * random.normal();
        second_noise[c] = second_alike * noise[c] + apart * (common * second_lesion[c] + own * random.normal());
      }
      const auto label = static_cast<std::size_t>(sample.outcomes.labels[row]);
      const double gain = strength - (sample.outcomes.groups[1][row] == 0 ? young_less : 0);
      answer(noise, label, gain, row, sample.outcomes, sample.scores);
      answer(second_noise, label, gain - second_less, row, sample.second_outcomes, sample.second_scores);
    }
    return sample;
  }

 private:
  void answer(std::vector<double> score, std::size_t label, double gain, std::size_t row, Outcomes& outcomes,
              Scores& scores) const {
    score[label] += gain;
    double whole = 0, most = *std::max_element(score.begin(), score.end());
    for (const double each : score) whole += std::exp(scale * (each - most));
    for (const double each : score) scores.probabilities.push_back(std::exp(scale * (each - most)) / whole);
    outcomes.predictions[row] = static_cast<int>(std::max_element(score.begin(), score.end()) - score.begin());
  }
};

}  // namespace flnas::metrics::test
