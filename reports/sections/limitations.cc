// What a reader must not conclude from the records.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <set>

#include "harness/base/plural.h"
#include "harness/records/record.h"
#include "reports/document/inline.h"
#include "reports/measures.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

/// The reasons for which runs or measurements are not to be trusted.
std::string mistrusted(const std::vector<Record>& records, const char* what) {
  int count = 0;
  for (const Record& record : records) count += record.mistrusted() ? 1 : 0;
  if (count == 0) return {};
  return fmt::format("{} of {} {} mistrusted; {} why.", count, counted(static_cast<long long>(records.size()), what),
                     plural(count, "is", "are"), plural(count, "its mark says", "their marks say"));
}

std::string device_title(const std::string& device) {
  return device == "a10" ? "NVIDIA A10" : device == "pi4" ? "Raspberry Pi 4" : device;
}

/// Devices of which there are only estimates.
std::string estimated(const Evidence& evidence) {
  std::set<std::string> devices;
  for (const Record& record : evidence.hardware) {
    const std::string device = record.text("/device");
    const Cell cell = latency_on(evidence, record.model(), device, 1);
    if (cell.value && cell.mark == Mark::kEstimated) devices.insert(device_title(device));
  }
  if (devices.empty()) return {};
  return fmt::format("Latency on the {} is estimated by a roofline model and was not measured.",
                     fmt::join(devices, " and the "));
}

std::string smallest_cell(const Evidence& evidence) {
  if (!evidence.statistics) return {};
  std::string text;
  double least = 1e300;
  for (const auto& [group, classes] : evidence.statistics->at("/counts").items()) {
    for (const auto& [name, count] : classes.items()) {
      if (count.get<double>() >= least) continue;
      least = count.get<double>();
      text = fmt::format("The smallest group of a class, {} and {}, has {}: no rate of it says much.",
                         without_controls(group), without_controls(name), counted(std::llround(least), "test image"));
    }
  }
  return text;
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
  add(list, mistrusted(evidence.runs, "training run"));
  add(list, mistrusted(evidence.hardware, "measurement"));
  add(list,
      "Which images, classes and training settings the paper used is not disclosed; ours are documented choices.");
  add(list, "FaHaNa-Fair cannot be identified from what is published; ours is like it in size and block types alone.");
}

/// What searches beside a reproduction, or alone, cannot say.
void add_search_limits(const Evidence& evidence, List& list) {
  for (const Record& comparison : evidence.comparisons) {
    add(list, fmt::format("The comparison of designers has {}; its t intervals assume normal means.",
                          counted(static_cast<long long>(comparison.at("/seeds").size()), "seed")));
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
    int mistrusted = 0;
    for (const Json& result : suite.at("/results")) mistrusted += result.value("status", "") == kMistrusted ? 1 : 0;
    if (mistrusted == 0) continue;
    add(list, fmt::format("{} of {} of the latency suite {} {} mistrusted; {} why.", mistrusted,
                          counted(static_cast<long long>(suite.at("/results").size()), "result"), code(suite.file),
                          plural(mistrusted, "is", "are"), plural(mistrusted, "its mark says", "their marks say")));
  }
}

}  // namespace

void add_limitations(const Evidence& evidence, Section& section) {
  List list;
  if (evidence.has_reproduction()) add_reproduction_limits(evidence, list);
  add_search_limits(evidence, list);
  if (!list.items.empty()) section.blocks.emplace_back(std::move(list));
}

}  // namespace flnas::reports
