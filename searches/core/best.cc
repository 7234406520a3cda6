#include "searches/core/best.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "harness/metrics/metric_table.h"
#include "harness/metrics/pareto.h"
#include "harness/records/design_figures.h"
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

/// Those whose figure lies within `tolerance` of the smallest.
template <class Figure>
Evaluations nearly_least(const Evaluations& evaluations, double tolerance, const Figure& figure) {
  return at_most(evaluations, figure(least_of(evaluations, figure)) + tolerance, figure);
}

double minus_accuracy(const Evaluation& e) { return -*e.scores.accuracy; }
double minus_balanced(const Evaluation& e) { return -*e.scores.balanced_accuracy; }

/// Of an objective; a figure that is not known is worse than any.
auto worth_by(const std::string& metric) {
  return [metric](const Evaluation& e) {
    return objective_of(e, metric).value_or(std::numeric_limits<double>::infinity());
  };
}

std::optional<double> error_of(const Evaluation& e, const std::string& metric) {
  return design_figure_error(e.cost, e.scores, metric);
}

bool has_standard_errors(const Evaluations& evaluations, const std::string& metric) {
  return std::all_of(evaluations.begin(), evaluations.end(),
                     [&](const Evaluation* e) { return error_of(*e, metric).has_value(); });
}

/// Within which designs count as equally good by the metric: so many standard errors of the best one, where all have
/// one; else what is fixed.
double tolerance_of(const Evaluations& evaluations, const std::string& metric, double errors, const BestRule& rule) {
  if (has_standard_errors(evaluations, metric)) {
    return errors * *error_of(least_of(evaluations, worth_by(metric)), metric);
  }
  return metrics::metric_info(metric).kind == metrics::Kind::kCost ? 0 : rule.unfairness_within;
}

/// What a design lacks that is worse by the metric.
std::string lost_by(const std::string& metric) {
  const metrics::MetricInfo& info = metrics::metric_info(metric);
  if (metric == "unfairness_sum") return "less fair";
  if (metric == "macs") return "not smaller";
  return "worse in " + info.title;
}

/// A step of the rule: who is left after it, and what those lack who are not.
struct Step {
  std::string lost_by;
  Evaluations left;
};

/// By fixed tolerances, for archives that hold no standard errors.
void add_old_steps(std::vector<Step>& steps, const Evaluations& eligible, const BestRule& rule) {
  steps.push_back({"less fair", nearly_least(eligible, rule.unfairness_within, worth_by("unfairness_sum"))});
  steps.push_back({"less accurate", nearly_least(steps.back().left, rule.accuracy_within, minus_accuracy)});
  steps.push_back({"not smaller", {&least_of(steps.back().left, worth_by("macs"))}});
}

/// Whether fixed tolerances have to decide by the paper's order.
bool lacks_errors(const Evaluations& eligible, const BestRule& rule) {
  return rule.objectives.empty() &&
         !(has_standard_errors(eligible, "balanced_accuracy") && has_standard_errors(eligible, "unfairness_sum"));
}

/// Of at least one evaluation; the last one leaves the best alone. A single step: none meets the floor.
std::vector<Step> steps_of(const Evaluations& evaluations, const BestRule& rule) {
  std::vector<Step> steps = {{"below the floor", above_floor(evaluations, rule)}};
  const Evaluations eligible = steps[0].left;
  if (eligible.empty()) return {{"less accurate", {&least_of(evaluations, minus_balanced)}}};
  if (lacks_errors(eligible, rule)) {
    add_old_steps(steps, eligible, rule);
    return steps;
  }
  steps.push_back({"less accurate", at_most(eligible, -rule_limits(evaluations, rule).least_balanced, minus_balanced)});
  const Objectives order = rule.order();
  for (std::size_t i = 0; i < order.size(); ++i) {
    const Evaluations left = steps.back().left;
    const bool is_last = i + 1 == order.size();
    steps.push_back(
        {lost_by(order[i]),
         is_last ? Evaluations{&least_of(left, worth_by(order[i]))}
                 : nearly_least(left, tolerance_of(left, order[i], rule.fair_within, rule), worth_by(order[i]))});
  }
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
  const std::string fair = "unfairness_sum", balanced = "balanced_accuracy";
  if (lacks_errors(eligible, rule)) {
    limits.most_unfair = worth_by(fair)(least_of(eligible, worth_by(fair))) + rule.unfairness_within;
    return limits;
  }
  const double highest = *least_of(eligible, minus_balanced).scores.balanced_accuracy;
  limits.least_balanced = std::max(rule.floor, highest - tolerance_of(eligible, balanced, rule.balanced_within, rule));
  const Evaluations counting = at_most(eligible, -limits.least_balanced, minus_balanced);
  const Objectives order = rule.order();
  if (order.size() > 1 && order[0] == fair) {
    limits.most_unfair =
        worth_by(fair)(least_of(counting, worth_by(fair))) + tolerance_of(counting, fair, rule.fair_within, rule);
  }
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
    found.push_back(lost == steps.end() ? "best" : lost->lost_by);
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
  const Objectives objectives = rule.front();
  std::vector<metrics::Point> points;
  for (const Evaluation* e : candidates) {
    metrics::Point& point = points.emplace_back();
    for (const std::string& metric : objectives) point.push_back(worth_by(metric)(*e));
  }
  Evaluations front;
  for (const std::size_t index : metrics::pareto_front(points)) front.push_back(candidates[index]);
  return front;
}

}  // namespace flnas::searches
