// What the papers leave open, as far as the records answer it.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "harness/base/plural.h"
#include "harness/metrics/comparison/significance.h"
#include "harness/records/record.h"
#include "reports/data/measures.h"
#include "reports/document/cell_text.h"
#include "reports/document/inline.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

/// How many of the models show more unfairness than chance alone would, at 5 % for all of them together.
std::string above_noise(const ReportInputs& inputs) {
  if (!inputs.statistics) return {};
  std::vector<double> p;
  for (const Model& model : inputs.models()) {
    const auto place = inputs.statistics->at(&StatisticsRecord::models)[model.name]
                           .at(&ModelStatistics::noise)
                           .at(&FairNulls::unfairness_sum)
                           .at(&FairNull::p);
    if (place) p.push_back(*place);
  }
  if (p.empty()) return {};
  const auto corrected = metrics::holm(p);
  const auto above = std::count_if(corrected.begin(), corrected.end(), [](double each) { return each < kLevel; });
  const bool by_class = inputs.statistics->record.rules() >= metrics::Rules::kVersion3;
  return fmt::format(
      "{} By Unfairness (sum) {} of {} {} {} (5 %, Holm over the models). The order of the others by Unfairness says "
      "nothing ({}).",
      strong("Is any of it unfairness, or chance?"), above, counted(static_cast<long long>(p.size()), "model"),
      plural(above, "is", "are"),
      by_class
          ? "shown to be unfair: beyond what groups with other mixes of classes, and chance, make of a fair model"
          : "right more often in some groups than in others by more than chance, which may be their mix of classes",
      reference("noise_floor"));
}

/// The corrected p of a comparison by a metric.
using PlaceOfP = Place<double> (*)(const Place<PairComparison>& pair);

template <auto Metric, auto P>
Place<double> p_of(const Place<PairComparison>& pair) {
  return pair.at(Metric).at(P);
}

/// "EODD 0 of 15": pairs of a searched model and a baseline whose difference survives the correction.
std::string settled(const ReportInputs& inputs, PlaceOfP metric, const char* title) {
  int pairs = 0, clear = 0;
  for (const Model& a : inputs.models()) {
    for (const Model& b : inputs.models()) {
      if (a.group != "Baselines" || b.group != "FL-NAS") continue;
      const auto pair = find_pair(*inputs.statistics, a.name, b.name);
      const auto p = pair ? metric(pair->place).number() : std::nullopt;
      if (!p) continue;
      ++pairs;
      clear += *p < kLevel ? 1 : 0;
    }
  }
  return pairs == 0 ? "" : fmt::format("{} {} of {}", title, clear, pairs);
}

/// Which differences between searched models and baselines are more than chance.
std::string settled(const ReportInputs& inputs) {
  std::vector<std::string> found;
  constexpr std::pair<PlaceOfP, const char*> kMetrics[] = {
      {p_of<&PairComparison::mcnemar, &McNemar::p_holm>, "accuracy (McNemar)"},
      {p_of<&PairComparison::balanced_accuracy, &PairedEstimate::p_holm>, "balanced accuracy"},
      {p_of<&PairComparison::unfairness_sum, &PairedEstimate::p_holm>, "Unfairness, sum,"},
      {p_of<&PairComparison::eodd, &PairedEstimate::p_holm>, "EODD"},
      {p_of<&PairComparison::eopp1, &PairedEstimate::p_holm>, "EOPP1"},
      {p_of<&PairComparison::eopp2, &PairedEstimate::p_holm>, "EOPP2"}};
  for (const auto& [metric, title] : kMetrics) {
    if (auto text = settled(inputs, metric, title); !text.empty()) found.push_back(std::move(text));
  }
  if (found.empty()) return {};
  return fmt::format(
      "{} Of all pairs of one of each, so many differ by more than chance (5 %, Holm-corrected), in either direction: "
      "{} ({}).",
      strong("Do searched models and baselines differ?"), fmt::join(found, "; "), reference("comparisons"));
}

