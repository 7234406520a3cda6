#include "reports/data/design_noise.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "harness/base/random.h"

namespace flnas::reports {
namespace {

/// The groups' sizes by name.
std::map<std::string, int> sizes_of(const DesignScores& scores) {
  std::map<std::string, int> sizes;
  for (const GroupScore& group : scores.groups) sizes[group.name] = static_cast<int>(group.n);
  return sizes;
}

/// The rows' groups of an attribute: first those of the first group, then the next, the rest unknown.
std::vector<int> in_order(const Attribute& attribute, const std::map<std::string, int>& sizes, std::size_t rows) {
  std::vector<int> groups;
  for (std::size_t g = 0; g < attribute.groups.size(); ++g) {
    const auto found = sizes.find(attribute.groups[g].name);
    if (found != sizes.end()) groups.insert(groups.end(), static_cast<std::size_t>(found->second), static_cast<int>(g));
  }
  groups.resize(rows, -1);
  return groups;
}

/// Rows of one class, as many right as the accuracy says.
metrics::Outcomes rows_with(double accuracy, std::size_t rows) {
  metrics::Outcomes outcomes;
  outcomes.classes = {"first", "second"};
  outcomes.positive = 1;
  outcomes.labels.assign(rows, 0);
  outcomes.predictions.assign(rows, 1);
  const auto right = static_cast<std::size_t>(std::llround(accuracy * static_cast<double>(rows)));
  std::fill_n(outcomes.predictions.begin(), std::min(right, rows), 0);
  for (std::size_t row = 0; row < rows; ++row) outcomes.lesions.push_back(static_cast<int>(row));
  return outcomes;
}

std::optional<metrics::Noise> computed(const std::vector<Attribute>& attributes,
                                       const std::map<std::string, int>& sizes, double accuracy, std::size_t rows) {
  metrics::Outcomes outcomes = rows_with(accuracy, rows);
  Random random(metrics::NoiseConfig().seed);
  for (const Attribute& attribute : attributes) {
    auto groups = in_order(attribute, sizes, rows);
    random.shuffle(groups);
    outcomes.attributes.push_back({attribute.name, attribute.group_names(), {}});
    outcomes.groups.push_back(std::move(groups));
  }
  const metrics::Noise noise = metrics::noise_floor(outcomes).unfairness_sum;
  return std::isnan(noise.mean) ? std::nullopt : std::optional(noise);
}

/// What tells attributes apart here: their groups' names, in order.
std::vector<std::vector<std::string>> group_names(const std::vector<Attribute>& attributes) {
  std::vector<std::vector<std::string>> names;
  for (const Attribute& attribute : attributes) names.push_back(attribute.group_names());
  return names;
}

}  // namespace

std::optional<metrics::Noise> design_noise(const Search& search, const Place<DesignScores>& scores) {
  const std::int64_t images = search.record.data.images.validation;
  if (!scores || !scores->accuracy || scores->groups.empty() || images < 1) return std::nullopt;
  if (search.attributes.empty()) return std::nullopt;
  const auto rows = static_cast<std::size_t>(images);
  const auto sizes = sizes_of(*scores);
  const auto groups = group_names(search.attributes);
  // tables, figures and the summary ask for the same designs
  static std::map<std::tuple<std::vector<std::vector<std::string>>, std::map<std::string, int>, double, std::size_t>,
                  std::optional<metrics::Noise>>
      known;
  const auto key_of = std::tuple(groups, sizes, *scores->accuracy, rows);
  const auto found = known.find(key_of);
  if (found != known.end()) return found->second;
  return known[key_of] = computed(search.attributes, sizes, *scores->accuracy, rows);
}

std::optional<metrics::Noise> best_designs_noise(const std::vector<const Search*>& searches) {
  metrics::Noise sum{};
  int designs = 0;
  for (const Search* search : searches) {
    const auto noise = design_noise(*search, search->at(&SearchRecord::best).at(&BestDesign::scores));
    if (!noise) continue;
    sum.mean += noise->mean, sum.low += noise->low, sum.high += noise->high;
    ++designs;
  }
  if (designs == 0) return std::nullopt;
  sum.mean /= designs, sum.low /= designs, sum.high /= designs;
  return sum;
}

}  // namespace flnas::reports
