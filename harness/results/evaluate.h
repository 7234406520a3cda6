#pragma once

#include <functional>
#include <string>
#include <vector>

#include "harness/base/json.h"
#include "harness/metrics/bootstrap.h"
#include "harness/results/predictions.h"

namespace flnas {

/// What metrics need to know of a data set and a task; `vocabulary` takes it from the data set's adapter.
struct Vocabulary {
  std::vector<std::string> classes;
  int positive = -1;                           // of two classes; -1 with more
  std::vector<metrics::Attribute> attributes;  // Attribute::name is the raw column's name
  /// The group of a raw value of attribute `a`, -1 when it is blank or unknown; throws DataError on a bad value.
  std::function<int(std::size_t a, const std::string& text)> group_of;
};

/// The rows of one subset as plain arrays; all rows when the file names only one subset or none. Lesions are
/// numbered in the order of their names, so that metrics do not depend on the order of rows.
/// Throws DataError with file and line on an unknown class or a bad attribute value, and on an empty subset.
metrics::Outcomes outcomes_of(const Predictions& predictions, const Vocabulary& vocabulary, const std::string& subset);

/// Every metric of a subset, exactly as `flnas metrics --json` prints it and run.json holds it: DESIGN section 3's
/// keys, with "bootstrap", "pruning", "recall", "pairs" and "definitions". Undefined values are null.
Json evaluate_predictions(const Predictions& predictions, const Vocabulary& vocabulary, const std::string& subset,
                          const metrics::BootstrapConfig& bootstrap = {});

}  // namespace flnas
