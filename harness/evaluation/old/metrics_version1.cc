#include <cmath>
#include <utility>

#include "harness/evaluation/old/version1.h"

namespace flnas {
namespace {

using metrics::Estimate;
using metrics::MetricSet;
using metrics::Outcomes;
using metrics::Tally;

/// What version 1 said that its metrics were.
constexpr std::pair<const char*, const char*> kDefinitions[] = {
    {"accuracy", "accuracy v1: share of rows whose prediction is the label"},
    {"balanced_accuracy", "balanced_accuracy v1: mean recall of the classes that have rows"},
    {"worst_group", "worst_group v1: lowest accuracy of a group that has rows; a resample takes its own lowest"},
    {"unfairness_mean", "unfairness_mean v1: mean over groups of |Acc_j - Acc_overall|, as FL-NAS prints it"},
    {"unfairness_sum", "unfairness_sum v1: sum over groups of |Acc_j - Acc_overall|, as FL-NAS's numbers imply"},
    {"eodd",
     "eodd v1: mean over pairs of max(|dTPR|, |dFPR|) where both exist; more than two classes: one-vs-rest, "
     "mean over pairs, then over classes"},
    {"eopp1", "eopp1 v1: mean over pairs of |dTPR|; more than two classes as eodd"},
    {"eopp2", "eopp2 v1: mean over pairs of |dTNR|; more than two classes as eodd"},
    {"sum_abs_dtnr", "sum_abs_dtnr v1: sum over classes, one-vs-rest, of the mean over pairs of |dTNR|"},
    {"sum_abs_dtpr", "sum_abs_dtpr v1: sum over classes, one-vs-rest, of the mean over pairs of |dTPR|"},
    {"sum_abs_dtpr_plus_dfpr",
     "sum_abs_dtpr_plus_dfpr v1: sum over classes, one-vs-rest, of the mean over pairs of |dTPR + dFPR|; the gaps "
     "keep their signs, so that opposite ones cancel"},
    {"recall", "recall v1: share of a class's rows that are predicted as it"},
};

Json number(double value) { return std::isnan(value) ? Json(nullptr) : Json(value); }

Json estimate_json(const Estimate& estimate) {
  return {{"value", number(estimate.value)}, {"low", number(estimate.low)}, {"high", number(estimate.high)}};
}

Json bootstrap_json(const metrics::BootstrapConfig& config) {
  return {{"resamples", config.resamples}, {"seed", config.seed}, {"level", config.level},
          {"kind", "percentile"},          {"unit", "lesion"},    {"most_undefined", config.most_undefined}};
}

Json worst_group_json(const Outcomes& outcomes, const Tally& tally, const Estimate& estimate) {
  Json json{{"name", nullptr}};
  for (std::size_t a = 0; a < tally.groups.size(); ++a) {
    for (std::size_t g = 0; g < tally.groups[a].size(); ++g) {
      const bool worst = tally.groups[a][g].accuracy() == estimate.value;
      if (worst && json["name"].is_null()) json["name"] = outcomes.attributes[a].groups[g];
    }
  }
  json.update(estimate_json(estimate));
  return json;
}

Json groups_json(const Outcomes& outcomes, const Tally& tally, const MetricSet<Estimate>& set) {
  Json json = Json::object();
  std::size_t at = 0;
  for (std::size_t a = 0; a < tally.groups.size(); ++a) {
    for (std::size_t g = 0; g < tally.groups[a].size(); ++g) {
      json[outcomes.attributes[a].groups[g]] = {{"attribute", outcomes.attributes[a].name},
                                                {"n", tally.groups[a][g].rows()},
                                                {"accuracy", estimate_json(set.groups[at++])}};
    }
  }
  json["unknown"] = {{"n", tally.unknown.rows()}, {"accuracy", estimate_json(set.unknown)}};
  return json;
}

Json recall_json(const Outcomes& outcomes, const Tally& tally, const MetricSet<Estimate>& set) {
  Json json = Json::object();
  for (std::size_t c = 0; c < outcomes.classes.size(); ++c) {
    Json& entry = json[outcomes.classes[c]] = {{"n", tally.all.positives(c)}};
    entry.update(estimate_json(set.recall[c]));
  }
  return json;
}

Json pairs_json(const Outcomes& outcomes, const Tally& tally) {
  const auto use = metrics::pair_use(outcomes, tally);
  const int terms = use.pairs * use.classes;
  Json json{{"pairs", use.pairs}, {"classes", use.classes}, {"terms", terms}};
  json["left_out"] = {{"eodd", terms - use.eodd}, {"eopp1", terms - use.eopp1}, {"eopp2", terms - use.eopp2}};
  json["empty"] = Json::array();
  for (const auto& empty : use.empty) {
    json["empty"].push_back(
        {{"group", empty.group}, {"class", empty.of_class}, {"rate", empty.rate}, {"terms", empty.terms}});
  }
  return json;
}

}  // namespace

Json evaluate_version1(const Predictions& predictions, const Adapter& adapter, const Task& task,
                       const std::string& wanted, const metrics::BootstrapConfig& bootstrap) {
  const std::string subset = chosen_subset(predictions, wanted);
  const Outcomes outcomes = outcomes_of(predictions, adapter, task, subset);
  const Tally tally = metrics::tally(outcomes);
  const auto set = metrics::bootstrap(outcomes, bootstrap);
  Json json{{"version", 1}, {"subset", subset.empty() ? Json(nullptr) : Json(subset)}};
  json["n"] = tally.all.rows();
  json["lesions"] = metrics::lesion_count(outcomes);
  json["bootstrap"] = bootstrap_json(bootstrap);
  json["accuracy"] = estimate_json(set.accuracy);
  json["balanced_accuracy"] = estimate_json(set.balanced_accuracy);
  json["worst_group"] = worst_group_json(outcomes, tally, set.worst_group);
  json["unfairness_mean"] = estimate_json(set.unfairness_mean);
  json["unfairness_sum"] = estimate_json(set.unfairness_sum);
  json["eodd"] = estimate_json(set.eodd);
  json["eopp1"] = estimate_json(set.eopp1);
  json["eopp2"] = estimate_json(set.eopp2);
  json["pruning"] = {{"sum_abs_dtnr", estimate_json(set.sum_abs_dtnr)},
                     {"sum_abs_dtpr", estimate_json(set.sum_abs_dtpr)},
                     {"sum_abs_dtpr_plus_dfpr", estimate_json(set.sum_abs_dtpr_plus_dfpr)}};
  json["recall"] = recall_json(outcomes, tally, set);
  json["groups"] = groups_json(outcomes, tally, set);
  json["pairs"] = pairs_json(outcomes, tally);
  for (const auto& [name, meaning] : kDefinitions) json["definitions"][name] = meaning;
  return json;
}

}  // namespace flnas
