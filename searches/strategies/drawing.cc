#include "searches/strategies/drawing.h"

#include <algorithm>

namespace flnas::searches {
namespace {

constexpr std::uint64_t kStream = 0x736561;
constexpr int kDraws = 1000;

}  // namespace

Drawing::Drawing(const StrategyContext& context)
    : space_(context.space),
      is_costly_(context.evaluator.is_costly()),
      seed_(context.seed),
      random_(mix_seed(context.seed, kStream)) {}

Random& Drawing::random(const Turn& turn) {
  if (is_costly_) {
    const auto round = static_cast<std::uint64_t>(turn.round), attempt = static_cast<std::uint64_t>(turn.attempt);
    random_ = Random(mix_seed(mix_seed(seed_, round), attempt));
  }
  return random_;
}

std::optional<Candidate> Drawing::sample(const Archive& archive, int niche, Random& random,
                                         const std::vector<Candidate>& others) const {
  if (is_costly_ && niche == SearchSpace::kAnywhere) return space_.sample(niche, random);
  for (int draw = 0; draw < kDraws; ++draw) {
    const auto candidate = space_.sample(niche, random);
    if (!candidate) return std::nullopt;
    if (!archive.has(*candidate) && std::find(others.begin(), others.end(), *candidate) == others.end() &&
        space_.is_valid(*candidate)) {
      return candidate;
    }
  }
  return std::nullopt;
}

std::vector<Proposal> only(std::optional<Candidate> candidate, Json state) {
  std::vector<Proposal> proposals;
  if (candidate) {
    proposals.emplace_back().candidate = candidate;
    proposals.back().strategy_state = std::move(state);
  }
  return proposals;
}

Json parents_state(const Archive& archive, const std::vector<Candidate>& parents) {
  if (!archive.has_file()) return nullptr;
  Json names = Json::array();
  for (const Candidate parent : parents) names.push_back(archive.find(parent)->name);
  return {{"parents", std::move(names)}};
}

}  // namespace flnas::searches
