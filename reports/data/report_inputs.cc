#include "reports/data/report_inputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "harness/base/plural.h"
#include "harness/base/text.h"
#include "reports/data/own_study.h"

namespace flnas::reports {

std::string pointer_step(std::string key) {
  for (const auto& [from, to] : {std::pair{"~", "~0"}, {"/", "~1"}}) {
    for (auto at = key.find(from); at != key.npos; at = key.find(from, at + 2)) key.replace(at, 1, to);
  }
  return key;
}

namespace {

/// By the folder, for runs whose record cannot be read: "runs/search3-s1-0a1b2c3d", or pooled/ with crossfit.
bool is_run_of(const Run& run, const std::string& model) {
  return run.folder.starts_with("runs/" + model + "-s") || run.folder.starts_with("pooled/" + model + "-s");
}

/// Those that were asked for, in the order in which they were.
std::vector<Model> own_models(const ReportInputs& inputs) {
  const auto& runs = inputs.runs;
  std::vector<Model> rows;
  const auto add = [&](const std::string& name, const std::string& title, const Run* run) {
    const auto same = [&](const Model& row) { return row.name == name; };
    if (name.empty() || std::any_of(rows.begin(), rows.end(), same)) return;
    const bool trained = run == nullptr || !run->usable() || run->record.training;
    rows.push_back({name, title.empty() ? name : title, trained ? "Models" : "Reference", nullptr, false});
  };
  for (const std::string& asked : inputs.reproduced().models) {
    const auto of_it = [&](const Run& run) { return run.model() == asked; };
    const auto run = std::find_if(runs.begin(), runs.end(), of_it);
    add(asked, run == runs.end() ? "" : run->record.model.title, run == runs.end() ? nullptr : &*run);
  }
  for (const Run& run : runs) add(run.model(), run.record.model.title, &run);
  return rows;
}

}  // namespace

const NasPoint* point_of(const NasPair& pair, std::int64_t cell) {
  const auto found =
      std::find_if(pair.points.begin(), pair.points.end(), [&](const NasPoint& point) { return point.cell == cell; });
  return found == pair.points.end() ? nullptr : &*found;
}

Place<RunMetrics> metrics_of(const Run* run) {
  const std::string key = std::string("/") + member_name<RunRecord>(&RunRecord::metrics);
  const RecordFile* file = run != nullptr && run->rescored ? &*run->rescored : run;
  return {file, run != nullptr && run->metrics ? &*run->metrics : nullptr, key};
}

Place<RunMetrics> Search::test(std::size_t reported) const {
  const std::string key = at(&SearchRecord::reported)[reported].at(&ReportedDesign::test).key();
  return {this, reported < tests.size() ? &tests[reported] : nullptr, key};
}

bool is_approximate(const ModelInfo& model) { return model.match == "approximate"; }

std::string full_title(const ModelInfo& model) {
  constexpr std::string_view kEarlier = " (like)";
  std::string title = model.title;
  if (title.ends_with(kEarlier)) title.resize(title.size() - kEarlier.size());
  return is_approximate(model) ? title + " (approximate)" : title;
}

std::vector<Model> ReportInputs::models() const {
  std::vector<Model> rows;
  if (!beside_paper(*this)) return own_models(*this);
  for (const PaperRow& row : fl_nas().rows) rows.push_back({row.model, row.title, row.group, &row, !row.identified});
  const auto add = [&](const std::string& name, const std::string& title) {
    const auto same = [&](const Model& row) { return row.name == name; };
    if (!name.empty() && std::none_of(rows.begin(), rows.end(), same)) {
      rows.push_back({name, title.empty() ? name : title, "Not in Table I", nullptr, false});
    }
  };
  for (const Run& run : runs) add(run.model(), run.record.model.title);
  if (!reproduction) return rows;
  for (const std::string& asked : reproduced().models) {
    // a model from a file stands with the name that its run gave it
    const std::string stem = std::filesystem::path(asked).stem().string();
    const auto of_file = [&](const Run& run) { return is_run_of(run, stem); };
    if (std::none_of(runs.begin(), runs.end(), of_file)) add(asked, "");
  }
  return rows;
}

std::vector<const Run*> ReportInputs::runs_of(const std::string& model) const {
  std::vector<const Run*> found;
  for (const Run& run : runs) {
    if (run.model() == model) found.push_back(&run);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Run* a, const Run* b) { return a->record.seed < b->record.seed; });
  return found;
}

const Run* ReportInputs::run_of(const std::string& model) const {
  const auto found = runs_of(model);
  const auto usable = std::find_if(found.begin(), found.end(), [](const Run* run) { return run->usable(); });
  if (usable != found.end()) return *usable;
  return found.empty() ? nullptr : found.front();
}

const Run* ReportInputs::first_measured() const {
  const auto found =
      std::find_if(runs.begin(), runs.end(), [](const Run& run) { return run.usable() && run.metrics.has_value(); });
  return found == runs.end() ? nullptr : &*found;
}

