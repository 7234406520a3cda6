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

/// The first of those with the smallest figure.
template <class Figure>
const Evaluation& least_of(const Evaluations& evaluations, const Figure& figure) {
  return **std::min_element(evaluations.begin(), evaluations.end(),
                            [&](const Evaluation* a, const Evaluation* b) { return figure(*a) < figure(*b); });
}

/// Those whose figure (small is good) lies within `tolerance` of the smallest.
template <class Figure>
Evaluations nearly_least(const Evaluations& evaluations, double tolerance, const Figure& figure) {
  const double least = figure(least_of(evaluations, figure));
  Evaluations kept;
  std::copy_if(evaluations.begin(), evaluations.end(), std::back_inserter(kept),
               [&](const Evaluation* e) { return figure(*e) <= least + tolerance; });
  return kept;
}

double unfairness(const Evaluation& e) { return *e.scores.unfairness_sum; }
double minus_accuracy(const Evaluation& e) { return -*e.scores.accuracy; }
double minus_balanced(const Evaluation& e) { return -*e.scores.balanced_accuracy; }
double macs(const Evaluation& e) { return static_cast<double>(e.cost.macs); }

bool has_standard_errors(const Evaluations& evaluations) {
  return std::all_of(evaluations.begin(), evaluations.end(),
                     [](const Evaluation* e) { return e->scores.balanced_accuracy_se && e->scores.unfairness_se; });
}

/// A step of the rule: who is left after it, and what those lack who are not.
struct Step {
  const char* lost_by;
  Evaluations left;
};

/// Of at least one evaluation; the last one leaves the best alone. A single step: none meets the floor.
std::vector<Step> steps_of(const Evaluations& evaluations, const BestRule& rule) {
  std::vector<Step> steps = {{"below the floor", above_floor(evaluations, rule)}};
  const Evaluations eligible = steps[0].left;
  if (eligible.empty()) return {{"less accurate", {&least_of(evaluations, minus_balanced)}}};
  const auto left = [&]() -> const Evaluations& { return steps.back().left; };
  if (has_standard_errors(eligible)) {
    const double balanced_error = *least_of(eligible, minus_balanced).scores.balanced_accuracy_se;
    steps.push_back({"less accurate", nearly_least(eligible, rule.balanced_within * balanced_error, minus_balanced)});
    const double fair_error = *least_of(left(), unfairness).scores.unfairness_se;
    steps.push_back({"less fair", nearly_least(left(), rule.fair_within * fair_error, unfairness)});
  } else {
    steps.push_back({"less fair", nearly_least(eligible, rule.unfairness_within, unfairness)});
    steps.push_back({"less accurate", nearly_least(left(), rule.accuracy_within, minus_accuracy)});
  }
  steps.push_back({"not smaller", {&least_of(left(), macs)}});
  return steps;
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
  const std::vector<Step> steps = steps_of(evaluations, rule);
  return {steps.back().left.front(), steps.size() > 1};
}

std::vector<std::string> verdicts(const Evaluations& evaluations, const BestRule& rule) {
  std::vector<std::string> found;
  if (evaluations.empty()) return found;
  const std::vector<Step> steps = steps_of(evaluations, rule);
  for (const Evaluation* evaluation : evaluations) {
    const auto lost = std::ranges::find_if(
        steps, [&](const Step& step) { return std::ranges::find(step.left, evaluation) == step.left.end(); });
    found.emplace_back(lost == steps.end() ? "best" : lost->lost_by);
  }
  return found;
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
