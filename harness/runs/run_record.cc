#include "harness/runs/run_record.h"

#include "harness/base/fields.h"
#include "harness/base/hash.h"
#include "harness/base/system.h"
#include "harness/evaluation/evaluate.h"
#include "harness/records/files.h"
#include "harness/records/store.h"

namespace flnas {

namespace fs = std::filesystem;

namespace {

/// Adds the SHA-256 of the sources as they are now.
std::map<std::string, std::string> with_sources(std::map<std::string, std::string> hashes, const Sources& sources) {
  for (const auto& [name, file] : sources) hashes[name] = fs::exists(file) ? sha256_file(file) : "missing";
  return hashes;
}

}  // namespace

RunRecord new_record(const ModelInfo& model, const TrainConfig& requested, const TrainConfig& effective,
                     const RunData& data, const Sources& sources, const std::string& command) {
  RunRecord record;
  record.status = kFailed;
  record.reason = "not finished; the same command continues it";
  record.started = utc_now();
  record.command = command;
  record.model = model;
  record.requested = config_to_json(requested);
  record.effective = config_to_json(effective);
  record.seed = requested.seed;
  if (data.split().fold != 0) record.fold = data.split().fold;
  record.data = data.info();
  record.inputs = with_sources(data.inputs_read(), sources);
  return record;
}

Json write_and_evaluate(const fs::path& folder, const Predictions& predictions, const RunData& data,
                        const std::string& subset, int min_support) {
  const fs::path file = folder / kPredictionsFile;
  write_predictions(file, predictions);
  const Adapter& adapter = data.table().adapter;
  return evaluate_predictions(read_predictions(file, attribute_columns(adapter)), adapter, data.task(), subset,
                              {.min_support = min_support});
}

void finish(RunRecord& record, const fs::path& folder, const RunData& data, const Sources& sources,
            const std::vector<std::string>& files) {
  for (const auto& name : files) record.files[name] = sha256_file(folder / name);
  record.status = kPassed;
  record.reason.clear();
  if (with_sources(data.input_hashes(), sources) != record.inputs) {
    record.status = kUnreliable;
    record.reason = "data, labels, split or weights changed while the run was going on";
  }
  record.finished = utc_now();
  write_run(folder, record);
}

}  // namespace flnas
