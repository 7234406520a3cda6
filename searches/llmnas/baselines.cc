#include "searches/llmnas/baselines.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>
#include <numeric>
#include <set>

#include "searches/llmnas/front.h"

namespace flnas::searches::llmnas {
namespace {

constexpr int kTries = 100;  ///< for a child that was not evaluated yet, before a random candidate takes its place

/// Up to `count` random candidates more; those that were evaluated.
std::vector<Candidate> draw(Space& space, EvaluationLog& log, Random& random, std::size_t count) {
  std::vector<Candidate> drawn;
  while (drawn.size() < count && !log.full()) {
    const auto candidate = sample_new(space, log, 0, random);
    if (!candidate) break;
    log.propose(*candidate);
    drawn.push_back(*candidate);
  }
  return drawn;
}

/// Calls `breed` until it gives a candidate that can be evaluated, and evaluates it; after `kTries` a random one.
template <class Breed>
std::optional<Candidate> evaluate_child(Space& space, EvaluationLog& log, Random& random, const Breed& breed) {
  for (int i = 0; i < kTries; ++i) {
    const Candidate child = breed();
    if (log.propose(child) == Verdict::kEvaluated) return child;
  }
  const auto drawn = draw(space, log, random, 1);
  return drawn.empty() ? std::nullopt : std::optional(drawn[0]);
}

/// The best of the contestants by a weighted sum of scaled objectives.
Candidate tournament(const EvaluationLog& log, const std::vector<Candidate>& contestants, const metrics::Bounds& bounds,
                     Random& random) {
  std::vector<double> weights(bounds.low.size());
  double sum = 0;
  for (double& weight : weights) sum += weight = -std::log(1 - random.uniform());
  Candidate best = contestants[0];
  double least = std::numeric_limits<double>::infinity();
  for (const Candidate candidate : contestants) {
    const metrics::Point scaled = bounds.scaled(log.at(candidate));
    const double value = std::inner_product(weights.begin(), weights.end(), scaled.begin(), 0.0) / sum;
    if (value < least) least = value, best = candidate;
  }
  return best;
}

std::vector<metrics::Point> objectives_of(const EvaluationLog& log, const std::vector<Candidate>& candidates) {
  std::vector<metrics::Point> points;
  for (const Candidate candidate : candidates) points.push_back(log.at(candidate));
  return points;
}

/// A population with the order that NSGA-II selects by.
struct Ranked {
  std::vector<Candidate> candidates;
  std::vector<std::size_t> ranks;
  std::vector<double> crowding;

  Ranked(const EvaluationLog& log, std::vector<Candidate> given) : candidates(std::move(given)) {
    const auto points = objectives_of(log, candidates);
    ranks = ranks_of(points);
    crowding = crowding_of(points, ranks);
  }
  bool before(std::size_t a, std::size_t b) const {
    return ranks[a] != ranks[b] ? ranks[a] < ranks[b] : crowding[a] > crowding[b];
  }
  Candidate binary_tournament(Random& random) const {
    const auto a = random.below(candidates.size()), b = random.below(candidates.size());
    return candidates[before(b, a) ? b : a];
  }
  std::vector<Candidate> best(std::size_t count) const {
    std::vector<std::size_t> order(candidates.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return before(a, b); });
    std::vector<Candidate> kept;
    for (std::size_t i = 0; i < std::min(count, order.size()); ++i) kept.push_back(candidates[order[i]]);
    return kept;
  }
};

}  // namespace

EvolutionSettings EvolutionSettings::for_budget(std::size_t budget) {
  const std::size_t population = std::clamp<std::size_t>(budget / 6, 10, 50);
  return {.population = population, .tournament = population / 5};
}

Nsga2Settings Nsga2Settings::for_budget(std::size_t budget) {
  return {.population = EvolutionSettings::for_budget(budget).population};
}

void random_search(Space& space, EvaluationLog& log, Random& random) { draw(space, log, random, log.budget()); }

void regularised_evolution(Space& space, EvaluationLog& log, Random& random, EvolutionSettings settings) {
  const auto first = draw(space, log, random, settings.population);
  std::deque<Candidate> population(first.begin(), first.end());
  while (!log.full() && !population.empty()) {
    std::vector<Candidate> contestants;
    for (std::size_t i = 0; i < settings.tournament; ++i)
      contestants.push_back(population[random.below(population.size())]);
    const auto bounds = metrics::bounds_of(objectives_of(log, {population.begin(), population.end()}));
    const Candidate parent = tournament(log, contestants, bounds, random);
    const auto child = evaluate_child(space, log, random, [&] { return space.mutate(parent, random); });
    if (!child) break;
    population.push_back(*child);
    population.pop_front();
  }
}

void nsga2(Space& space, EvaluationLog& log, Random& random, Nsga2Settings settings) {
  std::vector<Candidate> population = draw(space, log, random, settings.population);
  while (!log.full() && !population.empty()) {
    const Ranked ranked(log, population);
    std::vector<Candidate> all = population;
    for (std::size_t i = 0; i < settings.population && !log.full(); ++i) {
      const auto child = evaluate_child(space, log, random, [&] {
        Candidate bred = ranked.binary_tournament(random);
        if (random.uniform() < settings.crossover)
          bred = space.crossover(bred, ranked.binary_tournament(random), random);
        return space.mutate(bred, random);
      });
      if (!child) return;
      all.push_back(*child);
    }
    population = Ranked(log, std::move(all)).best(settings.population);
  }
}

void local_search(Space& space, EvaluationLog& log, Random& random, LocalSettings settings) {
  Front front;
  std::set<Candidate> visited;
  const auto add = [&](Candidate candidate) { front.add(candidate, log.at(candidate)); };
  for (const Candidate candidate : draw(space, log, random, settings.starts)) add(candidate);
  while (!log.full()) {
    std::vector<Candidate> open;
    for (const auto& member : front.members()) {
      if (!visited.contains(member.candidate)) open.push_back(member.candidate);
    }
    if (open.empty()) {
      const auto drawn = draw(space, log, random, 1);
      if (drawn.empty()) return;
      // From a start that the front refuses, too: what lies around it is not known.
      open = drawn;
      add(drawn[0]);
    }
    const Candidate from = open[random.below(open.size())];
    visited.insert(from);
    std::vector<Candidate> near = space.neighbours(from);
    random.shuffle(near);
    for (const Candidate candidate : near) {
      if (log.propose(candidate) == Verdict::kEvaluated) add(candidate);
    }
  }
}

}  // namespace flnas::searches::llmnas
