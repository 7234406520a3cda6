#include "harness/verification/verify_robustness.h"

#include "datasets/adapters/adapter_files.h"
#include "harness/evaluation/robustness.h"
#include "harness/records/digest.h"
#include "harness/records/files.h"
#include "harness/verification/check.h"

namespace flnas {

void verify_robustness(Check& check, const std::string& file, const VerifyRequest& request) {
  check.digest(file);
  check.guarded(file, "robustness", [&] {
    const auto recorded = read_with_schema<RobustnessRecord>(check.folder() / file);
    check.hash(kPredictionsFile, recorded.predictions_sha256, file);
    const Adapter adapter =
        request.adapter.empty() ? kept_adapter(check.folder(), recorded.adapter) : load_adapter(request.adapter);
    RobustnessRecord computed = recorded;
    add_robustness(computed, read_predictions(check.folder() / kPredictionsFile, attribute_columns(adapter)), adapter,
                   adapter.task(recorded.task));
    check.same(file, "", "robustness", record_to_json(recorded), record_to_json(computed));
  });
}

}  // namespace flnas
