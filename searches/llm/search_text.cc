#include "searches/llm/search_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace flnas::searches {
namespace {

constexpr std::size_t kMostMembers = 10, kMostGaps = 3;

}  // namespace

std::string evaluated_line(const SearchSpace& space, const Evaluator& evaluator, const Evaluation& evaluation) {
  return fmt::format("- {}: {}\n", space.text(evaluation.candidate), evaluator.figures(evaluation));
}

std::string front_text(const SearchSpace& space, const Evaluator& evaluator, const Archive& archive,
                       const Front& front) {
  std::string text;
  const std::size_t count = std::min(kMostMembers, front.size());
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t at = count == 1 ? 0 : i * (front.size() - 1) / (count - 1);
    text += evaluated_line(space, evaluator, *archive.find(front.members()[at].candidate));
  }
  return text;
}

Front front_of(const Archive& archive) {
  Front front;
  for (const Evaluation& evaluation : archive.evaluations()) {
    if (!evaluation.objectives.empty()) front.add(evaluation.candidate, evaluation.objectives);
  }
  return front;
}

std::string gaps_text(const Evaluator& evaluator, const Archive& archive, const Front& front) {
  const auto& members = front.members();
  if (members.size() < 3 || members[0].objectives.size() != 2) return "";
  const auto scaled = [&](std::size_t i, std::size_t objective) {
    const double range = std::abs(members.back().objectives[objective] - members[0].objectives[objective]);
    return range == 0 ? 0.0 : (members[i + 1].objectives[objective] - members[i].objectives[objective]) / range;
  };
  std::vector<std::pair<double, std::size_t>> gaps;
  for (std::size_t i = 0; i + 1 < members.size(); ++i) gaps.emplace_back(-std::hypot(scaled(i, 0), scaled(i, 1)), i);
  std::sort(gaps.begin(), gaps.end());
  std::string text;
  for (std::size_t g = 0; g < std::min(kMostGaps, gaps.size()); ++g) {
    const std::size_t i = gaps[g].second;
    text += fmt::format("- between {} and {}\n", evaluator.figures(*archive.find(members[i].candidate)),
                        evaluator.figures(*archive.find(members[i + 1].candidate)));
  }
  return text;
}

}  // namespace flnas::searches
