// Some models against the best of others, and the sample that would settle what is open.
#include <algorithm>
#include <cmath>

#include "harness/base/defined.h"
#include "harness/evaluation/questions/inputs.h"
#include "harness/metrics/comparison/ahead.h"
#include "harness/metrics/comparison/power.h"

namespace flnas::questions {
namespace {

constexpr double kLevel = 0.05, kMostGrowth = 1000;

using Metrics = std::vector<MetricDifference>;

/// By how much `model` is better than `other`; NaN: nothing known.
metrics::Difference gain(const StudyFigures& study, const std::string& model, const std::string& other,
                         MetricDifference metric) {
  const auto found = difference_between(study.statistics, model, other, metric);
  const PairedEstimate gap = found ? found->estimate : PairedEstimate{};
  const auto number = [](std::optional<double> value) { return value.value_or(std::nan("")); };
  const double value = number(gap.value), low = number(gap.low), high = number(gap.high);
  if (is_unfairness(member_name<MetricDifferences>(metric))) return {-value, -high, -low, number(gap.p)};
  return {value, low, high, number(gap.p)};
}

/// By how much `model` is better than the best of the others.
std::optional<Evidence> ahead(const StudyFigures& study, const std::string& model,
                              const std::vector<std::string>& others, MetricDifference metric) {
  std::vector<metrics::Difference> gains;
  for (const std::string& other : others) gains.push_back(gain(study, model, other, metric));
  const auto found = metrics::ahead_of_best(gains);
  if (std::isnan(found.value)) return std::nullopt;
  return Evidence{model,
                  others[found.other],
                  member_name<MetricDifferences>(metric),
                  found.value,
                  defined(found.low),
                  defined(found.high),
                  defined(found.p),
                  *study.statistics.n,
                  "image"};
}

/// Those of the study that were trained, in the order of `models`.
std::vector<std::string> present(const StudyFigures& study, const std::vector<std::string>& models) {
  std::vector<std::string> found;
  for (const std::string& model : models) {
    if (study.trainings.contains(model)) found.push_back(model);
  }
  return found;
}

QuestionAnswer contrast(const Inputs& inputs, const char* question, const std::vector<std::string>& models,
                        const std::vector<std::string>& others, const Metrics& metrics) {
  QuestionAnswer answer{question, "", {}};
  for (const MetricDifference metric : metrics) {
    for (const std::string& model : models) {
      if (auto evidence = ahead(inputs.study, model, others, metric)) answer.evidence.push_back(std::move(*evidence));
    }
  }
  correct_for_many(answer);
  if (answer.evidence.empty()) answer.needs = "a comparison of the models on the same images";
  return answer;
}

QuestionAnswer searched_against_baselines(const Inputs& inputs, const char* question, const Metrics& metrics) {
  const auto searched = present(inputs.study, inputs.roles.searched);
  const auto baselines = present(inputs.study, inputs.roles.baselines);
  if (searched.empty()) return not_measured(question, "a searched network that was trained");
  if (baselines.empty()) return not_measured(question, "a baseline that was trained");
  return contrast(inputs, question, searched, baselines, metrics);
}

/// Its whole interval: that it is not ahead is settled.
bool is_behind(const Evidence& evidence) { return evidence.high && *evidence.high < 0; }

/// How many times as many images would settle it among so many tests; infinite where that cannot be told.
double growth(const Evidence& evidence, std::size_t tests) {
  const auto end = *evidence.value > 0 ? evidence.low : evidence.high;
  const metrics::PowerPlan plan{.level = 1 - kLevel / static_cast<double>(tests)};
  return end ? metrics::growth_to_decide(*evidence.value, *end, 0, plan) : HUGE_VAL;
}

}  // namespace

QuestionAnswer more_accurate(const Inputs& inputs) {
  return searched_against_baselines(inputs, kMoreAccurate,
                                    {&MetricDifferences::balanced_accuracy, &MetricDifferences::auroc});
}

QuestionAnswer fairer(const Inputs& inputs) {
  return searched_against_baselines(inputs, kFairer, {&MetricDifferences::unfairness_sum, &MetricDifferences::eodd});
}

QuestionAnswer mitigation(const Inputs& inputs) {
  std::vector<std::string> mitigated;
  for (const auto& [model, unused] : inputs.study.trainings) {
    if (is_mitigated(model)) mitigated.push_back(model);
  }
  const auto searched = present(inputs.study, inputs.roles.searched);
  if (mitigated.empty()) return not_measured(kMitigation, "a network that was trained under a mitigation");
  if (searched.empty()) return not_measured(kMitigation, "a searched network that was trained without a mitigation");
  return contrast(
      inputs, kMitigation, mitigated, searched,
      {&MetricDifferences::unfairness_sum, &MetricDifferences::eodd, &MetricDifferences::balanced_accuracy});
}

QuestionAnswer sample_size(const std::vector<QuestionAnswer>& contrasts) {
  QuestionAnswer answer{kSampleSize, "", {}};
  bool any = false;
  for (const QuestionAnswer& contrast : contrasts) {
    const std::size_t tests = contrast.evidence.size();
    std::vector<std::string> metrics;
    for (const Evidence& each : contrast.evidence) {
      any = true;
      if (std::find(metrics.begin(), metrics.end(), each.metric) == metrics.end()) metrics.push_back(each.metric);
    }
    for (const std::string& metric : metrics) {
      const Evidence* nearest = nullptr;
      bool settled = false;
      for (const Evidence& each : contrast.evidence) {
        if (each.metric != metric) continue;
        settled = settled || each.p.value_or(1) < kLevel;
        if (is_behind(each)) continue;
        if (nearest == nullptr || growth(each, tests) < growth(*nearest, tests)) nearest = &each;
      }
      if (settled || nearest == nullptr) continue;
      const double times = growth(*nearest, tests);
      const double images = times * static_cast<double>(nearest->n);
      answer.evidence.push_back({nearest->subject,
                                 nearest->against,
                                 metric,
                                 times < kMostGrowth ? std::optional(std::ceil(images)) : std::nullopt,
                                 {},
                                 {},
                                 {},
                                 nearest->n,
                                 nearest->of});
    }
  }
  if (!any) answer.needs = "a contrast of which something is known";
  return answer;
}

}  // namespace flnas::questions
