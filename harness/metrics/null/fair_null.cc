#include "harness/metrics/null/fair_null.h"

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "harness/base/random.h"
#include "harness/metrics/null/null_draws.h"

namespace flnas::metrics {
namespace {

using Rows = std::vector<std::size_t>;

std::vector<Rows> rows_by_lesion(const Outcomes& outcomes) {
  std::vector<Rows> lesions(static_cast<std::size_t>(lesion_count(outcomes)));
  for (std::size_t row = 0; row < outcomes.lesions.size(); ++row) {
    lesions[static_cast<std::size_t>(outcomes.lesions[row])].push_back(row);
  }
  return lesions;
}

/// Gives each of the lesions the groups of another of them.
void exchange_groups(const Outcomes& from, Outcomes& to, const std::vector<Rows>& lesions,
                     std::vector<std::size_t>& some, Random& random) {
  const auto places = some;
  random.shuffle(some);
  for (std::size_t i = 0; i < some.size(); ++i) {
    const Rows &place = lesions[places[i]], &giver = lesions[some[i]];
    for (std::size_t row = 0; row < place.size(); ++row) {
      for (std::size_t a = 0; a < from.groups.size(); ++a) {
        to.groups[a][place[row]] = from.groups[a][giver[row % giver.size()]];
      }
    }
  }
}

/// The five metrics, of the mean over trainings with the groups of `drawn`.
struct Means {
  double unfairness_mean = 0, unfairness_sum = 0, eodd = 0, eopp1 = 0, eopp2 = 0;
};
Means means_of(const std::vector<Outcomes>& trainings, Outcomes& drawn, const Support& support) {
  Means means;
  const auto share = 1 / static_cast<double>(trainings.size());
  for (const Outcomes& training : trainings) {
    drawn.predictions = training.predictions;
    const auto set = evaluate(drawn, tally(drawn), support);
    means.unfairness_mean += share * set.unfairness_mean;
    means.unfairness_sum += share * set.unfairness_sum;
    means.eodd += share * set.eodd;
    means.eopp1 += share * set.eopp1;
    means.eopp2 += share * set.eopp2;
  }
  return means;
}

void require_same_rows(const std::vector<Outcomes>& trainings) {
  if (trainings.empty()) throw std::invalid_argument("no training");
  for (const Outcomes& training : trainings) {
    check(training);
    const Outcomes& first = trainings[0];
    if (training.labels != first.labels || training.lesions != first.lesions || training.groups != first.groups) {
      throw std::invalid_argument("trainings that answered other rows");
    }
  }
}

}  // namespace

NoiseFloor fair_null(const Outcomes& outcomes, const Support& support, const NoiseConfig& config, Rules rules) {
  return fair_null(std::vector<Outcomes>{outcomes}, support, config, rules);
}

NoiseFloor fair_null(const std::vector<Outcomes>& trainings, const Support& support, const NoiseConfig& config,
                     Rules rules) {
  require_same_rows(trainings);
  const Outcomes& outcomes = trainings[0];
  const auto lesions = rows_by_lesion(outcomes);
  std::vector<std::size_t> all;
  std::vector<std::vector<std::size_t>> by_class(outcomes.classes.size());
  for (std::size_t lesion = 0; lesion < lesions.size(); ++lesion) {
    all.push_back(lesion);
    by_class[static_cast<std::size_t>(outcomes.labels[lesions[lesion][0]])].push_back(lesion);
  }
  NullDraws unfairness_mean, unfairness_sum, eodd, eopp1, eopp2;
  Outcomes drawn = outcomes;
  const Means observed = means_of(trainings, drawn, support);
  Random random(config.seed);
  for (int draw = 0; draw < config.draws; ++draw) {
    Means among_all;
    if (rules < Rules::kVersion3) {
      exchange_groups(outcomes, drawn, lesions, all, random);
      among_all = means_of(trainings, drawn, support);
    }
    for (auto& of_class : by_class) exchange_groups(outcomes, drawn, lesions, of_class, random);
    const Means in_class = means_of(trainings, drawn, support);
    const Means& of_accuracy = rules < Rules::kVersion3 ? among_all : in_class;
    unfairness_mean.add(of_accuracy.unfairness_mean);
    unfairness_sum.add(of_accuracy.unfairness_sum);
    eodd.add(in_class.eodd);
    eopp1.add(in_class.eopp1);
    eopp2.add(in_class.eopp2);
  }
  return {unfairness_mean.summary(observed.unfairness_mean), unfairness_sum.summary(observed.unfairness_sum),
          eodd.summary(observed.eodd), eopp1.summary(observed.eopp1), eopp2.summary(observed.eopp2)};
}

}  // namespace flnas::metrics
