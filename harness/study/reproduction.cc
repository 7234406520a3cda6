#include "harness/study/reproduction.h"

#include <algorithm>
#include <map>

#include "datasets/adapters/adapter_files.h"
#include "harness/base/folder_lock.h"
#include "harness/base/hash.h"
#include "harness/base/system.h"
#include "harness/evaluation/pool.h"
#include "harness/evaluation/statistics.h"
#include "harness/records/files.h"
#include "harness/records/report_settings.h"
#include "harness/runs/reference.h"
#include "harness/study/begin.h"
#include "harness/study/grid.h"
#include "harness/study/plan.h"
#include "harness/study/questions.h"
#include "reports/report.h"

namespace flnas::study {
namespace {

namespace fs = std::filesystem;

/// Writes the pooled record where all its folds have finished and it is not of them already.
void pool_if_finished(const ReproduceRequest& request, const std::string& folder, const std::vector<std::string>& folds,
                      const Reproduction& record) {
  const fs::path& out = request.out;
  std::vector<Stored<RunRecord>> members;
  std::map<std::string, std::string> inputs;
  for (const auto& fold : folds) {
    if (!is_finished(out / fold)) return;
    members.push_back({out / fold, read_run(out / fold)});
    inputs[fold] = sha256_file(out / fold / kRunFile);
  }
  if (is_finished(out / folder) && read_run(out / folder).inputs == inputs) return;
  write_pooled(out / folder, members, out, kept_adapter(out, record.data.adapter), record.command);
}

bool among(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// The runs whose folds are pooled there.
std::vector<std::string> folds_of(const std::vector<PlannedRun>& runs, const std::string& pooled) {
  std::vector<std::string> folds;
  for (const auto& run : runs) {
    if (run.pooled == pooled) folds.push_back(run.folder);
  }
  return folds;
}

/// The constant predictor and the other references, each in all folds.
void run_references(const Plan& plan, const DataSource& source, const Reproduction& record) {
  for (const PlannedReference& planned : plan_references(plan)) {
    for (std::size_t i = 0; i < plan.folds.size(); ++i) {
      ReferenceRequest request{.name = planned.name,
                               .data = source,
                               .config = plan.profile.train_config("", planned.seed),
                               .out = plan.request.out / planned.folders[i],
                               .command = record.command,
                               .min_support = plan.profile.min_support};
      request.data.fold = plan.folds[i];
      if (!is_finished(request.out)) run_reference(request);
    }
    if (record.pooled) pool_if_finished(plan.request, planned.pooled, planned.folders, record);
  }
}

}  // namespace

ReproduceResult reproduce(const ReproduceRequest& request, const nn::Registry& registry,
                          const std::vector<std::string>& listed) {
  const Plan plan = make_plan(request, registry, listed);
  const FolderLock lock(request.out, "reproducing");
  require_own_folder(request.out);
  DataSource source = prepare_data(plan);
  Reproduction record = begin(plan, source);
  if (!source.adapter.empty()) source.adapter = (request.out / kAdapterFile).string();
  const std::vector<PlannedRun> runs = plan_runs(plan, source, record.seeds, registry);
  const std::vector<PlannedRun> measurements = plan_measurements(plan, source, report_settings(record).paper);
  const std::vector<PlannedReference> references = plan_references(plan);
  const auto list = [&](const PlannedReference& planned) {
    record.runs.insert(record.runs.end(), planned.folders.begin(), planned.folders.end());
    if (record.pooled) record.pooled->push_back(planned.pooled);
  };
  if (record.folds) record.pooled.emplace();
  list(references.front());  // the constant predictor; the others follow the models
  for (const auto& run : runs) {
    record.runs.push_back(run.folder);
    if (record.pooled && record.pooled->back() != run.pooled) record.pooled->push_back(run.pooled);
  }
  for (std::size_t i = 1; i < references.size(); ++i) {
    list(references[i]);
    if (!among(record.models, references[i].name)) record.models.push_back(references[i].name);
  }
  for (const auto& measurement : measurements) record.hardware.push_back(measurement.folder);
  write_reproduction(request.out, record);

  run_references(plan, source, record);
  const auto pool = [&](const PlannedRun& run) {
    if (!run.pooled.empty()) pool_if_finished(request, run.pooled, folds_of(runs, run.pooled), record);
  };
  for (const auto& run : runs) pool(run);  // what an earlier call could not pool any more
  ReproduceResult result{.report = request.out / "report"};
  Placement placement{request.out, plan.jobs, request.slurm, request.slurm_options};
  result.failed = run_all(runs, placement, pool);
  // One at a time: latencies need the machine for themselves.
  placement.parallel = 1;
  result.failed += run_all(measurements, placement);
  write_statistics(request.out);
  answer_study(request.out);
  record.finished = utc_now();
  write_reproduction(request.out, record);
  result.notes = reports::write_report(request.out, result.report);
  return result;
}

}  // namespace flnas::study
