#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>

#include "harness/base/text.h"
#include "harness/results/record.h"
#include "reports/cell_text.h"
#include "reports/inline.h"
#include "reports/measures.h"
#include "reports/parts/parts.h"

namespace flnas::reports {
namespace {

/// The reasons for which runs or measurements are not to be trusted.
std::string mistrusted(const std::vector<Record>& records, const char* what) {
  int count = 0;
  for (const Record& record : records) count += record.mistrusted() ? 1 : 0;
  return count == 0 ? "" : fmt::format("{} of {} {} are mistrusted; their marks say why.", count, records.size(), what);
}

/// Devices of which there are only estimates.
std::string estimated(const Evidence& evidence) {
  std::set<std::string> devices;
  for (const Record& record : evidence.hardware) {
    const std::string device = record.text("/device");
    const Cell cell = latency_on(evidence, record.model(), device, 1);
    if (cell.value && cell.mark == Mark::kEstimated) devices.insert(device);
  }
  if (devices.empty()) return {};
  return fmt::format("Latency on {} is estimated by a roofline model and was not measured.", fmt::join(devices, ", "));
}

std::string smallest_cell(const Evidence& evidence) {
  if (!evidence.statistics) return {};
  std::string text;
  double least = 1e300;
  for (const auto& [group, classes] : evidence.statistics->at("/counts").items()) {
    for (const auto& [name, count] : classes.items()) {
      if (count.get<double>() >= least) continue;
      least = count.get<double>();
      text = fmt::format("The smallest group and class, {} and {}, has {:.0f} test images: no rate of it says much.",
                         without_controls(group), without_controls(name), least);
    }
  }
  return text;
}

/// How many of the models show more unfairness than chance alone would, at 5 %.
std::string above_noise(const Evidence& evidence) {
  if (!evidence.statistics) return {};
  int models = 0, above = 0;
  for (const Model& model : evidence.models()) {
    const auto p = evidence.statistics->number("/models/" + pointer_step(model.name) + "/noise/unfairness_sum/p");
    if (!p) continue;
    ++models;
    above += *p < kLevel ? 1 : 0;
  }
  if (models == 0) return {};
  return fmt::format(
      "{} of {} models are more unfair (sum) than chance alone would make a fair model of their accuracy, "
      "at 5 %; the order of the others by Unfairness says nothing ({}).",
      above, models, reference("noise_floor"));
}

/// Pairs of a searched model and a baseline whose difference survives the correction.
std::string settled(const Evidence& evidence, const char* metric, const char* title) {
  int pairs = 0, clear = 0;
  for (const Model& a : evidence.models()) {
    for (const Model& b : evidence.models()) {
      if (a.group != "Baselines" || b.group != "FL-NAS") continue;
      for (const auto& [first, second] : {std::pair{a.name, b.name}, {b.name, a.name}}) {
        const auto p = evidence.statistics->number("/comparisons/" + pointer_step(first) + "/" + pointer_step(second) +
                                                   "/" + metric + "/p_holm");
        if (!p) continue;
        ++pairs;
        clear += *p < kLevel ? 1 : 0;
      }
    }
  }
  return pairs == 0 ? ""
                    : fmt::format(
                          "{}: {} of {} pairs of a searched model and a baseline differ by more than chance "
                          "(5 %, corrected).",
                          title, clear, pairs);
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

void add_reproduction_limits(const Evidence& evidence, List& list) {
  for (const auto& reason : reasons_not_comparable(evidence, true))
    add(list, "Not the paper's conditions: " + reason + ".");
  add(list, smallest_cell(evidence));
  add(list,
      "Unfairness, EODD, EOPP1 and EOPP2 are means and sums of absolute gaps: chance makes them larger, and their "
      "bootstrap intervals lie too high by about the noise floor.");
  if (evidence.reproduce.value("seeds", Json::array()).size() < 2) {
    add(list, "One training run of each model: what another seed would give is not known.");
  }
  add(list, estimated(evidence));
  add(list, mistrusted(evidence.runs, "training runs"));
  add(list, mistrusted(evidence.hardware, "measurements"));
  add(list,
      "Which images, classes and training settings the paper used is not disclosed; ours are documented choices.");
  add(list, "FaHaNa-Fair cannot be identified from what is published; ours is like it in size and block types alone.");
}

/// What searches beside a reproduction, or alone, cannot say.
void add_search_limits(const Evidence& evidence, List& list) {
  for (const Record& comparison : evidence.comparisons) {
    add(list, fmt::format("The comparison of designers has {} seeds; its t intervals assume normal means.",
                          comparison.at("/seeds").size()));
  }
  if (!evidence.searches.empty()) {
    add(list,
        "The best design of a search is the best of several on the same validation images: its figures there flatter "
        "it, and those on test images are the fair ones.");
    std::set<std::string> estimates;
    for (const Record& search : evidence.searches) {
      if (search.at("/target/present") == false && search.text("/target/name") != "none") {
        estimates.insert(search.text("/target/title"));
      }
    }
    if (!estimates.empty()) {
      add(list, fmt::format("Latencies of designs on {} are estimates; the device was not here.",
                            fmt::join(estimates, ", ")));
    }
  }
  if (!evidence.lone_searches().empty()) add(list, "A search on its own is one seed: its luck is not measured.");
  for (const NasEvidence& nas : evidence.nas) {
    add(list, fmt::format("Searches on tables look up every accuracy and cost ({}): training and measuring are not in "
                          "their times.",
                          without_controls(nas.record.table.name)));
  }
  if (!evidence.transformers.empty()) {
    add(list, "Proxies of vision transformers stand for an accuracy that was not trained.");
  }
  for (const Record& suite : evidence.suites) {
    std::size_t mistrusted = 0;
    for (const Json& result : suite.at("/results")) mistrusted += result.value("status", "") == kMistrusted ? 1 : 0;
    if (mistrusted == 0) continue;
    add(list, fmt::format("{} of {} results of the latency suite {} are mistrusted; their marks say why.", mistrusted,
                          suite.at("/results").size(), code(suite.file)));
  }
}

/// What LLM-NAS leaves open, by the strategies that a search on tables ran.
void add_nas_answers(const NasEvidence& nas, List& list) {
  const NasSearchRecord& record = nas.record;
  constexpr const char* kBase = "llmnas-offline";
  const auto measured_strategy = [&](const std::string& name) {
    for (const NasStrategy& strategy : record.strategies) {
      if (strategy.name == name) return why_not_measured(record, strategy).empty();
    }
    return false;
  };
  const auto share = [](double value) { return format_number(value, {1, 100, false}); };
  const auto against_base = [&](const NasStrategy& strategy) {
    const NasMean gain = hypervolume_share_gain(record, kBase, strategy.name);
    if (!gain.mean) return std::string();
    std::string text = fmt::format("{} {}", without_controls(strategy.title), share(*gain.mean));
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
      convergence.push_back(fmt::format("{} {} %", without_controls(strategy.title), share(*half)));
    }
  }
  add(list, convergence.empty() ? fmt::format("{} not measured.", strong("Convergence (LLM-NAS):"))
                                : fmt::format("{} share of its final hypervolume that a search has half way: {}.",
                                              strong("Convergence (LLM-NAS):"), fmt::join(convergence, "; ")));
}

}  // namespace

void add_answers(const Evidence& evidence, Section& section) {
  List list;
  if (evidence.has_reproduction()) add(list, above_noise(evidence));
  if (evidence.statistics) {
    add(list, settled(evidence, "mcnemar", "Accuracy (McNemar)"));
    add(list, settled(evidence, "balanced_accuracy", "Balanced accuracy"));
    add(list, settled(evidence, "unfairness_sum", "Unfairness, sum"));
    add(list, settled(evidence, "eodd", "EODD"));
  }
  for (const NasEvidence& nas : evidence.nas) add_nas_answers(nas, list);
  if (list.items.empty()) return;
  Paragraph introduction;
  introduction.text = "Questions that the papers leave open, as far as these records answer them:";
  section.blocks.emplace_back(introduction);
  section.blocks.emplace_back(std::move(list));
}

void add_limitations(const Evidence& evidence, Section& section) {
  List list;
  if (evidence.has_reproduction()) add_reproduction_limits(evidence, list);
  add_search_limits(evidence, list);
  if (!list.items.empty()) section.blocks.emplace_back(std::move(list));
}

}  // namespace flnas::reports
