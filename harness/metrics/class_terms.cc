#include "harness/metrics/class_terms.h"

#include "harness/metrics/pairwise.h"

namespace flnas::metrics {

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
