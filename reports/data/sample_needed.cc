#include "reports/data/sample_needed.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "harness/metrics/comparison/power.h"

namespace flnas::reports {

std::string sample_text(double growth, std::int64_t images, const std::string& example,
                        const std::optional<SmallestCell>& scarce) {
  constexpr double kBeyondReach = 1000;  ///< times the sample
  if (!std::isfinite(growth)) return "none: on the boundary";
  if (growth > kBeyondReach) return "none in reach: too near the boundary";
  std::string text = about(growth * static_cast<double>(images)) + " " + example + "s";
  if (!scarce || scarce->images == 0) return text;
  return text + fmt::format(", {} of them {} and {}", about(growth * static_cast<double>(scarce->images)),
                            scarce->group, scarce->of_class);
}

std::string sample_to_settle(const ModelDifference& difference, const People& people) {
  const Cell& cell = difference.cell;
  if (difference.settled() || !cell.value || !cell.low || !cell.high || people.images == 0) return "";
  constexpr double kIntervals = 0.95;  ///< level of the records' intervals
  const metrics::PowerPlan plan{.level = 1 - kLevel / std::max(difference.pairs, 1)};
  const double end = *cell.value > 0 ? *cell.low : *cell.high;
  const double growth = metrics::growth_to_decide(*cell.value, end, 0, plan, kIntervals);
  return sample_text(std::max(growth, 1.0), people.images, people.example, people.smallest);
}

}  // namespace flnas::reports