const ModelPredictions* ReportInputs::predictions_of(const Run* run) const {
  const auto found = run == nullptr ? predictions.end() : predictions.find(run->folder);
  return found == predictions.end() ? nullptr : &found->second;
}

const Hardware* ReportInputs::hardware_of(const std::string& model, const std::string& device) const {
  const std::string folder = "hardware/" + model + (device == "host" ? "" : "-" + device);
  for (const Hardware& found : hardware) {
    if ((found.record.model.name == model && found.record.device == device) || found.folder == folder) return &found;
  }
  return nullptr;
}

bool beside_paper(const ReportInputs& inputs) {
  return !inputs.reproduction || report_settings(inputs.reproduced()).paper;
}

bool has_hardware_of(const ReportInputs& inputs, const std::string& device) {
  return std::any_of(inputs.hardware.begin(), inputs.hardware.end(),
                     [&](const Hardware& found) { return found.record.device == device; });
}

std::string own_geometry(const ReportInputs& inputs) {
  for (const Hardware& found : inputs.hardware) {
    if (const auto& input = found.record.model.input; input.size() == 1) {
      return fmt::format("{} of the table", counted(input[0], "column"));
    }
  }
  return "224x224 pixels";
}

std::string ReportInputs::why_missing(const std::string& model) const {
  if (const Run* run = run_of(model)) return run->problem;
  const auto& asked = reproduced().models;
  if (std::find(asked.begin(), asked.end(), model) == asked.end()) return "not among the models of this run";
  for (const Run& run : runs) {
    if (!run.usable() && is_run_of(run, model)) return run.problem;
  }
  return reproduced().finished ? "no record" : "the reproduction has not come to it";
}

std::vector<const Search*> ReportInputs::searches_of(const SearchComparison& comparison) const {
  std::vector<const Search*> found;
  const std::string inside = comparison.folder.empty() ? "" : comparison.folder + "/";
  for (const Search& search : searches) {
    if (search.folder != comparison.folder && search.folder.starts_with(inside)) found.push_back(&search);
  }
  return found;
}

std::vector<const Search*> ReportInputs::lone_searches() const {
  std::set<const Search*> compared;
  for (const SearchComparison& comparison : comparisons) {
    for (const Search* search : searches_of(comparison)) compared.insert(search);
  }
  std::vector<const Search*> lone;
  for (const Search& search : searches) {
    if (!compared.contains(&search)) lone.push_back(&search);
  }
  return lone;
}

std::vector<std::string> reasons_not_comparable(const ReportInputs& inputs, bool brief) {
  std::vector<std::string> reasons;
  const Reproduction& made = inputs.reproduced();
  if (made.data.synthetic) {
    reasons.push_back("the images are synthetic; Table I is on " + fl_nas().data_title);
  } else if (made.data.adapter != fl_nas().adapter) {
    reasons.push_back(
        fmt::format("the images come from the data set {}; Table I is on {}", made.data.adapter, fl_nas().data_title));
  }
  if (made.task != fl_nas().task) {
    reasons.push_back(fmt::format("the task is {}; Table I's networks have two outputs, so only {} can be compared",
                                  made.task, fl_nas().task));
  }
  if (!made.profile.comparable) {
    const std::string& note = made.profile.note;
    reasons.push_back(fmt::format("the profile {} is not meant for comparison{}", made.profile.name,
                                  brief || note.empty() ? "" : ": " + note));
  }
  // Fewer models or seeds, and where and how fast it ran, leave each model's training as it is.
  constexpr std::array kHarmless{"--models",  "--seeds", "--jobs", "--slurm",      "--device",
                                 "--threads", "--out",   "--data", "--no-hardware"};
  for (const std::string& item : made.narrowed) {
    const auto flag = split(item, ' ');
    const auto same = [&](const char* harmless) { return !flag.empty() && flag.front() == harmless; };
    if (std::any_of(kHarmless.begin(), kHarmless.end(), same)) continue;
    reasons.push_back(fmt::format("the profile was changed by {}, and with it the training", item));
  }
  // under the protocol `inferred` validation and test are the same images
  const SubsetSizes& sizes = made.split.images;
  const long long images = sizes.train + sizes.test + (made.protocol == "inferred" ? 0 : sizes.validation);
  if (images < 4500)
    reasons.push_back(fmt::format("{} used; Table I is on 5,000", counted(images, "image was", "images were")));
  for (const Run& run : inputs.runs) {
    const auto size = run.record.effective.find("size");
    if (!run.usable() || size == run.record.effective.end() || !size->is_number() || *size == 224) continue;
    reasons.push_back(
        fmt::format("images of {0:.0f}x{0:.0f} pixels were used; Table I's are 224x224", size->get<double>()));
    break;
  }
  return reasons;
}

}  // namespace flnas::reports
