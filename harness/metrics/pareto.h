#pragma once

#include <cstddef>
#include <vector>

namespace flnas::metrics {

/// One candidate's objectives, every one of them to be minimised: negate what is to be maximised.
using Point = std::vector<double>;

/// The indices, ascending, of the points that no other one dominates (no worse in all, better in one). Equal points
/// do not dominate each other: all of them are on the front. Takes n x (front's size) comparisons.
std::vector<std::size_t> pareto_front(const std::vector<Point>& points);

/// The volume that the points dominate up to `reference`, exactly; 0 for no points. A point that is not better than the
/// reference in every objective adds nothing. Two objectives take a sort; more grow steeply with the front's size.
/// Source: While, Bradstreet, Barone, "A fast way of calculating exact hypervolumes", IEEE TEVC 16(1), 2012 (WFG).
double hypervolume(const std::vector<Point>& points, const Point& reference);

/// Inverted generational distance: the mean, over the true front's points, of the Euclidean distance to the nearest of
/// `points`. NaN when either is empty.
double igd(const std::vector<Point>& points, const std::vector<Point>& true_front);

/// The bounds of each objective, for scaling to [0, 1]; an objective without range becomes 0.
struct Bounds {
  Point low;
  Point high;
  Point scaled(const Point& point) const;
};
Bounds bounds_of(const std::vector<Point>& points);

}  // namespace flnas::metrics
