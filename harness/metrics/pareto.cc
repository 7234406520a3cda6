#include "harness/metrics/pareto.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace flnas::metrics {
namespace {

/// a is no worse than b in every objective; where it comes before b in lexicographic order it is then better in one.
bool no_worse(const Point& a, const Point& b) {
  for (std::size_t k = 0; k < a.size(); ++k) {
    if (a[k] > b[k]) return false;
  }
  return true;
}

std::vector<Point> front_of(const std::vector<Point>& points) {
  std::vector<Point> front;
  for (const std::size_t index : pareto_front(points)) front.push_back(points[index]);
  std::sort(front.begin(), front.end());
  front.erase(std::unique(front.begin(), front.end()), front.end());
  return front;
}

double box(const Point& point, const Point& reference) {
  double volume = 1;
  for (std::size_t k = 0; k < point.size(); ++k) volume *= reference[k] - point[k];
  return volume;
}

/// Points in order, as strips; dominated ones add none.
double area(const std::vector<Point>& sorted, const Point& reference) {
  double sum = 0;
  double ceiling = reference[1];
  for (const Point& point : sorted) {
    if (point[1] >= ceiling) continue;
    sum += (reference[0] - point[0]) * (ceiling - point[1]);
    ceiling = point[1];
  }
  return sum;
}

/// WFG: each point's own box, less what the points after it dominate within that box.
double volume(const std::vector<Point>& front, const Point& reference) {
  if (reference.size() == 2) return area(front, reference);
  double sum = 0;
  for (std::size_t i = 0; i < front.size(); ++i) {
    std::vector<Point> limited;
    for (std::size_t j = i + 1; j < front.size(); ++j) {
      Point worse = front[j];
      for (std::size_t k = 0; k < worse.size(); ++k) worse[k] = std::max(worse[k], front[i][k]);
      limited.push_back(std::move(worse));
    }
    sum += box(front[i], reference) - volume(front_of(limited), reference);
  }
  return sum;
}

}  // namespace

std::vector<std::size_t> pareto_front(const std::vector<Point>& points) {
  std::vector<std::size_t> order(points.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return points[a] < points[b]; });
  std::vector<std::size_t> front;
  for (const std::size_t index : order) {
    const bool dominated = std::any_of(front.begin(), front.end(), [&](std::size_t other) {
      return no_worse(points[other], points[index]) && points[other] != points[index];
    });
    if (!dominated) front.push_back(index);
  }
  std::sort(front.begin(), front.end());
  return front;
}

double hypervolume(const std::vector<Point>& points, const Point& reference) {
  std::vector<Point> inside;
  for (const Point& point : points) {
    bool better = true;
    for (std::size_t k = 0; k < point.size(); ++k) better = better && point[k] < reference[k];
    if (better) inside.push_back(point);
  }
  if (reference.size() != 2) return volume(front_of(inside), reference);
  std::sort(inside.begin(), inside.end());
  return area(inside, reference);
}

double igd(const std::vector<Point>& points, const std::vector<Point>& true_front) {
  if (points.empty() || true_front.empty()) return std::numeric_limits<double>::quiet_NaN();
  double sum = 0;
  for (const Point& target : true_front) {
    double nearest = std::numeric_limits<double>::infinity();
    for (const Point& point : points) {
      double squares = 0;
      for (std::size_t k = 0; k < point.size(); ++k) squares += (point[k] - target[k]) * (point[k] - target[k]);
      nearest = std::min(nearest, squares);
    }
    sum += std::sqrt(nearest);
  }
  return sum / static_cast<double>(true_front.size());
}

Point Bounds::scaled(const Point& point) const {
  Point result(point.size());
  for (std::size_t k = 0; k < point.size(); ++k) {
    result[k] = high[k] > low[k] ? (point[k] - low[k]) / (high[k] - low[k]) : 0;
  }
  return result;
}

Bounds bounds_of(const std::vector<Point>& points) {
  Bounds bounds;
  if (points.empty()) return bounds;
  bounds.low = bounds.high = points[0];
  for (const Point& point : points) {
    for (std::size_t k = 0; k < point.size(); ++k) {
      bounds.low[k] = std::min(bounds.low[k], point[k]);
      bounds.high[k] = std::max(bounds.high[k], point[k]);
    }
  }
  return bounds;
}

}  // namespace flnas::metrics
