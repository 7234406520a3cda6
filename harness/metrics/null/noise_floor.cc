#include "harness/metrics/null/noise_floor.h"

#include <vector>

#include "harness/base/random.h"
#include "harness/metrics/null/null_draws.h"

namespace flnas::metrics {
namespace {

/// Another class than the label, for a wrong answer; which one is nothing to the accuracy of groups.
int wrong_answer(int label) { return label == 0 ? 1 : 0; }

void draw_answers(Outcomes& outcomes, double accuracy, Random& random) {
  for (std::size_t row = 0; row < outcomes.labels.size(); ++row) {
    const int label = outcomes.labels[row];
    outcomes.predictions[row] = random.uniform() < accuracy ? label : wrong_answer(label);
  }
}

/// The rows of each class.
std::vector<std::vector<std::size_t>> rows_by_class(const Outcomes& outcomes) {
  std::vector<std::vector<std::size_t>> rows(outcomes.classes.size());
  for (std::size_t row = 0; row < outcomes.labels.size(); ++row) {
    rows[static_cast<std::size_t>(outcomes.labels[row])].push_back(row);
  }
  return rows;
}

/// Gives each row the groups, all attributes together, of a random row of its class.
void shuffle_groups(const Outcomes& from, Outcomes& to, std::vector<std::vector<std::size_t>>& by_class,
                    Random& random) {
  for (auto& rows : by_class) {
    const auto places = rows;
    random.shuffle(rows);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      for (std::size_t a = 0; a < from.groups.size(); ++a) to.groups[a][places[i]] = from.groups[a][rows[i]];
    }
  }
}

}  // namespace

NoiseFloor noise_floor(const Outcomes& outcomes, const NoiseConfig& config) {
  check(outcomes);
  const auto observed = evaluate(outcomes, tally(outcomes));
  NullDraws unfairness_mean, unfairness_sum, eodd, eopp1, eopp2;
  Outcomes equally_right = outcomes, same_rates = outcomes;
  auto by_class = rows_by_class(outcomes);
  Random answers(mix_seed(config.seed, 0)), groups(mix_seed(config.seed, 1));
  for (int draw = 0; draw < config.draws; ++draw) {
    draw_answers(equally_right, observed.accuracy, answers);
    const auto by_accuracy = evaluate(equally_right, tally(equally_right));
    unfairness_mean.add(by_accuracy.unfairness_mean);
    unfairness_sum.add(by_accuracy.unfairness_sum);
    shuffle_groups(outcomes, same_rates, by_class, groups);
    const auto by_rates = evaluate(same_rates, tally(same_rates));
    eodd.add(by_rates.eodd);
    eopp1.add(by_rates.eopp1);
    eopp2.add(by_rates.eopp2);
  }
  return {unfairness_mean.summary(observed.unfairness_mean), unfairness_sum.summary(observed.unfairness_sum),
          eodd.summary(observed.eodd), eopp1.summary(observed.eopp1), eopp2.summary(observed.eopp2)};
}

}  // namespace flnas::metrics
