#include "reports/data/conditions.h"

#include <algorithm>
#include <array>
#include <set>

#include "datasets/splits/split.h"
#include "harness/base/error.h"
#include "harness/base/json.h"
#include "harness/records/convergence.h"
#include "harness/records/files.h"

namespace flnas::reports {
namespace {

constexpr std::array kNoSettings{"seed", "threads", "device", "jobs", "fold", "mean", "deviation"};

std::optional<bool> converged_by_history(const std::filesystem::path& folder, const Json& effective) {
  try {
    TrainingRules rules = training_rules(effective);
    rules.judges_convergence = true;
    const auto history = read_history(folder / kHistoryFile);
    return history.empty() ? std::nullopt : summarise_training(history, rules).converged;
  } catch (const std::exception&) {  // no history, or settings of another kind
    return std::nullopt;
  }
}

/// How many of the images are among `others`, which are sorted.
std::int64_t shared(const std::vector<std::string>& images, std::vector<std::string> others) {
  std::sort(others.begin(), others.end());
  return std::count_if(images.begin(), images.end(),
                       [&](const auto& image) { return std::binary_search(others.begin(), others.end(), image); });
}

std::string text_of(const Json& value) { return value.is_null() ? "" : value.dump(); }

}  // namespace

std::optional<bool> converged(const std::filesystem::path& root, const Run& run) {
  if (!run.usable() || !run.record.training) return std::nullopt;
  if (run.record.training->converged) return run.record.training->converged;
  if (run.record.kind != kPooled) return converged_by_history(root / run.folder, run.record.effective);
  std::vector<std::optional<bool>> folds;
  for (const auto& [folder, unused] : run.record.inputs) {
    folds.push_back(converged_by_history(root / folder, run.record.effective));
  }
  return all_converged(folds);
}

TrainingEnds training_ends(const ReportInputs& inputs) {
  TrainingEnds ends;
  for (const Run& run : inputs.runs) {
    if (!run.usable() || !run.record.training) continue;
    ++ends.trainings;
    ends.stopped_early += run.record.training->stopped_early ? 1 : 0;
    if (!run.converged) continue;
    ++ends.judged;
    if (*run.converged) continue;
    ++ends.not_converged;
    const std::string title = full_title(run.record.model);
    if (std::find(ends.cut.begin(), ends.cut.end(), title) == ends.cut.end()) ends.cut.push_back(title);
  }
  return ends;
}

void mark_not_converged(const ReportInputs& inputs, const std::string& model, Row& row) {
  const auto runs = inputs.runs_of(model);
  const auto cut = [](const Run* run) { return run->converged == false; };
  if (std::any_of(runs.begin(), runs.end(), cut)) row.marks.push_back(Mark::kNotConverged);
}

std::vector<std::string> differing_settings(const ReportInputs& inputs) {
  std::map<std::string, std::set<std::string>> values;
  std::size_t runs = 0;
  for (const Run& run : inputs.runs) {
    if (!run.usable()) continue;
    ++runs;
    for (const auto& [key, value] : run.record.effective.items()) values[key].insert(text_of(value));
  }
  std::vector<std::string> differing;
  for (const auto& [key, found] : values) {
    if (found.size() < 2 || std::find(kNoSettings.begin(), kNoSettings.end(), key) != kNoSettings.end()) continue;
    differing.push_back(key);
  }
  return runs < 2 ? std::vector<std::string>() : differing;
}

std::optional<std::string> selection_of(const ReportInputs& inputs) {
  std::set<std::string> found;
  for (const Run& run : inputs.runs) {
    if (run.usable()) found.insert(run.record.effective.value("selection", TrainingRules().selection));
  }
  return found.size() == 1 ? std::optional(*found.begin()) : std::nullopt;
}

std::optional<Overlap> overlap_of(const ReportInputs& inputs) {
  try {
    const Json split = read_json(inputs.root / inputs.reproduced().split.file);
    Overlap overlap;
    overlap.unit = split.value("unit", "image");
    const auto folds = static_cast<int>(inputs.reproduced().folds.value_or(0));
    for (int fold = folds > 0 ? 1 : 0; fold <= folds; ++fold) {
      const Subsets subsets = subsets_of(split, fold);
      overlap.with_training += shared(subsets.test, subsets.train);
      overlap.with_validation += shared(subsets.test, subsets.validation);
    }
    return overlap;
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

}  // namespace flnas::reports
