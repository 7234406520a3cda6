#include "reports/report_inputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "harness/base/plural.h"
#include "harness/base/text.h"
#include "harness/records/store.h"
#include "reports/document/inline.h"

namespace flnas::reports {
namespace {

const Json kNull;

/// The value at a JSON pointer of our own making; null where there is none.
const Json& value_at(const Json& json, const std::string& key) {
  const Json::json_pointer pointer(key);
  return json.contains(pointer) ? json.at(pointer) : kNull;
}

std::string text_at(const Json& json, const std::string& key) {
  const Json& value = value_at(json, key);
  return value.is_string() ? without_controls(value.get<std::string>()) : "";
}

}  // namespace

std::string pointer_step(std::string key) {
  for (const auto& [from, to] : {std::pair{"~", "~0"}, {"/", "~1"}}) {
    for (auto at = key.find(from); at != key.npos; at = key.find(from, at + 2)) key.replace(at, 1, to);
  }
  return key;
}

const NasPoint* point_of(const NasPair& pair, std::int64_t cell) {
  const auto found =
      std::find_if(pair.points.begin(), pair.points.end(), [&](const NasPoint& point) { return point.cell == cell; });
  return found == pair.points.end() ? nullptr : &*found;
}

bool Record::mistrusted() const { return text("/status") == kMistrusted; }

std::string Record::model() const { return text("/model/name"); }

const Json& Record::at(const std::string& key) const { return value_at(json, key); }

std::string Record::text(const std::string& key) const { return text_at(json, key); }

std::optional<double> Record::number(const std::string& key) const {
  const Json& value = at(key);
  if (!value.is_number()) return std::nullopt;
  return value.get<double>();
}

std::string Evidence::text(const std::string& key) const { return text_at(reproduce, key); }

std::vector<Model> Evidence::models() const {
  std::vector<Model> rows;
  for (const PaperRow& row : fl_nas().rows) rows.push_back({row.model, row.title, row.group, &row, !row.identified});
  const auto add = [&](const std::string& name, const std::string& title) {
    const auto same = [&](const Model& row) { return row.name == name; };
    if (!name.empty() && std::none_of(rows.begin(), rows.end(), same)) {
      rows.push_back({name, title.empty() ? name : title, "Not in Table I", nullptr, false});
    }
  };
  for (const Record& run : runs) add(run.model(), run.text("/model/title"));
  for (const Json& name : value_at(reproduce, "/models")) {
    // a model from a file stands with the name that its run gave it
    const std::string asked = name.get<std::string>(), stem = std::filesystem::path(asked).stem().string();
    const auto of_file = [&](const Record& run) { return run.folder.starts_with("runs/" + stem + "-s"); };
    if (std::none_of(runs.begin(), runs.end(), of_file)) add(asked, "");
  }
  return rows;
}

std::vector<const Record*> Evidence::runs_of(const std::string& model) const {
  std::vector<const Record*> found;
  for (const Record& run : runs) {
    if (run.model() == model) found.push_back(&run);
  }
  std::stable_sort(found.begin(), found.end(), [](const Record* a, const Record* b) {
    return a->number("/seed").value_or(0) < b->number("/seed").value_or(0);
  });
  return found;
}

const Record* Evidence::run_of(const std::string& model) const {
  const auto found = runs_of(model);
  const auto usable = std::find_if(found.begin(), found.end(), [](const Record* run) { return run->usable(); });
  if (usable != found.end()) return *usable;
  return found.empty() ? nullptr : found.front();
}

const Answers* Evidence::answers_of(const Record* run) const {
  const auto found = run == nullptr ? answers.end() : answers.find(run->folder);
  return found == answers.end() ? nullptr : &found->second;
}

const Record* Evidence::hardware_of(const std::string& model, const std::string& device) const {
  const std::string folder = "hardware/" + model + (device == "host" ? "" : "-" + device);
  for (const Record& record : hardware) {
    if ((record.model() == model && record.text("/device") == device) || record.folder == folder) return &record;
  }
  return nullptr;
}

std::string Evidence::why_missing(const std::string& model) const {
  if (const Record* run = run_of(model)) return run->problem;
  const Json& asked = value_at(reproduce, "/models");
  if (std::find(asked.begin(), asked.end(), Json(model)) == asked.end()) return "not among the models of this run";
  for (const Record& run : runs) {
    if (!run.usable() && run.folder.rfind("runs/" + model + "-s", 0) == 0) return run.problem;
  }
  return value_at(reproduce, "/finished").is_null() ? "the reproduction has not come to it" : "no record";
}

std::vector<const Record*> Evidence::searches_of(const Record& comparison) const {
  std::vector<const Record*> found;
  const std::string inside = comparison.folder.empty() ? "" : comparison.folder + "/";
  for (const Record& search : searches) {
    if (search.folder != comparison.folder && search.folder.starts_with(inside)) found.push_back(&search);
  }
  return found;
}

std::vector<const Record*> Evidence::lone_searches() const {
  std::set<const Record*> compared;
  for (const Record& comparison : comparisons) {
    for (const Record* search : searches_of(comparison)) compared.insert(search);
  }
  std::vector<const Record*> lone;
  for (const Record& search : searches) {
    if (!compared.contains(&search)) lone.push_back(&search);
  }
  return lone;
}

std::vector<std::string> reasons_not_comparable(const Evidence& evidence, bool brief) {
  std::vector<std::string> reasons;
  const Json& reproduce = evidence.reproduce;
  if (value_at(reproduce, "/data/synthetic") == true) {
    reasons.emplace_back("the images are synthetic; Table I is on ISIC 2019");
  } else if (const auto adapter = evidence.text("/data/adapter"); adapter != "isic2019") {
    reasons.push_back(fmt::format("the images come from the data set {}; Table I is on ISIC 2019", adapter));
  }
  if (const auto task = evidence.text("/task"); task != "binary") {
    reasons.push_back(
        fmt::format("the task is {}; Table I's networks have two outputs, so only binary can be compared", task));
  }
  if (value_at(reproduce, "/profile/comparable") != true) {
    const auto note = brief ? "" : evidence.text("/profile/note");
    reasons.push_back(fmt::format("the profile {} is not meant for comparison{}{}", evidence.text("/profile/name"),
                                  note.empty() ? "" : ": ", note));
  }
  // Fewer models or seeds, and where and how fast it ran, leave each model's training as it is.
  constexpr std::array kHarmless{"--models", "--seeds",   "--jobs", "--slurm",
                                 "--device", "--threads", "--out",  "--data"};
  for (const Json& item : value_at(reproduce, "/narrowed")) {
    const auto flag = split(without_controls(item.get<std::string>()), ' ');
    const auto same = [&](const char* harmless) { return !flag.empty() && flag.front() == harmless; };
    if (std::any_of(kHarmless.begin(), kHarmless.end(), same)) continue;
    reasons.push_back(fmt::format("the profile was narrowed by {}, which changes the training",
                                  without_controls(item.get<std::string>())));
  }
  const auto count = [&](const char* subset) {
    const Json& value = value_at(reproduce, std::string("/split/images/") + subset);
    return value.is_number() ? value.get<long long>() : 0LL;
  };
  // under the protocol `inferred` validation and test are the same images
  const long long images =
      count("train") + count("test") + (evidence.text("/protocol") == "inferred" ? 0 : count("validation"));
  if (images < 4500)
    reasons.push_back(fmt::format("{} used; Table I is on 5,000", counted(images, "image was", "images were")));
  for (const Record& run : evidence.runs) {
    const auto size = run.number("/effective/size");
    if (!run.usable() || !size || *size == 224) continue;
    reasons.push_back(fmt::format("images of {0:.0f}x{0:.0f} pixels were used; Table I's are 224x224", *size));
    break;
  }
  return reasons;
}

}  // namespace flnas::reports
