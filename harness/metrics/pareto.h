#pragma once

#include <cstddef>
#include <vector>

namespace flnas::metrics {

/// One candidate's objectives, all to be minimised: negate those that are to be maximised.
using Point = std::vector<double>;

/// The ascending indices of the points that no other point dominates (no worse in all objectives and better in one).
/// Equal points do not dominate each other: all of them are on the front. Takes n x (size of the front) comparisons.
std::vector<std::size_t> pareto_front(const std::vector<Point>& points);

/// The exact volume that the points dominate, bounded by `reference`; 0 without points. A point that is not better than
/// the reference in every objective adds nothing. With two objectives it takes a sort; with more the time grows
/// steeply with the size of the front.
/// Source: While, Bradstreet, Barone, "A fast way of calculating exact hypervolumes", IEEE TEVC 16(1), 2012 (WFG).
double hypervolume(const std::vector<Point>& points, const Point& reference);

/// Inverted generational distance: the mean, over the true front's points, of the Euclidean distance to the nearest of
/// `points`. NaN when either is empty.
double igd(const std::vector<Point>& points, const std::vector<Point>& true_front);

/// The bounds of each objective, for scaling to [0, 1]; an objective with equal bounds becomes 0.
struct Bounds {
  Point low;
  Point high;
  Point scaled(const Point& point) const;
};
Bounds bounds_of(const std::vector<Point>& points);

}  // namespace flnas::metrics
