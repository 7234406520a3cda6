#include <algorithm>
#include <numeric>

#include "searches/core/front.h"
#include "searches/strategies/drawing.h"

namespace flnas::searches {
namespace {

constexpr int kTries = 100;  ///< for a child that was not evaluated yet, before a random candidate takes its place

struct Individual {
  Candidate candidate;
  metrics::Point objectives;
};

/// A population with the order that NSGA-II selects by.
struct Ranked {
  std::vector<Individual> members;
  std::vector<std::size_t> ranks;
  std::vector<double> crowding;

  explicit Ranked(std::vector<Individual> given) : members(std::move(given)) {
    std::vector<metrics::Point> points;
    for (const Individual& member : members) points.push_back(member.objectives);
    ranks = ranks_of(points);
    crowding = crowding_of(points, ranks);
  }
  bool before(std::size_t a, std::size_t b) const {
    return ranks[a] != ranks[b] ? ranks[a] < ranks[b] : crowding[a] > crowding[b];
  }
  Candidate binary_tournament(Random& random) const {
    const auto a = random.below(members.size()), b = random.below(members.size());
    return members[before(b, a) ? b : a].candidate;
  }
  std::vector<Individual> best(std::size_t count) const {
    std::vector<std::size_t> order(members.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return before(a, b); });
    std::vector<Individual> kept;
    for (std::size_t i = 0; i < std::min(count, order.size()); ++i) kept.push_back(members[order[i]]);
    return kept;
  }
};

/// NSGA-II: binary tournaments by rank and crowding, crossover with probability 0.9, then always a mutation; the best
/// of parents and children survive. Source: Deb, Pratap, Agarwal, Meyarivan, IEEE TEVC 6(2), 2002. Differs: children
/// that were evaluated before, or are invalid, are drawn again.
class Nsga2 : public SearchStrategy {
 public:
  explicit Nsga2(const StrategyContext& context)
      : space_(context.space),
        drawing_(context),
        size_(population_for(context.budget, drawing_.is_costly())),
        parents_({}) {}

  std::vector<Proposal> ask(const Turn& turn) override {
    Random& random = drawing_.random(turn);
    const Archive& archive = turn.archive;
    const bool is_first = turn.archive.evaluations().size() < size_;
    if (is_first || parents_.members.empty() || (!drawing_.is_costly() && turn.attempt > kTries)) {
      const auto drawn = drawing_.sample(archive, SearchSpace::kAnywhere, random);
      if (drawn || told_.empty() || !is_first) return only(drawn, parents_state(archive, {}));
      if (parents_.members.empty()) select();
    }
    // In a search on tables most children have been evaluated before: a turn each would take longer than the children.
    const int most = drawing_.is_costly() || archive.has_file() ? 0 : kTries - turn.attempt;
    Child child = breed(random);
    int passed_over = 0;
    for (; passed_over < most && archive.has(child.candidate); ++passed_over) child = breed(random);
    auto proposals = only(child.candidate, child.state(archive));
    proposals.front().passed_over = passed_over;
    return proposals;
  }

  void tell(const Evaluation& evaluation) override {
    ++seen_;
    if (!evaluation.objectives.empty()) told_.push_back({evaluation.candidate, evaluation.objectives});
    if (seen_ % size_ == 0) select();
  }

 private:
  struct Child {
    Candidate candidate, first;
    std::optional<Candidate> second;  ///< of a crossover

    Json state(const Archive& archive) const {
      if (!archive.has_file()) return nullptr;
      return parents_state(archive, second ? std::vector{first, *second} : std::vector{first});
    }
  };

  Child breed(Random& random) const {
    Child child{.candidate = {}, .first = parents_.binary_tournament(random), .second = {}};
    if (random.uniform() < kNsga2Crossover) child.second = parents_.binary_tournament(random);
    const Candidate bred = child.second ? space_.crossover(child.first, *child.second, random) : child.first;
    child.candidate = space_.mutate(bred, random);
    return child;
  }

  /// A generation is full.
  void select() {
    std::vector<Individual> all = parents_.members;
    all.insert(all.end(), told_.begin(), told_.end());
    parents_ = parents_.members.empty() ? Ranked(std::move(all)) : Ranked(Ranked(std::move(all)).best(size_));
    told_.clear();
  }

  const SearchSpace& space_;
  Drawing drawing_;
  std::size_t size_;
  Ranked parents_;
  std::vector<Individual> told_;  ///< evaluated in this generation
  std::size_t seen_ = 0;
};

}  // namespace

std::unique_ptr<SearchStrategy> make_nsga2(const StrategyContext& context) { return std::make_unique<Nsga2>(context); }

}  // namespace flnas::searches
