// Some models against the best of others, and the sample that would settle what is open.
#include <algorithm>
#include <cmath>

#include "harness/evaluation/questions/inputs.h"
#include "harness/metrics/comparison/ahead.h"
#include "harness/metrics/comparison/power.h"

namespace flnas::questions {
namespace {

constexpr double kLevel = 0.05, kMostGrowth = 1000;

double number(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found == json.end() || !found->is_number() ? std::nan("") : found->get<double>();
}

/// first - second by "comparisons" of statistics.json, which holds each pair once, in either order; NaN: nothing known.
metrics::Difference in(const Json& comparisons, const std::string& first, const std::string& second,
                       const std::string& metric) {
  for (const bool swapped : {false, true}) {
    const std::string &one = swapped ? second : first, &other = swapped ? first : second;
    if (!comparisons.contains(one) || !comparisons.at(one).contains(other)) continue;
    const Json& pair = comparisons.at(one).at(other);
    if (!pair.contains(metric)) continue;
    const Json& gap = pair.at(metric);
    const double value = number(gap, "value"), low = number(gap, "low"), high = number(gap, "high");
    if (swapped) return {-value, -high, -low, number(gap, "p")};
    return {value, low, high, number(gap, "p")};
  }
  return {std::nan(""), std::nan(""), std::nan(""), std::nan("")};
}

/// Over all trainings where both have several, else of the first ones.
metrics::Difference difference(const Json& statistics, const std::string& first, const std::string& second,
                               const std::string& metric) {
  if (statistics.contains("trainings")) {
    const auto found = in(statistics.at("trainings").at("comparisons"), first, second, metric);
    if (!std::isnan(found.value)) return found;
  }
  return in(statistics.at("comparisons"), first, second, metric);
}

/// By how much `model` is better than the best of the others.
std::optional<Evidence> ahead(const StudyFigures& study, const std::string& model,
                              const std::vector<std::string>& others, const std::string& metric) {
  std::vector<metrics::Difference> gaps;
  for (const std::string& other : others) {
    auto gap = difference(study.statistics, model, other, metric);
    if (is_unfairness(metric)) gap = {-gap.value, -gap.high, -gap.low, gap.p};
    gaps.push_back(gap);
  }
  const auto found = metrics::ahead_of_best(gaps);
  if (std::isnan(found.value)) return std::nullopt;
  return Evidence{model,
                  others[found.other],
                  metric,
                  found.value,
                  known(found.low),
                  known(found.high),
                  known(found.p),
                  study.statistics.at("n").get<std::int64_t>(),
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
                        const std::vector<std::string>& others, const std::vector<std::string>& metrics) {
  QuestionAnswer answer{question, "", {}};
  for (const std::string& metric : metrics) {
    for (const std::string& model : models) {
      if (auto evidence = ahead(inputs.study, model, others, metric)) answer.evidence.push_back(std::move(*evidence));
    }
  }
  correct_for_many(answer);
  if (answer.evidence.empty()) answer.needs = "a comparison of the models on the same images";
  return answer;
}

QuestionAnswer searched_against_baselines(const Inputs& inputs, const char* question,
                                          const std::vector<std::string>& metrics) {
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
  const metrics::Plan plan{.level = 1 - kLevel / static_cast<double>(tests)};
  return end ? metrics::growth_to_decide(*evidence.value, *end, 0, plan) : HUGE_VAL;
}

}  // namespace

QuestionAnswer more_accurate(const Inputs& inputs) {
  return searched_against_baselines(inputs, kMoreAccurate, {"balanced_accuracy", "auroc"});
}

QuestionAnswer fairer(const Inputs& inputs) {
  return searched_against_baselines(inputs, kFairer, {"unfairness_sum", "eodd"});
}

QuestionAnswer mitigation(const Inputs& inputs) {
  std::vector<std::string> mitigated;
  for (const auto& [model, unused] : inputs.study.trainings) {
    if (is_mitigated(model)) mitigated.push_back(model);
  }
  const auto searched = present(inputs.study, inputs.roles.searched);
  if (mitigated.empty()) return not_measured(kMitigation, "a network that was trained under a mitigation");
  if (searched.empty()) return not_measured(kMitigation, "a searched network that was trained without a mitigation");
  return contrast(inputs, kMitigation, mitigated, searched, {"unfairness_sum", "eodd", "balanced_accuracy"});
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
