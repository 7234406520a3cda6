#include <algorithm>
#include <set>

#include "searches/core/front.h"
#include "searches/strategies/drawing.h"

namespace flnas::searches {
namespace {

/// Pareto local search: from a few random candidates, all neighbours of a random member of the front that was not
/// visited yet; a new random candidate where all were.
/// Source: Paquete, Chiarandini, Stuetzle, Pareto Local Optimum Sets, 2004; for NAS benchmarks: White et al., UAI 2021.
class LocalSearch : public SearchStrategy {
 public:
  explicit LocalSearch(const StrategyContext& context)
      : space_(context.space), drawing_(context), starts_(local_starts_for(context.budget, drawing_.is_costly())) {}

  std::vector<Proposal> ask(const Turn& turn) override {
    Random& random = drawing_.random(turn);
    const Archive& archive = turn.archive;
    if (archive.evaluations().size() < starts_ && !starts_are_all_) {
      if (const auto drawn = drawing_.sample(archive, SearchSpace::kAnywhere, random)) {
        return only(drawn, parents_state(archive, {}));
      }
      starts_are_all_ = true;
    }
    std::vector<Candidate> open;
    for (const auto& member : front_.members()) {
      if (!visited_.contains(member.candidate)) open.push_back(member.candidate);
    }
    // From a start that the front refuses, too: what lies around it is not known.
    if (open.empty() && start_ && !visited_.contains(*start_)) open.push_back(*start_);
    if (open.empty()) {
      is_start_ = true;
      return only(drawing_.sample(archive, SearchSpace::kAnywhere, random), parents_state(archive, {}));
    }
    const Candidate from = open[random.below(open.size())];
    visited_.insert(from);
    start_.reset();
    std::vector<Candidate> near = space_.neighbours(from);
    random.shuffle(near);
    std::vector<Proposal> proposals;
    for (const Candidate candidate : near) {
      proposals.emplace_back().candidate = candidate;
      proposals.back().strategy_state = parents_state(archive, {from});
    }
    return proposals;
  }

  void tell(const Evaluation& evaluation) override {
    if (!evaluation.objectives.empty()) front_.add(evaluation.candidate, evaluation.objectives);
    if (is_start_) start_ = evaluation.candidate;
    is_start_ = false;
  }

 private:
  const SearchSpace& space_;
  Drawing drawing_;
  std::size_t starts_;
  bool starts_are_all_ = false;  ///< the space has no more
  Front front_;
  std::set<Candidate> visited_;
  bool is_start_ = false;
  std::optional<Candidate> start_;
};

}  // namespace

std::size_t local_starts_for(std::size_t budget, bool is_costly) {
  return is_costly ? std::clamp<std::size_t>(budget / 5, 2, 10) : 10;
}

std::unique_ptr<SearchStrategy> make_local(const StrategyContext& context) {
  return std::make_unique<LocalSearch>(context);
}

}  // namespace flnas::searches
