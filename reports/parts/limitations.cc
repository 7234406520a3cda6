#include <fmt/format.h>

#include <set>

#include "harness/base/text.h"
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
    if (record.text("/latency/mark") == "estimated") devices.insert(record.text("/device"));
  }
  if (devices.empty()) return {};
  std::string names;
  for (const auto& device : devices) names += (names.empty() ? "" : ", ") + device;
  return fmt::format("Latency on {} is estimated by a roofline model and was not measured.", names);
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
    above += *p < 0.05 ? 1 : 0;
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
        clear += *p < 0.05 ? 1 : 0;
      }
    }
  }
  return pairs == 0 ? ""
                    : fmt::format(
                          "{}: {} of {} pairs of a searched model and a baseline differ by more than chance "
                          "(5 %, corrected).",
                          title, clear, pairs);
}

void add(List& list, const std::string& item) {
  if (!item.empty()) list.items.push_back(item);
}

}  // namespace

void add_answers(const Evidence& evidence, Section& section) {
  List list;
  add(list, above_noise(evidence));
  if (evidence.statistics) {
    add(list, settled(evidence, "mcnemar", "Accuracy (McNemar)"));
    add(list, settled(evidence, "balanced_accuracy", "Balanced accuracy"));
    add(list, settled(evidence, "unfairness_sum", "Unfairness, sum"));
    add(list, settled(evidence, "eodd", "EODD"));
  }
  if (list.items.empty()) return;
  Paragraph introduction;
  introduction.text = "Questions that the paper leaves open, as far as these records answer them:";
  section.blocks.emplace_back(introduction);
  section.blocks.emplace_back(std::move(list));
}

void add_limitations(const Evidence& evidence, Section& section) {
  List list;
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
  section.blocks.emplace_back(std::move(list));
}

}  // namespace flnas::reports
