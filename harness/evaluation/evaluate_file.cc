#include "harness/evaluation/evaluate_file.h"

#include "harness/evaluation/evaluate.h"

namespace flnas {

Json evaluate_file(const MetricsRequest& request) {
  const Adapter adapter = load_adapter(request.adapter);
  const Predictions predictions = read_predictions(request.predictions, attribute_columns(adapter));
  return evaluate_predictions(predictions, adapter, task_of(predictions, adapter), request.subset,
                              {.min_support = request.min_support});
}

}  // namespace flnas
