// A language model against chance that knows what a practitioner knows, at as many evaluations.
#include <cmath>

#include "harness/evaluation/questions/inputs.h"
#include "harness/metrics/student_t.h"

namespace flnas::questions {
namespace {

constexpr const char* kSensible = "random-sensible";

struct Compared {
  std::optional<SeedMean> ComparedFigures::*figure;
  const char* metric;
};
constexpr Compared kTestFigures[] = {{&ComparedFigures::test_balanced_accuracy, "balanced_accuracy"},
                                     {&ComparedFigures::test_unfairness, "unfairness_sum"}};

/// The squared standard error of a mean of n with a t interval; NaN without one.
double variance_of(const SeedMean& mean) {
  if (!mean.low || !mean.high || mean.n < 2) return std::nan("");
  const double error =
      (*mean.high - *mean.low) / 2 / metrics::student_t_of_tails(0.05, static_cast<double>(mean.n - 1));
  return error * error;
}

/// Welch's interval and test; without an interval where either has one search only.
Evidence difference(const std::string& name, const char* metric, const SeedMean& first, const SeedMean& second) {
  Evidence found{name, kSensible, metric, *first.mean - *second.mean, {}, {}, {}, first.n, "search"};
  const double a = variance_of(first), b = variance_of(second);
  if (std::isnan(a + b) || a + b == 0) return found;
  const double freedom =
      (a + b) * (a + b) / (a * a / static_cast<double>(first.n - 1) + b * b / static_cast<double>(second.n - 1));
  const double half = metrics::student_t_of_tails(0.05, freedom) * std::sqrt(a + b);
  found.low = *found.value - half;
  found.high = *found.value + half;
  found.p = metrics::student_t_tails(*found.value / std::sqrt(a + b), freedom);
  return found;
}

void add_comparison(const ComparisonRecord& record, QuestionAnswer& answer) {
  const ComparedConfiguration* sensible = nullptr;
  for (const auto& each : record.configurations) sensible = each.name == kSensible ? &each : sensible;
  if (sensible == nullptr) return;
  for (const auto& each : record.configurations) {
    if (each.models.empty() || !each.is_measured()) continue;
    for (const auto& [figure, metric] : kTestFigures) {
      const auto &first = each.*figure, &second = sensible->*figure;
      if (!first || !second || !first->mean || !second->mean) continue;
      answer.evidence.push_back(difference(each.name, metric, *first, *second));
    }
  }
}

void add_tables(const NasSearchRecord& record, QuestionAnswer& answer) {
  for (const NasStrategy& strategy : record.strategies) {
    if (!strategy.language_model || !why_not_measured(record, strategy).empty()) continue;
    const NasMean gain = hypervolume_share_gain(record, strategy.name, kSensible);
    if (!gain.mean) continue;
    Evidence found{strategy.name, kSensible, "hypervolume_share", gain.mean, gain.low,
                   gain.high,     {},        gain.seeds,          "search"};
    if (gain.low && gain.high && *gain.high > *gain.low) {
      const auto freedom = static_cast<double>(gain.seeds - 1);
      const double error = (*gain.high - *gain.low) / 2 / metrics::student_t_of_tails(0.05, freedom);
      found.p = metrics::student_t_tails(*gain.mean / error, freedom);
    }
    answer.evidence.push_back(std::move(found));
  }
}

}  // namespace

QuestionAnswer language_model(const Inputs& inputs) {
  QuestionAnswer answer{kLanguageModel, "", {}};
  for (const auto& record : inputs.comparisons) add_comparison(record, answer);
  for (const auto& record : inputs.nas) add_tables(record, answer);
  correct_for_many(answer);
  if (answer.evidence.empty()) {
    answer.needs = "a comparison of searches, with a language model and random-sensible, beside this study";
  }
  return answer;
}

}  // namespace flnas::questions
