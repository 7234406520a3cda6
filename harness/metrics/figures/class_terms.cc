#include "harness/metrics/figures/class_terms.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "harness/metrics/figures/figures.h"
#include "harness/metrics/intervals/rate_interval.h"
#include "harness/metrics/rates/pairwise.h"

namespace flnas::metrics {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// One class against the rest.
Outcomes one_against_rest(const Outcomes& outcomes, int of_class) {
  Outcomes found = outcomes;
  found.classes = {"rest", outcomes.classes[static_cast<std::size_t>(of_class)]};
  found.positive = 1;
  for (int& label : found.labels) label = label == of_class ? 1 : 0;
  for (int& prediction : found.predictions) prediction = prediction == of_class ? 1 : 0;
  return found;
}

/// Of a group's rows with that label, the share that is predicted positive.
Estimate rate_of(const Outcomes& outcomes, std::size_t a, std::size_t group, int label, int min_support, double level,
                 Rules rules) {
  std::vector<int> lesions;
  std::vector<std::uint8_t> hits;
  for (std::size_t row = 0; row < outcomes.labels.size(); ++row) {
    if (outcomes.groups[a][row] != static_cast<int>(group) || outcomes.labels[row] != label) continue;
    lesions.push_back(outcomes.lesions[row]);
    hits.push_back(outcomes.predictions[row] == 1 ? 1 : 0);
  }
  if (static_cast<int>(lesions.size()) < std::max(min_support, 1)) return {kNaN, kNaN, kNaN};
  return rate_interval(lesions, hits, level, rules);
}

/// Of a mean of gaps in [-1, 1].
Estimate estimate_of(const GapEstimate& gap) { return {gap.value, gap.low, std::fmin(gap.high, 1.0)}; }

ClassGaps<Estimate> measured_gaps(const Outcomes& outcomes, int min_support, const BootstrapConfig& config,
                                  Rules rules) {
  ClassGaps<Estimate> gaps;
  for_each_pair(outcomes, [&](std::size_t a, std::size_t first, std::size_t second) {
    for (const int label : {1, 0}) {
      (label == 1 ? gaps.dtpr : gaps.dfpr)
          .push_back(difference_of(rate_of(outcomes, a, first, label, min_support, config.level, rules),
                                   rate_of(outcomes, a, second, label, min_support, config.level, rules)));
    }
  });
  const GapTerms terms(outcomes, support_of(outcomes, tally(outcomes), min_support), rules);
  const NoisyGaps noisy = noisy_gaps(outcomes, terms, config);
  constexpr std::size_t kEodd = 2, kEopp1 = 3, kEopp2 = 4;  // in kGapMetrics
  gaps.eodd = estimate_of(gap_interval(terms.sums()[kEodd], noisy, config.level, rules));
  gaps.eopp1 = estimate_of(gap_interval(terms.sums()[kEopp1], noisy, config.level, rules));
  gaps.eopp2 = estimate_of(gap_interval(terms.sums()[kEopp2], noisy, config.level, rules));
  return gaps;
}

}  // namespace

ClassTerms<double> class_terms(const Outcomes& outcomes, const Tally& tally) {
  ClassTerms<double> terms;
  for (const auto& attribute : tally.groups) {
    for (const Counts& counts : attribute) {
      auto& recall = terms.recall.emplace_back();
      for (std::size_t c = 0; c < counts.classes(); ++c) recall.push_back(counts.tpr(c));
    }
  }
  for (std::size_t c = 0; c < outcomes.classes.size(); ++c) {
    const PairMeans means(outcomes, tally, c);
    ClassGaps<double> gaps{{}, {}, means.tpr.mean(), means.tnr.mean(), means.odds.mean()};
    for_each_pair(outcomes, [&](std::size_t a, std::size_t first, std::size_t second) {
      const Gaps pair(tally.groups[a][first], tally.groups[a][second], c);
      gaps.dtpr.push_back(pair.tpr);
      gaps.dfpr.push_back(pair.fpr);
    });
    terms.gaps.push_back(std::move(gaps));
  }
  return terms;
}

ClassTerms<Estimate> measured_class_terms(const Outcomes& outcomes, int min_support, const BootstrapConfig& config,
                                          Rules rules) {
  check(outcomes);
  ClassTerms<Estimate> terms;
  std::size_t groups = 0;
  for (const auto& attribute : outcomes.attributes) groups += attribute.groups.size();
  terms.recall.resize(groups);
  for (std::size_t c = 0; c < outcomes.classes.size(); ++c) {
    const Outcomes one = one_against_rest(outcomes, static_cast<int>(c));
    std::size_t at = 0;
    for (std::size_t a = 0; a < one.attributes.size(); ++a) {
      for (std::size_t g = 0; g < one.attributes[a].groups.size(); ++g) {
        terms.recall[at++].push_back(rate_of(one, a, g, 1, 1, config.level, rules));
      }
    }
    terms.gaps.push_back(measured_gaps(one, min_support, config, rules));
  }
  return terms;
}

ClassTerms<Estimate> bootstrap_class_terms(const Outcomes& outcomes, const BootstrapConfig& config) {
  const auto estimates = bootstrap(
      outcomes,
      [&](const Tally& tally) {
        std::vector<double> values;
        const auto terms = class_terms(outcomes, tally);
        ClassTerms<double>::for_each_value(terms, [&](double value) { values.push_back(value); });
        return values;
      },
      config);
  const auto shape = class_terms(outcomes, tally(outcomes));
  ClassTerms<Estimate> terms;
  for (const auto& recall : shape.recall) terms.recall.emplace_back(recall.size());
  for (const auto& gaps : shape.gaps) {
    terms.gaps.push_back(
        {std::vector<Estimate>(gaps.dtpr.size()), std::vector<Estimate>(gaps.dfpr.size()), {}, {}, {}});
  }
  auto next = estimates.begin();
  ClassTerms<Estimate>::for_each_value(terms, [&](Estimate& estimate) { estimate = *next++; });
  return terms;
}

}  // namespace flnas::metrics
