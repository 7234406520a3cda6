#pragma once

#include <filesystem>
#include <string>

#include "harness/base/fields.h"
#include "harness/base/json.h"
#include "harness/metrics/support.h"

namespace flnas {

/// What `flnas metrics` is asked for: every metric of anyone's predictions.
struct MetricsRequest {
  static constexpr char kCommand[] = "flnas metrics";
  std::filesystem::path predictions;
  std::string subset = "test";  ///< where the file names more than one
  std::string adapter = "isic2019";
  int min_support = metrics::kMinSupport;

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("predictions", self.predictions,
          "CSV with columns label and prediction; image, lesion, subset, sex, age and p_<class> are used where they "
          "are there",
          {.value = "PREDICTIONS.csv", .positional = true, .required = true});
    visit("subset", self.subset, "rows to use, where the file names more than one subset",
          {.value = "train|validation|test"});
    visit("adapter", self.adapter, "data set: a known name or an adapter .json", {.value = "NAME|FILE"});
    visit("min_support", self.min_support,
          "rows from which a group's rate counts in the fairness figures; 0: the formulas as they are printed",
          {.value = "N"});
  }
};

/// As evaluate_predictions says it. Throws DataError for the file, ConfigError for the adapter.
Json evaluate_file(const MetricsRequest& request);

}  // namespace flnas
