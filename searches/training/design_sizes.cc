#include "searches/training/design_sizes.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "harness/base/random.h"
#include "harness/base/text.h"

namespace flnas::searches {

std::string design_sizes_text(const SearchSpace& space, const std::string& example) {
  constexpr int kDrawn = 200;
  Random random(1);
  std::vector<std::int64_t> macs, parameters;
  for (int i = 0; i < kDrawn; ++i) {
    const auto candidate = space.sample(SearchSpace::kAnywhere, random);
    if (!candidate || !space.is_valid(*candidate)) continue;
    const CostEstimate cost = space.cost(*candidate);
    macs.push_back(cost.macs);
    parameters.push_back(cost.parameters);
  }
  if (macs.empty()) return {};
  std::ranges::sort(macs);
  std::ranges::sort(parameters);
  const auto range = [](const std::vector<std::int64_t>& sorted) {
    return fmt::format("{} to {} (half of them up to {})", short_count(static_cast<double>(sorted.front())),
                       short_count(static_cast<double>(sorted.back())),
                       short_count(static_cast<double>(sorted[sorted.size() / 2])));
  };
  return fmt::format(
      "designs drawn at random have {} multiply-accumulates per {} and {} parameters; --max-macs N "
      "keeps them smaller",
      range(macs), example, range(parameters));
}

}  // namespace flnas::searches
