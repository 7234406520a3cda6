#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/base/csv.h"
#include "harness/base/json.h"

namespace flnas {

/// What `flnas pareto` is asked. Objectives are columns of the points' file, in this order: minimised, maximised.
struct ParetoRequest {
  std::vector<std::string> minimise;
  std::vector<std::string> maximise;
  std::vector<double> reference;  ///< one value per objective, in the columns' own units; empty: the worst of each
  bool normalise = false;         ///< scale every objective to [0, 1] by the range of the points and the true front
};

/// {front: [row numbers, the first row below the header is 0], hypervolume, igd, reference, objectives}. `igd` is null
/// without a true front, of which only rows that no other dominates count. The points that count for IGD are the front.
/// Throws ConfigError when no objective is named, one twice, or the reference has another length; DataError on an
/// unknown column, a cell that is not a number, or no rows.
Json pareto(const Csv& points, const ParetoRequest& request, const Csv* true_front = nullptr);

}  // namespace flnas
