#include "harness/study/questions.h"

#include <algorithm>

#include "harness/base/files.h"
#include "harness/records/digest.h"
#include "harness/records/questions_record.h"
#include "reports/paper/paper.h"

namespace flnas::study {
namespace {

namespace fs = std::filesystem;

/// Whether a search of flnas has written the design (write_design, which notes it as the source).
bool is_own_design(const ModelInfo& model) { return model.source.starts_with("flnas search"); }

/// The folders whose records the study's present answers rest on too.
std::vector<fs::path> beside_before(const fs::path& out) {
  std::vector<fs::path> folders;
  for (const RecordBeside& each : read_with_schema<QuestionsRecord>(out / kQuestionsFile).beside) {
    folders.push_back((out / each.folder).lexically_normal());
  }
  return folders;
}

}  // namespace

Roles roles_of(const Store& store) {
  Roles roles;
  for (const auto& run : store.results()) {
    const ModelInfo& model = run.record.model;
    const auto* row = reports::fl_nas().find(model.name);
    const bool searched = row == nullptr ? is_own_design(model) : row->group == "FL-NAS";
    if ((row == nullptr && !searched) || model.name.find('@') != std::string::npos) continue;
    auto& models = searched ? roles.searched : roles.baselines;
    if (std::find(models.begin(), models.end(), model.name) == models.end()) models.push_back(model.name);
  }
  return roles;
}

bool answer_study(const fs::path& out, const std::vector<fs::path>& given) {
  std::vector<fs::path> beside = given;
  if (beside.empty() && fs::exists(out / kQuestionsFile)) {
    beside = beside_before(out);
    const auto is_gone = [](const fs::path& folder) { return !fs::is_directory(folder); };
    if (std::any_of(beside.begin(), beside.end(), is_gone)) return true;
  }
  std::vector<fs::path> records;
  for (const fs::path& folder : beside) {
    for (fs::path& found : records_beside(folder)) {
      if (!fs::equivalent(found, out)) records.push_back(std::move(found));
    }
  }
  remove_path(out / kQuestionsFile);
  if (!can_answer(out)) return false;
  write_questions(out, roles_of(Store::open(out)), records);
  return true;
}

}  // namespace flnas::study
