#pragma once

#include <string>
#include <vector>

#include "harness/base/fields.h"
#include "harness/base/json.h"
#include "harness/metrics/rates/support.h"

namespace flnas {

/// The request of `flnas metrics`: every metric of any model's predictions.
struct MetricsRequest {
  static constexpr char kCommand[] = "flnas metrics";
  std::vector<std::string> predictions;
  std::string adapter;
  std::string label;
  std::string prediction;
  std::string score;
  std::vector<std::string> attributes;
  std::string positive;
  std::string unit;
  std::string id;
  std::vector<std::string> cross;
  std::string subset = "test";  ///< where the file names more than one
  int min_support = metrics::kMinSupport;

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("predictions", self.predictions,
          "CSV with columns label and prediction; image, lesion, subset, p_<class> and the adapter's attributes are "
          "used where they are there. Several files are compared",
          {.value = "PREDICTIONS.csv", .positional = true, .required = true});
    visit("adapter", self.adapter, "data set: an adapter .json or a known name (default: the copy beside the file)",
          {.value = "NAME|FILE"});
    visit("cross", self.cross, "attributes whose intersections are groups too", {.value = "A,B"});
    visit("subset", self.subset, "rows to use, where the file names more than one subset",
          {.value = "train|validation|test"});
    visit("min_support", self.min_support,
          "rows from which a group's rate counts in the fairness figures; 0: the formulas as they are printed",
          {.value = "N"});
    constexpr char kOwn[] = "Any CSV, without an adapter";
    visit("label", self.label, "column of the true class, with any class names (default: label)",
          {.value = "COLUMN", .group = kOwn});
    visit("prediction", self.prediction, "column of the predicted class (default: prediction)",
          {.value = "COLUMN", .group = kOwn});
    visit("score", self.score, "column of the positive class's score or probability, for AUROC and calibration",
          {.value = "COLUMN", .group = kOwn});
    visit("attributes", self.attributes,
          "columns of people's groups: race; race:Asian:Other, all others are 'other'; age:30:66, cut there",
          {.value = "A,B", .group = kOwn});
    visit("positive", self.positive, "the positive class, for TPR and FPR", {.value = "CLASS", .group = kOwn});
    visit("unit", self.unit, "column of the unit that rows belong to, such as the patient",
          {.value = "COLUMN", .group = kOwn});
    visit("id", self.id, "column that names a row in several files (image or id)", {.value = "COLUMN", .group = kOwn});
  }
};

/// For one file, metrics_report(); for several {"files": {name: report}, "comparisons": compare_tables()}. Classes and
/// groups are those of an adapter: the requested one, the copy beside the file (which `flnas train` and `flnas
/// evaluate` keep), or the default adapter if it has one of the classes. If none of these applies, or columns are named
/// in the request, they are inferred from the file, see parse_table(). Throws DataError for a file; ConfigError for the
/// adapter, and if both an adapter and columns are given.
Json evaluate_file(const MetricsRequest& request);

}  // namespace flnas
