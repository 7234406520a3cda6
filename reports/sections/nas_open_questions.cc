// What LLM-NAS leaves open, as far as searches on tables answer it.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/records/record.h"
#include "reports/data/measures.h"
#include "reports/document/cell_text.h"
#include "reports/document/inline.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

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

void add_nas_open_questions(const ReportInputs& inputs, Section& section) {
  List list;
  for (const NasSearch& nas : inputs.nas) add_nas_answers(nas, list);
  if (list.items.empty()) return;
  section.blocks.emplace_back(Paragraph{"Questions that the paper leaves open, as far as these searches answer them:"});
  section.blocks.emplace_back(std::move(list));
}

}  // namespace flnas::reports
