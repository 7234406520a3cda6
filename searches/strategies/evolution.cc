#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "searches/strategies/drawing.h"

namespace flnas::searches {
namespace {

constexpr int kTries = 100;  ///< for a child that was not evaluated yet, before a random candidate takes its place
constexpr double kCrossover = 0.25;

using Population = std::vector<const Evaluation*>;

/// The best of the contestants by a weighted sum of the objectives, scaled by their range within the population, with
/// weights drawn uniformly.
const Evaluation* best_by_weights(const Population& contestants, const Population& population, Random& random) {
  std::vector<metrics::Point> points;
  for (const Evaluation* member : population) points.push_back(member->objectives);
  const metrics::Bounds bounds = metrics::bounds_of(points);
  std::vector<double> weights(bounds.low.size());
  double sum = 0;
  for (double& weight : weights) sum += weight = -std::log(1 - random.uniform());
  const Evaluation* best = contestants[0];
  double least = std::numeric_limits<double>::infinity();
  for (const Evaluation* contestant : contestants) {
    const metrics::Point scaled = bounds.scaled(contestant->objectives);
    const double value = std::inner_product(weights.begin(), weights.end(), scaled.begin(), 0.0) / sum;
    if (value < least) least = value, best = contestant;
  }
  return best;
}

/// Regularised evolution: random candidates until the population is full, then each proposal is a mutation of a
/// tournament's winner, and each evaluated candidate pushes out the oldest one, however good.
/// Source: Real, Aggarwal, Huang, Le, Regularized Evolution for Image Classifier Architecture Search, AAAI 2019.
/// Differs: tournaments are decided by the evaluator's rule (BestRule), or by a weighted sum of the objectives; where
/// evaluations are costly a quarter of the children have two parents, before they are mutated; small populations.
class Evolution : public SearchStrategy {
 public:
  explicit Evolution(const StrategyContext& context)
      : space_(context.space),
        rule_(context.evaluator.best_rule()),
        drawing_(context),
        size_(population_for(context.budget, drawing_.is_costly())),
        tournament_(tournament_for(size_, drawing_.is_costly())) {}

  std::vector<Proposal> ask(const Turn& turn) override {
    Random& random = drawing_.random(turn);
    const Archive& archive = turn.archive;
    const Population population = recent(archive);
    if (archive.evaluations().size() < size_ || population.empty() ||
        (!drawing_.is_costly() && turn.attempt > kTries)) {
      const auto drawn = drawing_.sample(archive, SearchSpace::kAnywhere, random);
      if (drawn || population.empty() || turn.attempt > kTries) return only(drawn, parents_state(archive, {}));
    }
    // A child that is drawn again keeps its parent, where one generator goes on.
    if (drawing_.is_costly() || turn.attempt == 1) parent_ = winner(population, random);
    std::vector<Candidate> parents = {parent_};
    if (drawing_.is_costly() && random.uniform() < kCrossover) parents.push_back(winner(population, random));
    const Candidate bred = parents.size() == 2 ? space_.crossover(parents[0], parents[1], random) : parents[0];
    return only(space_.mutate(bred, random), parents_state(archive, parents));
  }

 private:
  /// The last ones that were evaluated with success, in order; older ones have died.
  Population recent(const Archive& archive) const {
    Population found;
    const auto& all = archive.evaluations();
    for (auto it = all.rbegin(); it != all.rend() && found.size() < size_; ++it) {
      if (!it->objectives.empty()) found.push_back(&*it);
    }
    std::reverse(found.begin(), found.end());
    return found;
  }

  Candidate winner(const Population& population, Random& random) const {
    Population contestants;
    for (std::size_t i = 0; i < tournament_; ++i) {
      contestants.push_back(population[random.below(population.size())]);
    }
    return (rule_ ? get_best(contestants, *rule_).evaluation : best_by_weights(contestants, population, random))
        ->candidate;
  }

  const SearchSpace& space_;
  std::optional<BestRule> rule_;
  Drawing drawing_;
  std::size_t size_, tournament_;
  Candidate parent_ = 0;
};

}  // namespace

std::size_t population_for(std::size_t budget, bool is_costly) {
  return is_costly ? std::clamp<std::size_t>(budget / 4, 4, 50) : std::clamp<std::size_t>(budget / 6, 10, 50);
}

std::size_t tournament_for(std::size_t population, bool is_costly) {
  return is_costly ? std::max<std::size_t>(2, population / 4) : population / 5;
}

std::unique_ptr<SearchStrategy> make_evolution(const StrategyContext& context) {
  return std::make_unique<Evolution>(context);
}

}  // namespace flnas::searches
