// What a reader must not conclude from the records; where the conditions are not the paper's, the page says so at its
// head.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <limits>
#include <set>

#include "harness/base/plural.h"
#include "harness/records/record.h"
#include "reports/data/latencies.h"
#include "reports/data/own_study.h"
#include "reports/document/inline.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

/// The reasons for which runs or measurements are not to be trusted.
template <class FoundRecord>
std::string unreliable(const std::vector<FoundRecord>& records, const char* what) {
  int count = 0;
  for (const FoundRecord& record : records) count += record.unreliable ? 1 : 0;
  if (count == 0) return {};
  return fmt::format("{} of {} {} unreliable; {} why.", count, counted(static_cast<long long>(records.size()), what),
                     plural(count, "is", "are"), plural(count, "its mark says", "their marks say"));
}

/// Devices of which there are only estimates.
std::string estimated(const ReportInputs& inputs) {
  std::set<std::string> devices;
  for (const Hardware& found : inputs.hardware) {
    const std::string& device = found.record.device;
    const Cell cell = latency_on(inputs, found.record.model.name, device, 1);
    if (cell.value && cell.mark == Mark::kEstimated) devices.insert(device_title(device));
  }
  if (devices.empty()) return {};
  return fmt::format("Latency on the {} is estimated by a roofline model and was not measured.",
                     fmt::join(devices, " and the "));
}

std::string smallest_cell(const ReportInputs& inputs) {
  if (!inputs.statistics) return {};
  std::string text;
  std::int64_t least = std::numeric_limits<std::int64_t>::max();
  for (const auto& [group, classes] : inputs.statistics->record.counts) {
    for (const auto& [name, count] : classes) {
      if (count >= least) continue;
      least = count;
      text = fmt::format("The smallest group of a class, {} and {}, has {}: no rate of it says much.", group, name,
                         counted(least, "test image"));
    }
  }
  return text;
}

void add(List& list, const std::string& item) {
  if (!item.empty()) list.items.push_back(item);
}

void add_reproduction_limits(const ReportInputs& inputs, List& list) {
  add(list, smallest_cell(inputs));
  const Run* run = inputs.first_measured();
  const bool debiased = run != nullptr && run->metrics->version.value_or(1) > 1;
  add(list, std::string("Unfairness, EODD, EOPP1 and EOPP2 are means and sums of absolute gaps: chance makes them "
                        "larger, and ") +
                (debiased ? "the debiased estimate takes that out on average only."
                          : "their bootstrap intervals lie too high by about the noise floor."));
  if (inputs.reproduced().seeds.size() < 2) {
    add(list, inputs.reproduced().folds
                  ? "One training run of each model in each fold: what another seed would give is not known."
                  : "One training run of each model: what another seed would give is not known.");
  }
  add(list, estimated(inputs));
  add(list, unreliable(inputs.runs, "training run"));
  add(list, unreliable(inputs.hardware, "measurement"));
  if (!beside_paper(inputs)) return;
  add(list,
      "Which images, classes and training settings the paper used is not disclosed; ours are documented choices.");
  add(list,
      "FaHaNa-Fair cannot be identified from what is published; ours agrees with it in size and block types alone.");
}

/// What searches beside a reproduction, or alone, cannot say.
void add_search_limits(const ReportInputs& inputs, List& list) {
  for (const SearchComparison& comparison : inputs.comparisons) {
    add(list, fmt::format("The comparison of strategies has {}; its t intervals assume normal means.",
                          counted(static_cast<long long>(comparison.record.seeds.size()), "seed")));
  }
  if (!inputs.searches.empty()) {
    add(list,
        "The best design of a search is the best of several on the same validation images: its figures there flatter "
        "it, and those on test images are the fair ones.");
    std::set<std::string> estimates;
    for (const Search& search : inputs.searches) {
      const auto& target = search.record.target;
      if (target && !target->present && target->name != "none") estimates.insert(target->title);
    }
    if (!estimates.empty()) {
      add(list, fmt::format("Latencies of designs on {} are estimates; the device was not here.",
                            fmt::join(estimates, ", ")));
    }
  }
  if (!inputs.lone_searches().empty()) add(list, "A search on its own is one seed: its luck is not measured.");
  for (const NasSearch& nas : inputs.nas) {
    add(list, fmt::format("Searches on tables look up every accuracy and cost ({}): training and measuring are not in "
                          "their times.",
                          nas.record.table.name));
  }
  if (!inputs.proxy_searches.empty()) {
    add(list, "Zero-cost proxies stand for an accuracy that was not trained.");
  }
  for (const Suite& suite : inputs.suites) {
    int unreliable = 0;
    for (const LatencyResult& result : suite.record.results) unreliable += result.status == kUnreliable ? 1 : 0;
    if (unreliable == 0) continue;
    add(list, fmt::format("{} of {} of the latency suite {} {} unreliable; {} why.", unreliable,
                          counted(static_cast<long long>(suite.record.results.size()), "result"), code(suite.file),
                          plural(unreliable, "is", "are"), plural(unreliable, "its mark says", "their marks say")));
  }
}

}  // namespace

void add_limitations(const ReportInputs& inputs, Section& section) {
  List list;
  if (inputs.has_reproduction()) add_reproduction_limits(inputs, list);
  add_search_limits(inputs, list);
  if (!list.items.empty()) section.blocks.emplace_back(std::move(list));
}

}  // namespace flnas::reports
