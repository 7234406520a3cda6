#include <cmath>

#include "harness/evaluation/old/version1.h"
#include "harness/evaluation/paired_predictions.h"
#include "harness/metrics/comparison/significance.h"
#include "harness/metrics/null/noise_floor.h"

namespace flnas {
namespace {

using metrics::BootstrapConfig;
using metrics::NoiseConfig;
using metrics::Outcomes;

Json number(double value) { return std::isnan(value) ? Json(nullptr) : Json(value); }

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

Json noise_json(const Outcomes& outcomes, const NoiseConfig& config) {
  Json json = Json::object();
  const auto floor = metrics::noise_floor(outcomes, config);
  metrics::NoiseFloor::for_each_member(floor, [&](const char* name, const metrics::Noise& noise) {
    json[name] = {{"value", number(noise.observed)},
                  {"mean", number(noise.mean)},
                  {"low", number(noise.low)},
                  {"high", number(noise.high)},
                  {"p", number(noise.p)}};
  });
  return json;
}

/// The pairwise metrics with one pair of groups at a time.
Json pairs_json(const Outcomes& outcomes, const BootstrapConfig& config) {
  Json json = Json::array();
  for (std::size_t a = 0; a < outcomes.attributes.size(); ++a) {
    for (const auto& pair : outcomes.attributes[a].pairs) {
      Outcomes alone = outcomes;
      for (auto& attribute : alone.attributes) attribute.pairs.clear();
      alone.attributes[a].pairs = {pair};
      const auto set = metrics::bootstrap(alone, config);
      const auto& names = outcomes.attributes[a].groups;
      Json entry{{"first", names[static_cast<std::size_t>(pair.first)]},
                 {"second", names[static_cast<std::size_t>(pair.second)]}};
      const auto add = [&](const char* name, const metrics::Estimate& estimate) {
        entry[name] = {
            {"value", number(estimate.value)}, {"low", number(estimate.low)}, {"high", number(estimate.high)}};
      };
      add("eodd", set.eodd), add("eopp1", set.eopp1), add("eopp2", set.eopp2);
      json.push_back(std::move(entry));
    }
  }
  return json;
}

Json difference_json(const metrics::Difference& gap) {
  return {{"value", number(gap.value)}, {"low", number(gap.low)}, {"high", number(gap.high)}, {"p", number(gap.p)}};
}

Json comparison(const ModelPredictions& first, const ModelPredictions& second, const BootstrapConfig& config) {
  std::int64_t only_first = 0, only_second = 0;
  for (std::size_t row = 0; row < first.outcomes.labels.size(); ++row) {
    const bool right_first = first.outcomes.predictions[row] == first.outcomes.labels[row];
    const bool right_second = second.outcomes.predictions[row] == second.outcomes.labels[row];
    if (right_first && !right_second) ++only_first;
    if (right_second && !right_first) ++only_second;
  }
  const auto gaps = metrics::difference(first.resampled, second.resampled, config);
  return {{"only_first", only_first},
          {"only_second", only_second},
          {"mcnemar", {{"p", metrics::mcnemar(only_first, only_second)}}},
          {"accuracy", difference_json(gaps.accuracy)},
          {"balanced_accuracy", difference_json(gaps.balanced_accuracy)},
          {"worst_group", difference_json(gaps.worst_group)},
          {"unfairness_sum", difference_json(gaps.unfairness_sum)},
          {"eodd", difference_json(gaps.eodd)},
          {"eopp1", difference_json(gaps.eopp1)},
          {"eopp2", difference_json(gaps.eopp2)}};
}

/// Adds p_holm beside every p: one family of tests per metric.
void correct_for_many(std::vector<Json*>& comparisons) {
  if (comparisons.empty()) return;
  std::vector<std::string> tests;
  for (const auto& [name, entry] : comparisons[0]->items()) {
    if (entry.is_object()) tests.push_back(name);
  }
  for (const auto& test : tests) {
    std::vector<double> p;
    for (const Json* each : comparisons) {
      const Json& value = each->at(test).at("p");
      p.push_back(value.is_null() ? std::nan("") : value.get<double>());
    }
    const auto adjusted = metrics::holm(p);
    for (std::size_t i = 0; i < comparisons.size(); ++i) (*comparisons[i])[test]["p_holm"] = number(adjusted[i]);
  }
}

Json comparisons_json(const std::vector<ModelPredictions>& models, const BootstrapConfig& config) {
  Json json = Json::object();
  for (std::size_t i = 0; i < models.size(); ++i) {
    for (std::size_t j = i + 1; j < models.size(); ++j) {
      json[models[i].model][models[j].model] = comparison(models[i], models[j], config);
    }
  }
  std::vector<Json*> all;
  for (auto& [first, others] : json.items()) {
    for (auto& [second, entry] : others.items()) all.push_back(&entry);
  }
  correct_for_many(all);
  return json;
}

}  // namespace

Json statistics_version1(const Store& store, const std::string& adapter) {
  const PairedPredictions paired = read_paired_predictions(store, adapter, metrics::Rules::kVersion1);
  const auto& [subset, bootstrap, settings, rules, models, left_out] = paired;
  const BootstrapConfig& config = settings.bootstrap;
  const NoiseConfig noise;
  Json json{{"schema", kRecordSchema}, {"subset", subset}};
  json["n"] = models[0].images.size();
  json["lesions"] = metrics::lesion_count(models[0].outcomes);
  json["bootstrap"] = bootstrap;
  json["noise"] = {{"draws", noise.draws}, {"seed", noise.seed}};
  json["counts"] = counts_json(models[0].outcomes);
  json["models"] = Json::object();
  for (const ModelPredictions& model : models) {
    json["models"][model.model] = {{"run", model.run},
                                   {"noise", noise_json(model.outcomes, noise)},
                                   {"pairs", pairs_json(model.outcomes, config)}};
  }
  json["comparisons"] = comparisons_json(models, config);
  json["left_out"] = left_out;
  return json;
}

}  // namespace flnas
