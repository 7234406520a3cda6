#include "harness/evaluation/statistics.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/base/defined.h"
#include "harness/evaluation/difference_json.h"
#include "harness/evaluation/evaluate.h"
#include "harness/evaluation/paired_predictions.h"
#include "harness/evaluation/trainings.h"
#include "harness/metrics/comparison/paired.h"
#include "harness/metrics/figures/figures.h"
#include "harness/metrics/null/fair_null.h"
#include "harness/records/digest.h"

namespace flnas {
namespace {

using metrics::NoiseConfig;
using metrics::Outcomes;
using metrics::Rules;

Json counts_json(const Outcomes& outcomes) {
  Json json = Json::object();
  const auto tally = metrics::tally(outcomes);
  for (std::size_t a = 0; a < tally.groups.size(); ++a) {
    for (std::size_t g = 0; g < tally.groups[a].size(); ++g) {
      Json& group = json[outcomes.attributes[a].groups[g]];
      for (std::size_t c = 0; c < outcomes.classes.size(); ++c) {
        group[outcomes.classes[c]] = tally.groups[a][g].positives(c);
      }
    }
  }
  return json;
}

/// Of all trainings of a model.
Json noise_json(const std::vector<Outcomes>& trainings, const metrics::Support& support, const NoiseConfig& config,
                Rules rules) {
  Json json = Json::object();
  const auto floor = metrics::fair_null(trainings, support, config, rules);
  metrics::NoiseFloor::for_each_member(floor, [&](const char* name, const metrics::Noise& noise) {
    json[name] = {{"value", number_or_null(noise.observed)},
                  {"mean", number_or_null(noise.mean)},
                  {"low", number_or_null(noise.low)},
                  {"high", number_or_null(noise.high)},
                  {"p", number_or_null(noise.p)}};
  });
  return json;
}

/// The pairwise metrics with one pair of groups at a time.
Json pairs_json(const Outcomes& outcomes, const MetricsSettings& settings, Rules rules) {
  Json json = Json::array();
  const auto pairs = metrics::measure_pairs(outcomes, settings.min_support, settings.bootstrap, rules);
  std::size_t at = 0;
  for (const auto& attribute : outcomes.attributes) {
    for (const auto& [first, second] : attribute.pairs) {
      Json entry{{"first", attribute.groups[static_cast<std::size_t>(first)]},
                 {"second", attribute.groups[static_cast<std::size_t>(second)]}};
      const auto add = [&](const char* name, const metrics::GapEstimate& estimate) {
        entry[name] = {{"value", number_or_null(estimate.value)},
                       {"low", number_or_null(estimate.low)},
                       {"high", number_or_null(estimate.high)},
                       {"debiased", number_or_null(estimate.debiased)}};
      };
      const auto& pair = pairs[at++];
      add("eodd", pair.eodd), add("eopp1", pair.eopp1), add("eopp2", pair.eopp2);
      json.push_back(std::move(entry));
    }
  }
  return json;
}

/// Figures that need scores.
void add_scored(Json& json, const ModelPredictions& first, const ModelPredictions& second) {
  const auto one = metrics::scored_figures(first.outcomes, first.scores);
  const auto other = metrics::scored_figures(second.outcomes, second.scores);
  json["auroc"] = difference_json(metrics::difference(one.auroc, other.auroc, true));
  json["tpr_at_fpr_10"] = difference_json(metrics::difference(one.tpr_at_fpr, other.tpr_at_fpr, true));
  json["brier"] = difference_json(metrics::difference(one.brier, other.brier, true));
}

Json comparison(const ModelPredictions& first, const ModelPredictions& second, const metrics::Support& support,
                Rules rules) {
  std::int64_t only_first = 0, only_second = 0;
  for (std::size_t row = 0; row < first.outcomes.labels.size(); ++row) {
    const bool right_first = first.outcomes.predictions[row] == first.outcomes.labels[row];
    const bool right_second = second.outcomes.predictions[row] == second.outcomes.labels[row];
    if (right_first && !right_second) ++only_first;
    if (right_second && !right_first) ++only_second;
  }
  const auto gaps =
      metrics::paired_difference(first.outcomes, second.outcomes, support, first.resampled, second.resampled, rules);
  Json json{{"only_first", only_first},
            {"only_second", only_second},
            {"mcnemar", {{"p", metrics::mcnemar_by_lesion(first.outcomes, second.outcomes)}}},
            {"accuracy", difference_json(gaps.accuracy)},
            {"balanced_accuracy", difference_json(gaps.balanced_accuracy)},
            {"worst_group", difference_json(gaps.worst_group)},
            {"unfairness_sum", difference_json(gaps.unfairness_sum)},
            {"eodd", difference_json(gaps.eodd)},
            {"eopp1", difference_json(gaps.eopp1)},
            {"eopp2", difference_json(gaps.eopp2)}};
  if (rules >= Rules::kVersion3) add_scored(json, first, second);
  return json;
}

/// One family of tests per metric.
void correct_for_many(const std::vector<Json*>& comparisons) {
  if (comparisons.empty()) return;
  for (const auto& [name, entry] : comparisons[0]->items()) {
    if (!entry.is_object()) continue;
    std::vector<Json*> tests;
    for (Json* each : comparisons) tests.push_back(&each->at(name));
    add_holm(tests);
  }
}

Json comparisons_json(const std::vector<ModelPredictions>& models, const metrics::Support& support, Rules rules) {
  Json json = Json::object();
  for (std::size_t i = 0; i < models.size(); ++i) {
    for (std::size_t j = i + 1; j < models.size(); ++j) {
      json[models[i].model][models[j].model] = comparison(models[i], models[j], support, rules);
    }
  }
  std::vector<Json*> all;
  for (auto& [first, others] : json.items()) {
    for (auto& [second, entry] : others.items()) all.push_back(&entry);
  }
  correct_for_many(all);
  return json;
}

/// Of the metrics of the runs' records, but at least version 2.
Rules rules_of_runs(const Store& store) {
  for (const auto& run : store.results()) {
    const Json& metrics = run.record.metrics;
    if (metrics.is_object()) return std::max(metrics_rules(metrics.value("version", 1)), Rules::kVersion2);
  }
  return Rules::kNewest;
}

}  // namespace

Json reproduction_statistics(const Store& store, const std::string& adapter, std::optional<Rules> wanted) {
  const Rules rules = wanted ? *wanted : rules_of_runs(store);
  const PairedPredictions paired = read_paired_predictions(store, adapter, rules);
  const auto& subset = paired.subset;
  const auto& models = paired.models;
  const auto& settings = paired.settings;
  const auto trainings = read_trainings(store, paired, adapter);
  const NoiseConfig noise;
  // The rows are the same for all models, and so is their support.
  const Outcomes& rows = models[0].outcomes;
  const auto support = metrics::support_of(rows, metrics::tally(rows), settings.min_support);
  Json json{{"schema", kRecordSchema}, {"metrics_version", version_of(rules)}, {"subset", subset}};
  json["n"] = models[0].images.size();
  json["lesions"] = metrics::lesion_count(rows);
  json["min_support"] = settings.min_support;
  json["bootstrap"] = paired.bootstrap;
  json["noise"] = {{"draws", noise.draws}, {"seed", noise.seed}, {"unit", "lesion"}};
  json["counts"] = counts_json(rows);
  json["models"] = Json::object();
  for (const ModelPredictions& model : models) {
    std::vector<Outcomes> runs{model.outcomes};
    if (const auto found = trainings.find(model.model); rules >= Rules::kVersion3 && found != trainings.end()) {
      for (std::size_t i = 1; i < found->second.size(); ++i) runs.push_back(found->second[i].outcomes);
    }
    json["models"][model.model] = {{"run", model.run},
                                   {"noise", noise_json(runs, support, noise, rules)},
                                   {"pairs", pairs_json(model.outcomes, settings, rules)}};
  }
  json["comparisons"] = comparisons_json(models, support, rules);
  if (!trainings.empty()) json["trainings"] = trainings_json(trainings, rules);
  json["left_out"] = paired.left_out;
  return json;
}

void write_statistics(const std::filesystem::path& out) {
  write_with_digest(out / kStatisticsFile, reproduction_statistics(Store::open(out)));
}

}  // namespace flnas
