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

/// Those whose figure (small is good) is at most `most`.
template <class Figure>
Evaluations at_most(const Evaluations& evaluations, double most, const Figure& figure) {
  Evaluations kept;
  std::copy_if(evaluations.begin(), evaluations.end(), std::back_inserter(kept),
               [&](const Evaluation* e) { return figure(*e) <= most; });
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
  const RuleLimits limits = rule_limits(evaluations, rule);
  const auto left = [&]() -> const Evaluations& { return steps.back().left; };
  if (has_standard_errors(eligible)) {
    steps.push_back({"less accurate", at_most(eligible, -limits.least_balanced, minus_balanced)});
    steps.push_back({"less fair", at_most(left(), *limits.most_unfair, unfairness)});
  } else {
    steps.push_back({"less fair", at_most(eligible, *limits.most_unfair, unfairness)});
    const double least = minus_accuracy(least_of(left(), minus_accuracy));
    steps.push_back({"less accurate", at_most(left(), least + rule.accuracy_within, minus_accuracy)});
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

RuleLimits rule_limits(const Evaluations& evaluations, const BestRule& rule) {
  RuleLimits limits{.least_balanced = rule.floor, .most_unfair = {}};
  const Evaluations eligible = above_floor(evaluations, rule);
  if (eligible.empty()) return limits;
  if (!has_standard_errors(eligible)) {
    limits.most_unfair = unfairness(least_of(eligible, unfairness)) + rule.unfairness_within;
    return limits;
  }
  const DesignScores& highest = least_of(eligible, minus_balanced).scores;
  limits.least_balanced =
      std::max(rule.floor, *highest.balanced_accuracy - rule.balanced_within * *highest.balanced_accuracy_se);
  const Evaluations counting = at_most(eligible, -limits.least_balanced, minus_balanced);
  const DesignScores& fairest = least_of(counting, unfairness).scores;
  limits.most_unfair = *fairest.unfairness_sum + rule.fair_within * *fairest.unfairness_se;
  return limits;
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
