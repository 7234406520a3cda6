// The conditions of a reproduction in words.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>

#include "harness/base/plural.h"
#include "reports/document/inline.h"
#include "reports/sections/sections.h"

namespace flnas::reports {

std::string describe_task(const Evidence& evidence) {
  const std::string task = evidence.text("/task");
  if (task == "binary") return code(task) + ": malignant against benign";
  if (task == "isic8") return code(task) + ": the eight classes of ISIC 2019";
  return code(task);
}

std::string describe_protocol(const Evidence& evidence) {
  const std::string protocol = evidence.text("/protocol");
  if (protocol == "clean") {
    return code(protocol) +
           ": near-equal sex and age cells, 70/20/10 by lesion; tested on lesions that nothing else saw";
  }
  if (protocol == "stated") {
    return code(protocol) + ": as the paper's text says, 70/20/10 by image; tested on images that nothing else saw";
  }
  if (protocol == "inferred") {
    return code(protocol) +
           ": as the paper's numbers imply, 3,500/1,500 by image; tested on the same images that guided "
           "early stopping, so the figures flatter every model";
  }
  return code(protocol);
}

std::string describe_profile(const Evidence& evidence) {
  std::string text = code(evidence.text("/profile/name"));
  std::string narrowed;
  for (const Json& item : evidence.reproduce.value("narrowed", Json::array())) {
    narrowed += (narrowed.empty() ? "" : ", ") + code(item.get<std::string>());
  }
  return narrowed.empty() ? text : text + " narrowed by " + narrowed;
}

std::string describe_data(const Evidence& evidence) {
  const Json data = evidence.reproduce.value("data", Json::object());
  const bool synthetic = data.value("synthetic", false);
  return fmt::format("{} ({}{})", code(evidence.text("/data/name")), synthetic ? "synthetic, " : "",
                     counted(data.value("images", 0LL), "image"));
}

std::string describe_device(const Evidence& evidence) {
  std::set<std::string> devices;
  for (const Record& run : evidence.runs) {
    if (const auto device = run.text("/effective/device"); !device.empty()) devices.insert(device);
  }
  const Json machine = evidence.reproduce.value("environment", Json::object()).value("machine", Json::object());
  std::string text = devices.empty() ? "this machine" : fmt::format("{}", fmt::join(devices, " and "));
  if (machine.contains("cpu") && machine["cpu"].is_string()) {
    text += " (" + without_controls(machine["cpu"].get<std::string>());
    if (machine.contains("cores") && machine["cores"].is_number())
      text += ", " + counted(machine["cores"].get<int>(), "core");
    text += ")";
  }
  return text;
}

std::string describe_conditions(const Evidence& evidence) {
  return fmt::format("Profile {}, task {}, protocol {}, data {}, device {}.", describe_profile(evidence),
                     code(evidence.text("/task")), code(evidence.text("/protocol")), describe_data(evidence),
                     describe_device(evidence));
}

}  // namespace flnas::reports
