#include "harness/records/pareto_points.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "harness/base/defined.h"
#include "harness/base/error.h"
#include "harness/metrics/pareto.h"

namespace flnas {
namespace {

using metrics::Point;

std::vector<std::string> objectives(const ParetoRequest& request) {
  std::vector<std::string> names = request.minimise;
  names.insert(names.end(), request.maximise.begin(), request.maximise.end());
  if (names.empty()) throw ConfigError("no objective; name columns with --minimise or --maximise");
  if (std::set<std::string>(names.begin(), names.end()).size() != names.size()) {
    throw ConfigError(fmt::format("an objective is named twice: {}", fmt::join(names, ", ")));
  }
  if (!request.reference.empty() && request.reference.size() != names.size()) {
    throw ConfigError(fmt::format("--reference has {} values for {} objectives ({})", request.reference.size(),
                                  names.size(), fmt::join(names, ", ")));
  }
  return names;
}

/// Minimised objectives as they are, maximised ones negated.
double oriented(const ParetoRequest& request, std::size_t objective, double value) {
  return objective < request.minimise.size() ? value : -value;
}

std::vector<Point> read_points(const Csv& csv, const ParetoRequest& request, const std::vector<std::string>& names) {
  std::vector<std::size_t> columns;
  for (const auto& name : names) columns.push_back(csv.column(name));
  if (csv.rows() == 0) throw DataError(fmt::format("{}: no rows below the header", csv.where()));
  std::vector<Point> points(csv.rows());
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    for (std::size_t k = 0; k < columns.size(); ++k) {
      points[row].push_back(oriented(request, k, csv.number(row, columns[k])));
    }
  }
  return points;
}

std::vector<Point> pick(const std::vector<Point>& points, const std::vector<std::size_t>& rows) {
  std::vector<Point> picked;
  for (const std::size_t row : rows) picked.push_back(points[row]);
  return picked;
}

}  // namespace

Json pareto(const Csv& csv, const ParetoRequest& request, const Csv* true_front) {
  const auto names = objectives(request);
  const auto points = read_points(csv, request, names);
  const auto rows = metrics::pareto_front(points);
  auto front = pick(points, rows);
  std::vector<Point> target;
  if (true_front != nullptr) {
    const auto all = read_points(*true_front, request, names);
    target = pick(all, metrics::pareto_front(all));
  }
  Point reference = metrics::bounds_of(points).high;
  for (std::size_t k = 0; k < request.reference.size(); ++k) {
    reference[k] = oriented(request, k, request.reference[k]);
  }
  Json in_units = Json::array();
  for (std::size_t k = 0; k < names.size(); ++k) in_units.push_back(oriented(request, k, reference[k]));
  if (request.normalise) {
    auto all = points;
    all.insert(all.end(), target.begin(), target.end());
    const auto bounds = metrics::bounds_of(all);
    for (auto* group : {&front, &target}) {
      for (Point& point : *group) point = bounds.scaled(point);
    }
    reference = bounds.scaled(reference);
  }
  return {{"front", rows},
          {"hypervolume", metrics::hypervolume(front, reference)},
          {"igd", number_or_null(metrics::igd(front, target))},
          {"reference", in_units},
          {"objectives", names}};
}

ParetoResult pareto_of_files(const ParetoRequest& request) {
  ParetoResult result{Csv::read(request.points), {}};
  if (request.true_front.empty()) {
    result.front = pareto(result.points, request);
  } else {
    const Csv true_front = Csv::read(request.true_front);
    result.front = pareto(result.points, request, &true_front);
  }
  return result;
}

}  // namespace flnas
