#pragma once

#include <cstddef>
#include <vector>

#include "harness/metrics/pareto.h"
#include "searches/core/search_space.h"

namespace flnas::searches {

/// A growing Pareto archive: the candidates that no other one added so far dominates, in the order of their objectives.
/// Candidates with equal objectives all stay.
class Front {
 public:
  struct Member {
    metrics::Point objectives;
    Candidate candidate;
  };

  /// Whether it entered. Takes time proportional to the size of the front.
  bool add(Candidate candidate, const metrics::Point& objectives);

  const std::vector<Member>& members() const { return members_; }
  std::size_t size() const { return members_.size(); }
  bool empty() const { return members_.empty(); }

 private:
  std::vector<Member> members_;
};

/// The ranks of non-dominated sorting: 0 for the front, 1 for the front of the rest, and so on.
/// Source: Deb, Pratap, Agarwal, Meyarivan, NSGA-II, IEEE TEVC 6(2), 2002.
std::vector<std::size_t> ranks_of(const std::vector<metrics::Point>& points);

/// Crowding distances of the points among those of their own rank: infinite at the ends of each objective. Same source.
std::vector<double> crowding_of(const std::vector<metrics::Point>& points, const std::vector<std::size_t>& ranks);

}  // namespace flnas::searches
