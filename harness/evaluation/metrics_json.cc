#include "harness/evaluation/metrics_json.h"

#include <string>

#include "harness/base/defined.h"
#include "harness/metrics/metric_table.h"

namespace flnas {
namespace {

using metrics::Figure;
using metrics::Measured;
using metrics::MetricSet;
using metrics::Outcomes;
using metrics::Tally;

Json estimate_json(const Figure& figure) {
  return {{"value", number_or_null(figure.value)},
          {"low", number_or_null(figure.low)},
          {"high", number_or_null(figure.high)}};
}

/// A sum or mean of absolute gaps, of so many of its terms.
Json gap_json(const Figure& figure, int terms, int of) {
  Json json = estimate_json(figure);
  json["debiased"] = number_or_null(figure.debiased);
  json["printed"] = number_or_null(figure.printed);
  json["terms"] = terms;
  json["of"] = of;
  return json;
}

Json bootstrap_json(const metrics::BootstrapConfig& config) {
  return {{"resamples", config.resamples},
          {"seed", config.seed},
          {"level", config.level},
          {"kind", "bayesian"},
          {"unit", "lesion"}};
}

Json worst_group_json(const Outcomes& outcomes, const Tally& tally, const metrics::Support& support,
                      const Figure& estimate) {
  Json json{{"name", nullptr}};
  for (std::size_t a = 0; a < tally.groups.size(); ++a) {
    for (std::size_t g = 0; g < tally.groups[a].size(); ++g) {
      const bool worst = support.groups[a][g] && tally.groups[a][g].accuracy() == estimate.value;
      if (worst && json["name"].is_null()) json["name"] = outcomes.attributes[a].groups[g];
    }
  }
  json.update(estimate_json(estimate));
  return json;
}

Json groups_json(const Outcomes& outcomes, const Tally& tally, const MetricSet<Figure>& set) {
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

Json recall_json(const Outcomes& outcomes, const Tally& tally, const MetricSet<Figure>& set) {
  Json json = Json::object();
  for (std::size_t c = 0; c < outcomes.classes.size(); ++c) {
    Json& entry = json[outcomes.classes[c]] = {{"n", tally.all.positives(c)}};
    entry.update(estimate_json(set.recall[c]));
  }
  return json;
}

/// How many (pair, class) terms the pairwise metrics have, and what lacks support.
Json pairs_json(const metrics::TermUse& use) {
  const int terms = use.pairs * use.classes;
  Json json{{"pairs", use.pairs}, {"classes", use.classes}, {"terms", terms}};
  json["left_out"] = {{"eodd", terms - use.eodd}, {"eopp1", terms - use.eopp1}, {"eopp2", terms - use.eopp2}};
  json["lacking"] = Json::array();
  for (const auto& lacking : use.lacking) {
    json["lacking"].push_back({{"group", lacking.group},
                               {"class", lacking.of_class.empty() ? Json(nullptr) : Json(lacking.of_class)},
                               {"rate", lacking.rate},
                               {"rows", lacking.rows},
                               {"terms", lacking.terms}});
  }
  return json;
}

/// Each metric of counts by its name, with version and meaning.
Json definitions_json() {
  Json json = Json::object();
  for (const std::string_view name : metrics::kMetricNames) {
    json[std::string(name)] = metrics::metric_info(name).definition();
  }
  json["recall"] = metrics::metric_info("recall").definition();
  return json;
}

}  // namespace

Json measured_json(const Outcomes& outcomes, const Measured& measured, const std::string& subset,
                   const MetricsSettings& settings) {
  const Tally tally = metrics::tally(outcomes);
  const auto& [support, use, set] = measured;
  const int terms = use.pairs * use.classes;
  Json json{{"version", 2}, {"subset", subset.empty() ? Json(nullptr) : Json(subset)}};
  json["n"] = tally.all.rows();
  json["lesions"] = metrics::lesion_count(outcomes);
  json["min_support"] = settings.min_support;
  json["bootstrap"] = bootstrap_json(settings.bootstrap);
  json["accuracy"] = estimate_json(set.accuracy);
  json["balanced_accuracy"] = estimate_json(set.balanced_accuracy);
  json["worst_group"] = worst_group_json(outcomes, tally, support, set.worst_group);
  json["unfairness_mean"] = gap_json(set.unfairness_mean, use.groups_used, use.groups);
  json["unfairness_sum"] = gap_json(set.unfairness_sum, use.groups_used, use.groups);
  json["eodd"] = gap_json(set.eodd, use.eodd, terms);
  json["eopp1"] = gap_json(set.eopp1, use.eopp1, terms);
  json["eopp2"] = gap_json(set.eopp2, use.eopp2, terms);
  const int all_terms = use.pairs * static_cast<int>(outcomes.classes.size());
  json["pruning"] = {{"sum_abs_dtnr", gap_json(set.sum_abs_dtnr, use.dtnr, all_terms)},
                     {"sum_abs_dtpr", gap_json(set.sum_abs_dtpr, use.dtpr, all_terms)},
                     {"sum_abs_dtpr_plus_dfpr", gap_json(set.sum_abs_dtpr_plus_dfpr, use.dtpr_plus_dfpr, all_terms)}};
  json["recall"] = recall_json(outcomes, tally, set);
  json["groups"] = groups_json(outcomes, tally, set);
  json["pairs"] = pairs_json(use);
  json["definitions"] = definitions_json();
  return json;
}

}  // namespace flnas
