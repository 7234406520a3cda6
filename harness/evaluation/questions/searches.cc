// A language model against chance that knows what a practitioner knows, at as many evaluations.
#include "harness/evaluation/questions/inputs.h"
#include "harness/metrics/intervals/student_t.h"

namespace flnas::questions {
namespace {

constexpr const char* kSensible = "random-sensible";

struct Compared {
  std::optional<SeedMean> ComparedFigures::*figure;
  const char* metric;
};
constexpr Compared kTestFigures[] = {{&ComparedFigures::test_balanced_accuracy, "balanced_accuracy"},
                                     {&ComparedFigures::test_unfairness, "unfairness_sum"}};

/// Of a mean over seeds with its t interval, whose p it is; none where the interval has no width.
Evidence gained(const std::string& name, const char* metric, std::optional<double> mean, std::optional<double> low,
                std::optional<double> high, std::int64_t seeds) {
  Evidence found{name, kSensible, metric, mean, low, high, {}, seeds, "search"};
  if (!mean || !low || !high || *high <= *low) return found;
  const auto freedom = static_cast<double>(seeds - 1);
  const double error = (*high - *low) / 2 / metrics::student_t_of_tails(0.05, freedom);
  found.p = metrics::student_t_tails(*mean / error, freedom);
  return found;
}

/// Differences are recorded to the first configuration alone.
void add_comparison(const ComparisonRecord& record, QuestionAnswer& answer) {
  if (record.configurations.empty() || record.configurations.front().name != kSensible) return;
  for (const auto& each : record.configurations) {
    if (each.models.empty() || !each.is_measured()) continue;
    for (const auto& [figure, metric] : kTestFigures) {
      const auto& paired = each.difference.*figure;
      if (!paired || !paired->mean) continue;
      answer.evidence.push_back(gained(each.name, metric, paired->mean, paired->low, paired->high, paired->n));
    }
  }
}

void add_tables(const NasSearchRecord& record, QuestionAnswer& answer) {
  for (const NasStrategy& strategy : record.strategies) {
    if (!strategy.language_model || !why_not_measured(record, strategy).empty()) continue;
    const NasMean gain = hypervolume_share_gain(record, strategy.name, kSensible);
    if (!gain.mean) continue;
    answer.evidence.push_back(gained(strategy.name, "hypervolume_share", gain.mean, gain.low, gain.high, gain.seeds));
  }
}

}  // namespace

QuestionAnswer language_model(const Inputs& inputs) {
  QuestionAnswer answer{kLanguageModel, "", {}};
  for (const auto& record : inputs.comparisons) add_comparison(record, answer);
  for (const auto& record : inputs.nas) add_tables(record, answer);
  correct_for_many(answer);
  if (answer.evidence.empty()) {
    answer.needs =
        "a comparison of searches, of a language model to random-sensible as its first strategy, beside this study";
  }
  return answer;
}

}  // namespace flnas::questions
