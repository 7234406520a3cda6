#include "searches/llm/search_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace flnas::searches {
namespace {

constexpr std::size_t kMostGaps = 3, kMostNamed = 5;

/// A figure that could not be had is the largest number: it spans no box.
bool is_figure(double value) { return std::abs(value) < std::numeric_limits<double>::max(); }

metrics::Bounds box_of(const Archive& archive) {
  constexpr double kBeyond = 0.1;  // of the range
  metrics::Bounds box;
  for (const Evaluation& evaluation : archive.evaluations()) {
    const metrics::Point& point = evaluation.objectives;
    if (box.low.empty()) {
      box.low.assign(point.size(), std::numeric_limits<double>::infinity());
      box.high.assign(point.size(), -std::numeric_limits<double>::infinity());
    }
    for (std::size_t k = 0; k < point.size(); ++k) {
      if (!is_figure(point[k])) continue;
      box.low[k] = std::min(box.low[k], point[k]), box.high[k] = std::max(box.high[k], point[k]);
    }
  }
  for (std::size_t k = 0; k < box.high.size(); ++k) box.high[k] += kBeyond * (box.high[k] - box.low[k]);
  return box;
}

std::string corner(const std::vector<std::string>& names, const metrics::Point& point) {
  std::vector<std::string> parts;
  for (std::size_t k = 0; k < point.size(); ++k) {
    parts.push_back(fmt::format("{} {:.4g}", k < names.size() ? names[k] : "", point[k]));
  }
  return fmt::format("({})", fmt::join(parts, ", "));
}

bool is_on(const Front& front, Candidate candidate) {
  const auto& members = front.members();
  return std::any_of(members.begin(), members.end(), [&](const auto& m) { return m.candidate == candidate; });
}

}  // namespace

std::string evaluated_line(const SearchSpace& space, const Evaluator& evaluator, const Evaluation& evaluation) {
  return fmt::format("- {}: {}\n", space.text(evaluation.candidate), evaluator.figures(evaluation));
}

std::string front_text(const SearchSpace& space, const Evaluator& evaluator, const Archive& archive, const Front& front,
                       std::size_t most) {
  std::string text;
  const std::size_t count = std::min(most, front.size());
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

HypervolumeBox::HypervolumeBox(const Evaluator& evaluator, const Archive& archive)
    : names_(evaluator.objective_names()) {
  const std::optional<metrics::Bounds> box = evaluator.box();
  fixed_ = box.has_value();
  box_ = fixed_ ? *box : box_of(archive);
}

double HypervolumeBox::share(const std::vector<metrics::Point>& points) const {
  if (points.empty()) return 0;
  std::vector<metrics::Point> scaled;
  for (const metrics::Point& point : points) scaled.push_back(box_.scaled(point));
  return metrics::hypervolume(scaled, metrics::Point(box_.low.size(), 1));
}

std::string HypervolumeBox::text(double share) const {
  return fmt::format("{:.4f} of the box from {} to the reference point {}, {}", share, corner(names_, box_.low),
                     corner(names_, box_.high),
                     fixed_ ? "the worst of all that may be proposed"
                            : "a tenth of the range beyond the worst so far; the box grows with the search");
}

std::string hypervolume_text(const SearchSpace& space, const Evaluator& evaluator, const Archive& archive,
                             const Front& front, const std::string& last_is, const std::vector<Candidate>& last) {
  if (front.empty()) return "";
  const HypervolumeBox box(evaluator, archive);
  std::vector<metrics::Point> all, without;
  for (const auto& member : front.members()) all.push_back(member.objectives);
  const double share = box.share(all);
  std::string text = fmt::format("Hypervolume: {}.\n", box.text(share));
  if (last.empty()) return text;
  std::vector<std::string> entered;
  for (const Candidate candidate : last) {
    if (is_on(front, candidate)) entered.push_back(space.text(candidate));
  }
  text += fmt::format("{}: {} of {} on the front", last_is, entered.size(), last.size());
  if (entered.empty()) return text + "; the hypervolume is the same without it.\n";
  // What those hid is on the front again without them.
  for (const Evaluation& evaluation : archive.evaluations()) {
    const bool is_last = std::find(last.begin(), last.end(), evaluation.candidate) != last.end();
    if (!is_last && !evaluation.objectives.empty()) without.push_back(evaluation.objectives);
  }
  const double rest = box.share(without);
  const std::size_t more = entered.size() - std::min(kMostNamed, entered.size());
  entered.resize(entered.size() - more);
  return text + fmt::format(" ({}{}); without it the hypervolume would be {:.4f}, less by {:.4f}.\n",
                            fmt::join(entered, ", "), more > 0 ? fmt::format(" and {} more", more) : "", rest,
                            share - rest);
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
