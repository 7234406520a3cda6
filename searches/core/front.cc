#include "searches/core/front.h"

#include <algorithm>
#include <limits>
#include <span>

namespace flnas::searches {
namespace {

/// No worse in all, better in one.
bool dominates(const metrics::Point& a, const metrics::Point& b) {
  bool better = false;
  for (std::size_t k = 0; k < a.size(); ++k) {
    if (a[k] > b[k]) return false;
    better = better || a[k] < b[k];
  }
  return better;
}

}  // namespace

bool Front::add(Candidate candidate, const metrics::Point& objectives) {
  for (const Member& member : members_) {
    if (dominates(member.objectives, objectives)) return false;
  }
  std::erase_if(members_, [&](const Member& member) { return dominates(objectives, member.objectives); });
  const auto after =
      std::upper_bound(members_.begin(), members_.end(), objectives,
                       [](const metrics::Point& point, const Member& member) { return point < member.objectives; });
  members_.insert(after, {objectives, candidate});
  return true;
}

std::vector<std::size_t> ranks_of(const std::vector<metrics::Point>& points) {
  std::vector<std::size_t> ranks(points.size(), 0);
  std::vector<std::size_t> left(points.size());
  for (std::size_t i = 0; i < left.size(); ++i) left[i] = i;
  for (std::size_t rank = 0; !left.empty(); ++rank) {
    std::vector<metrics::Point> rest;
    for (const std::size_t i : left) rest.push_back(points[i]);
    std::vector<bool> taken(left.size(), false);
    for (const std::size_t at : metrics::pareto_front(rest)) {
      taken[at] = true;
      ranks[left[at]] = rank;
    }
    std::vector<std::size_t> others;
    for (std::size_t i = 0; i < left.size(); ++i) {
      if (!taken[i]) others.push_back(left[i]);
    }
    left = std::move(others);
  }
  return ranks;
}

std::vector<double> crowding_of(const std::vector<metrics::Point>& points, const std::vector<std::size_t>& ranks) {
  constexpr double kInfinite = std::numeric_limits<double>::infinity();
  std::vector<double> crowding(points.size(), 0);
  if (points.empty()) return crowding;
  std::vector<std::size_t> order(points.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  for (std::size_t k = 0; k < points[0].size(); ++k) {
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return ranks[a] != ranks[b] ? ranks[a] < ranks[b] : points[a][k] < points[b][k];
    });
    for (auto begin = order.begin(); begin != order.end();) {
      const auto end = std::find_if(begin, order.end(), [&](std::size_t i) { return ranks[i] != ranks[*begin]; });
      const std::span<const std::size_t> rank(begin, end);
      const double range = points[rank.back()][k] - points[rank.front()][k];
      for (std::size_t i = 1; i + 1 < rank.size() && range > 0; ++i) {
        crowding[rank[i]] += (points[rank[i + 1]][k] - points[rank[i - 1]][k]) / range;
      }
      crowding[rank.front()] = crowding[rank.back()] = kInfinite;
      begin = end;
    }
  }
  return crowding;
}

}  // namespace flnas::searches
