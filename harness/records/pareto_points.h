#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/base/csv.h"
#include "harness/base/fields.h"
#include "harness/base/json.h"

namespace flnas {

/// The request of `flnas pareto`. Objectives are columns of the file of points, those to be minimised first.
struct ParetoRequest {
  static constexpr char kCommand[] = "flnas pareto";
  std::vector<std::string> minimise;
  std::vector<std::string> maximise;
  std::vector<double> reference;  ///< one value per objective, in the columns' own units; empty: the worst of each
  bool normalise = false;         ///< scale every objective to [0, 1] by the range of the points and the true front
  std::filesystem::path points, true_front;  ///< CSV files; no true front: no IGD

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("points", self.points, "CSV with a column per objective; rows are numbered from 0",
          {.value = "POINTS.csv", .positional = true, .required = true});
    visit("minimise", self.minimise, "columns to minimise", {.value = "A,B"});
    visit("maximise", self.maximise, "columns to maximise", {.value = "A,B"});
    visit("reference", self.reference,
          "hypervolume's reference point, minimised columns first (default: the worst value of each)",
          {.value = "X,Y"});
    visit("normalise", self.normalise, "scale every objective to 0..1 by its range");
    visit("true_front", self.true_front, "CSV with the same columns, for IGD", {.value = "FILE"});
  }
};

/// {front: [row numbers, the first row below the header is 0], hypervolume, igd, reference, objectives}. `igd` is null
/// without a true front; otherwise it is from the non-dominated rows of the true front to the front of the points.
/// Throws ConfigError if no objective is named, one is named twice, or the reference has another length; DataError for
/// an unknown column, a cell that is not a number, or no rows.
Json pareto(const Csv& points, const ParetoRequest& request, const Csv* true_front = nullptr);

/// The same of the request's files, and their points.
struct ParetoResult {
  Csv points;
  Json front;
};
ParetoResult pareto_of_files(const ParetoRequest& request);

}  // namespace flnas
