#include "searches/llmnas/log.h"

#include <algorithm>

namespace flnas::searches::llmnas {

Verdict EvaluationLog::propose(Candidate candidate) {
  if (full()) return Verdict::kTooLate;
  ++proposals_;
  if (has(candidate)) {
    ++repeated_;
    return Verdict::kRepeated;
  }
  if (!space_.violation(candidate).empty()) {
    ++invalid_;
    return Verdict::kInvalid;
  }
  objectives_.emplace(candidate, space_.objectives(candidate));
  order_.push_back(candidate);
  return Verdict::kEvaluated;
}

std::optional<Candidate> sample_new(const Space& space, const EvaluationLog& log, int niche, Random& random,
                                    const std::vector<Candidate>& others) {
  constexpr int kDraws = 1000;
  for (int draw = 0; draw < kDraws; ++draw) {
    const auto candidate = space.sample(niche, random);
    if (!candidate) return std::nullopt;
    if (!log.has(*candidate) && std::find(others.begin(), others.end(), *candidate) == others.end()) return candidate;
  }
  return std::nullopt;
}

}  // namespace flnas::searches::llmnas
