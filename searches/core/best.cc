#include "searches/core/best.h"

#include <algorithm>

#include "harness/metrics/pareto.h"
#include "harness/records/record.h"

namespace flnas::searches {
namespace {

using Evaluations = std::vector<const Evaluation*>;

Evaluations above_floor(const Evaluations& evaluations, const BestRule& rule) {
  Evaluations kept;
  std::copy_if(evaluations.begin(), evaluations.end(), std::back_inserter(kept),
               [&](const Evaluation* e) { return *e->scores.balanced_accuracy >= rule.floor; });
  return kept;
}

/// Those whose figure (small is good) lies within `tolerance` of the smallest.
template <class Figure>
Evaluations nearly_least(const Evaluations& evaluations, double tolerance, const Figure& figure) {
  double least = figure(*evaluations.front());
  for (const Evaluation* evaluation : evaluations) least = std::min(least, figure(*evaluation));
  Evaluations kept;
  std::copy_if(evaluations.begin(), evaluations.end(), std::back_inserter(kept),
               [&](const Evaluation* e) { return figure(*e) <= least + tolerance; });
  return kept;
}

}  // namespace

bool is_usable(const Evaluation& evaluation) {
  return evaluation.status != kFailed && evaluation.scores.accuracy && evaluation.scores.balanced_accuracy &&
         evaluation.scores.unfairness_sum;
}

Evaluations usable(const std::vector<Evaluation>& evaluations) {
  Evaluations kept;
  for (const Evaluation& evaluation : evaluations) {
    if (is_usable(evaluation)) kept.push_back(&evaluation);
  }
  return kept;
}

Best get_best(const Evaluations& evaluations, const BestRule& rule) {
  if (evaluations.empty()) return {};
  const Evaluations eligible = above_floor(evaluations, rule);
  if (eligible.empty()) {
    const auto balanced = [](const Evaluation& e) { return -*e.scores.balanced_accuracy; };
    return {nearly_least(evaluations, 0, balanced).front(), false};
  }
  const Evaluations fair =
      nearly_least(eligible, rule.unfairness_within, [](const Evaluation& e) { return *e.scores.unfairness_sum; });
  const Evaluations accurate =
      nearly_least(fair, rule.accuracy_within, [](const Evaluation& e) { return -*e.scores.accuracy; });
  const auto macs = [](const Evaluation& e) { return static_cast<double>(e.cost.macs); };
  return {nearly_least(accurate, 0, macs).front(), true};
}

Evaluations top(const Evaluations& evaluations, const BestRule& rule, std::size_t count) {
  Evaluations left = evaluations, chosen;
  while (!left.empty() && chosen.size() < count) {
    chosen.push_back(get_best(left, rule).evaluation);
    left.erase(std::find(left.begin(), left.end(), chosen.back()));
  }
  return chosen;
}

Evaluations pareto(const Evaluations& evaluations, const BestRule& rule) {
  Evaluations candidates = above_floor(evaluations, rule);
  if (candidates.empty()) candidates = evaluations;
  std::vector<metrics::Point> points;
  for (const Evaluation* e : candidates) {
    points.push_back({*e->scores.unfairness_sum, -*e->scores.accuracy, static_cast<double>(e->cost.macs)});
  }
  Evaluations front;
  for (const std::size_t index : metrics::pareto_front(points)) front.push_back(candidates[index]);
  return front;
}

}  // namespace flnas::searches
