// The conditions of a reproduction in words.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>

#include "harness/base/plural.h"
#include "reports/data/own_study.h"
#include "reports/data/people.h"
#include "reports/document/inline.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

/// What an environment tells of its processor.
struct Processor {
  std::optional<std::string> cpu;
  std::optional<int> cores;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("cpu", self.cpu), visit("cores", self.cores);
  }
};
struct MachineFacts {
  std::optional<Processor> machine;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("machine", self.machine);
  }
};
struct UsedDevice {
  std::optional<std::string> device;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("device", self.device);
  }
};

}  // namespace

std::string describe_task(const ReportInputs& inputs) {
  const std::string& task = inputs.reproduced().task;
  const Run* run = inputs.first_measured();
  if (run == nullptr) return code(task);
  const auto& classes = run->record.data.classes;
  if (classes.size() == 2) return fmt::format("{}: {} against {}", code(task), classes[1], classes[0]);
  return fmt::format("{}: {} classes, {}", code(task), classes.size(), fmt::join(classes, ", "));
}

std::string describe_protocol(const ReportInputs& inputs) {
  const std::string& protocol = inputs.reproduced().protocol;
  if (protocol == "clean") {
    return fmt::format("{}: near-equal cells of the attributes, 70/20/10 by {}", code(protocol), unit_word(inputs));
  }
  if (protocol == "stated") {
    return code(protocol) + ": as the paper's text says, 70/20/10 by image";
  }
  if (protocol == "crossfit") {
    return fmt::format(
        "{}: {} folds by {}; every image is tested once, by a model that never saw its {}, and "
        "the predictions of all folds are taken together",
        code(protocol), inputs.reproduced().folds.value_or(0), unit_word(inputs), unit_word(inputs));
  }
  if (protocol == "inferred") {
    return code(protocol) +
           ": as the paper's numbers imply, 3,500/1,500 by image; tested on the same images that guided "
           "early stopping, so the figures flatter every model";
  }
  return code(protocol);
}

std::string describe_profile(const ReportInputs& inputs) {
  const std::string text = code(inputs.reproduced().profile.name);
  std::string narrowed;
  for (const std::string& item : inputs.reproduced().narrowed) narrowed += (narrowed.empty() ? "" : ", ") + code(item);
  return narrowed.empty() ? text : text + " changed by " + narrowed;
}

std::string describe_data(const ReportInputs& inputs) {
  const ReproductionData& data = inputs.reproduced().data;
  return fmt::format("{} ({}{})", code(data.name), data.synthetic ? "synthetic, " : "", counted(data.images, "image"));
}

std::string describe_device(const ReportInputs& inputs) {
  std::set<std::string> devices;
  for (const Run& run : inputs.runs) {
    const auto used = read_as<UsedDevice>(run.record.effective, run.folder + "/run.json: effective");
    if (used.device && !used.device->empty()) devices.insert(without_controls(*used.device));
  }
  std::string text = devices.empty() ? "this machine" : fmt::format("{}", fmt::join(devices, " and "));
  const auto facts = read_as<MachineFacts>(inputs.reproduced().environment, "reproduce.json: environment");
  if (!facts.machine || !facts.machine->cpu) return text;
  text += " (" + without_controls(*facts.machine->cpu);
  if (facts.machine->cores) text += ", " + counted(*facts.machine->cores, "core");
  return text + ")";
}

std::string describe_conditions(const ReportInputs& inputs) {
  if (!beside_paper(inputs)) {
    return fmt::format("Task {}, protocol {}, data {}, device {}.", code(inputs.reproduced().task),
                       code(inputs.reproduced().protocol), describe_data(inputs), describe_device(inputs));
  }
  return fmt::format("Profile {}, task {}, protocol {}, data {}, device {}.", describe_profile(inputs),
                     code(inputs.reproduced().task), code(inputs.reproduced().protocol), describe_data(inputs),
                     describe_device(inputs));
}

}  // namespace flnas::reports
