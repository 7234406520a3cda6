#include "reports/figures/nas_strategies.h"

#include "reports/document/inline.h"

namespace flnas::reports {
namespace {

constexpr const char* kColours[] = {kVermilion, kBlue, kGreen, kPurple, kAmber, kInk, kSoft};

}  // namespace

std::vector<DrawnStrategy> drawn_strategies(const NasSearchRecord& record) {
  std::vector<DrawnStrategy> drawn;
  for (const NasStrategy& strategy : record.strategies) {
    const std::size_t i = drawn.size();
    if (strategy.group == "ablation" || i == std::size(kColours) || !why_not_measured(record, strategy).empty())
      continue;
    drawn.push_back({&strategy, strategy.title, kColours[i], kShapes[i % std::size(kShapes)], static_cast<int>(i) + 1});
  }
  return drawn;
}

}  // namespace flnas::reports
