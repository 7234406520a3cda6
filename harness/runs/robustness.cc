#include "harness/runs/robustness.h"

#include "datasets/adapters/adapter_files.h"
#include "harness/base/hash.h"
#include "harness/evaluation/robustness.h"
#include "harness/records/digest.h"
#include "harness/records/files.h"
#include "harness/train/robustness/predict_changed.h"

namespace flnas {

RobustnessRecord evaluate_robustness(nn::Classifier& model, const RunData& data, const DeviceSetup& setup,
                                     const RobustnessRequest& request, const std::filesystem::path& out) {
  const Adapter& adapter = data.table().adapter;
  Predictions predictions = predict_changed(model, data, request.subset, setup);
  if (request.answer) request.answer(predictions);
  const std::filesystem::path file = out / kPredictionsFile;
  write_predictions(file, predictions);
  keep_adapter(adapter, out);
  RobustnessRecord record;
  record.command = request.command;
  record.model = request.model.name, record.title = request.model.title;
  record.adapter = adapter.name, record.task = data.task().name;
  record.subset = request.whole ? "all" : request.subset;
  record.predictions_sha256 = sha256_file(file);
  add_robustness(record, read_predictions(file, attribute_columns(adapter)), adapter, data.task());
  write_with_digest(out / kRobustnessFile, record_to_json(record));
  return record;
}

}  // namespace flnas
