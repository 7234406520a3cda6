#include "harness/metrics/comparison/variance_components.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "harness/base/error.h"
#include "harness/base/random.h"

namespace flnas::metrics {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

using Values = std::vector<std::vector<std::vector<double>>>;

struct MeanSquare {
  double square = 0;
  int freedom = 0;  ///< 0: there is none
};

/// An analysis of variance.
struct Layout {
  double folds = 0, seeds = 0, architectures = 0;
  MeanSquare architecture, fold, interaction, error;
};

void require_whole(const Values& values) {
  for (const auto& folds : values) {
    bool whole = !folds.empty() && folds.size() == values[0].size();
    for (const auto& seeds : folds) whole = whole && !seeds.empty() && seeds.size() == values[0][0].size();
    if (!whole) throw DataError("variance components need the same folds and as many seeds of every architecture");
  }
}

double mean(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

MeanSquare mean_square(double squares, std::size_t freedom) {
  const auto degrees = static_cast<int>(freedom);
  return {degrees > 0 ? squares / degrees : 0, degrees};
}

Layout layout_of(const Values& values) {
  const std::size_t rows = values.size(), columns = values[0].size(), seeds = values[0][0].size();
  std::vector<double> of_row, of_column(columns), cells;
  for (const auto& row : values) {
    std::vector<double> means;
    for (const auto& cell : row) means.push_back(mean(cell));
    for (std::size_t f = 0; f < columns; ++f) of_column[f] += means[f] / static_cast<double>(rows);
    of_row.push_back(mean(means));
    cells.insert(cells.end(), means.begin(), means.end());
  }
  const double all = mean(of_row);
  double row_squares = 0, column_squares = 0, cell_squares = 0, error_squares = 0;
  for (const double each : of_row) row_squares += (each - all) * (each - all);
  for (const double each : of_column) column_squares += (each - all) * (each - all);
  for (std::size_t a = 0; a < rows; ++a) {
    for (std::size_t f = 0; f < columns; ++f) {
      const double cell = cells[a * columns + f], own = cell - of_row[a] - of_column[f] + all;
      cell_squares += own * own;
      for (const double value : values[a][f]) error_squares += (value - cell) * (value - cell);
    }
  }
  const auto count = [](std::size_t n) { return static_cast<double>(n); };
  Layout layout{count(columns), count(seeds), count(rows), {}, {}, {}, {}};
  layout.architecture = mean_square(row_squares * count(columns * seeds), rows - 1);
  layout.fold = mean_square(column_squares * count(rows * seeds), columns - 1);
  layout.interaction = mean_square(cell_squares * count(seeds), (rows - 1) * (columns - 1));
  layout.error = mean_square(error_squares, rows * columns * (seeds - 1));
  return layout;
}

/// Standard deviations; `signed_` ones are below 0 where the component is.
struct Deviations {
  double architecture, fold, interaction, training;
  double signed_architecture, signed_fold;
};

double signed_root(double variance) { return std::copysign(std::sqrt(std::abs(variance)), variance); }
double deviation(double variance) { return std::max(signed_root(variance), 0.0); }

Deviations deviations_of(const Layout& layout) {
  const bool folded = layout.interaction.freedom > 0, seeded = layout.error.freedom > 0;
  // Expected mean squares: what an architecture's and a fold's are compared with.
  const double below = folded ? layout.interaction.square : layout.error.square;
  Deviations found{};
  found.signed_architecture = signed_root((layout.architecture.square - below) / (layout.folds * layout.seeds));
  found.signed_fold = folded ? signed_root((layout.fold.square - below) / (layout.architectures * layout.seeds)) : kNaN;
  found.architecture = std::max(found.signed_architecture, 0.0);
  found.fold = folded ? std::max(found.signed_fold, 0.0) : kNaN;
  found.interaction =
      folded && seeded ? deviation((layout.interaction.square - layout.error.square) / layout.seeds) : kNaN;
  found.training = deviation(seeded ? layout.error.square : layout.interaction.square);
  return found;
}

double chi_square(Random& random, int freedom) {
  double sum = 0;
  for (int i = 0; i + 1 < freedom; i += 2) sum -= 2 * std::log(1 - random.uniform());
  if (freedom % 2 == 1) {
    const double normal = random.normal();
    sum += normal * normal;
  }
  return sum;
}

Layout drawn(const Layout& layout, Random& random) {
  Layout other = layout;
  for (MeanSquare Layout::*each : {&Layout::architecture, &Layout::fold, &Layout::interaction, &Layout::error}) {
    MeanSquare& square = other.*each;
    if (square.freedom > 0) square.square *= square.freedom / chi_square(random, square.freedom);
  }
  return other;
}

/// The draws' quantiles, at least as far as the value.
template <class Figure>
Estimate estimate_of(double value, const std::vector<Deviations>& draws, Figure figure) {
  if (std::isnan(value)) return {kNaN, kNaN, kNaN};
  std::vector<double> found;
  for (const Deviations& draw : draws) found.push_back(figure(draw));
  std::sort(found.begin(), found.end());
  return {value, std::min(quantile(found, 0.025), value), std::max(quantile(found, 0.975), value)};
}

}  // namespace

VarianceComponents variance_components(const Values& values, int draws, std::uint64_t seed) {
  const Estimate none{kNaN, kNaN, kNaN};
  if (values.size() < 2) return {none, none, none, none, none, none};
  require_whole(values);
  const Layout layout = layout_of(values);
  if (layout.interaction.freedom == 0 && layout.error.freedom == 0) return {none, none, none, none, none, none};
  const Deviations value = deviations_of(layout);
  Random random(seed);
  std::vector<Deviations> drawn_values;
  for (int b = 0; b < draws; ++b) drawn_values.push_back(deviations_of(drawn(layout, random)));
  const auto of = [&](double Deviations::*each) {
    return estimate_of(value.*each, drawn_values, [&](const Deviations& d) { return d.*each; });
  };
  return {of(&Deviations::architecture),
          of(&Deviations::fold),
          of(&Deviations::interaction),
          of(&Deviations::training),
          estimate_of(value.architecture - value.training, drawn_values,
                      [](const Deviations& d) { return d.signed_architecture - d.training; }),
          estimate_of(value.architecture - value.fold, drawn_values,
                      [](const Deviations& d) { return d.signed_architecture - d.signed_fold; })};
}

}  // namespace flnas::metrics