/// The mean share of its final hypervolume that a strategy's searches have half way; the cells that train the predictor
/// come before the search and do not count.
std::optional<double> half_way(const NasSearchRecord& record, const std::string& strategy) {
  double sum = 0;
  int searches = 0;
  for (const NasPair& pair : record.pairs) {
    for (const NasSearchResult& search : pair.searches) {
      const auto& curve = search.curve.hypervolume;
      if (search.strategy != strategy || search.status != kPassed || curve.empty() || curve.back() <= 0) continue;
      sum += curve[(curve.size() - 1) / 2] / curve.back();
      ++searches;
    }
  }
  return searches == 0 ? std::nullopt : std::optional(sum / searches);
}

void add(List& list, const std::string& item) {
  if (!item.empty()) list.items.push_back(item);
}

/// What LLM-NAS leaves open, by the strategies that a search on tables ran.
void add_nas_answers(const NasSearch& nas, List& list) {
  const NasSearchRecord& record = nas.record;
  constexpr const char* kBase = "llmnas-offline";
  const auto measured_strategy = [&](const std::string& name) {
    for (const NasStrategy& strategy : record.strategies) {
      if (strategy.name == name) return why_not_measured(record, strategy).empty();
    }
    return false;
  };
  const auto share = [](double value) { return format_number(value, {.digits = 1, .scale = 100}); };
  const auto against_base = [&](const NasStrategy& strategy) {
    const NasMean gain = hypervolume_share_gain(record, kBase, strategy.name);
    if (!gain.mean) return std::string();
    std::string text = fmt::format("{} {}", strategy.title, share(*gain.mean));
    if (gain.low && gain.high) text += fmt::format(" [{}, {}]", share(*gain.low), share(*gain.high));
    return text;
  };
  const auto question = [&](const char* title, auto&& belongs) {
    std::vector<std::string> found;
    for (const NasStrategy& strategy : record.strategies) {
      if (!measured_strategy(kBase) || !measured_strategy(strategy.name) || !belongs(strategy)) continue;
      if (auto text = against_base(strategy); !text.empty()) found.push_back(std::move(text));
    }
    add(list, found.empty()
                  ? fmt::format("{} not measured.", strong(title))
                  : fmt::format("{} points of the true front's hypervolume by which six niches by convolutions, "
                                "without a language model, are ahead: {}.",
                                strong(title), fmt::join(found, "; ")));
  };
  question("How many niches (LLM-NAS):",
           [](const NasStrategy& strategy) { return strategy.name.starts_with("offline-flops-"); });
  question("Random niches instead (LLM-NAS):",
           [](const NasStrategy& strategy) { return strategy.name == "offline-random-partition"; });
  std::vector<std::string> convergence;
  for (const NasStrategy& strategy : record.strategies) {
    if (strategy.group == "ablation" || !measured_strategy(strategy.name)) continue;
    if (const auto half = half_way(record, strategy.name)) {
      convergence.push_back(fmt::format("{} {} %", strategy.title, share(*half)));
    }
  }
  add(list, convergence.empty() ? fmt::format("{} not measured.", strong("Convergence (LLM-NAS):"))
                                : fmt::format("{} share of its final hypervolume that a search has half way: {}.",
                                              strong("Convergence (LLM-NAS):"), fmt::join(convergence, "; ")));
}

}  // namespace

void add_open_questions(const ReportInputs& inputs, Section& section) {
  List list;
  if (inputs.has_reproduction()) add(list, above_noise(inputs));
  if (inputs.statistics) add(list, settled(inputs));
  for (const NasSearch& nas : inputs.nas) add_nas_answers(nas, list);
  if (list.items.empty()) return;
  Paragraph introduction;
  introduction.text = "Questions that the papers leave open, as far as these records answer them:";
  section.blocks.emplace_back(introduction);
  section.blocks.emplace_back(std::move(list));
}

}  // namespace flnas::reports
