#include "searches/llmnas/coevolution.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <thread>

namespace flnas::searches::llmnas {
namespace {

/// Calls body(0) .. body(count - 1) in `threads` threads; then throws the error of the lowest one that failed.
template <class Body>
void run_all(std::size_t count, int threads, const Body& body) {
  std::vector<std::exception_ptr> errors(count);
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < count; i = next++) {
      try {
        body(i);
      } catch (...) {
        errors[i] = std::current_exception();
      }
    }
  };
  std::vector<std::thread> others;
  for (int i = 1; i < std::min(threads, static_cast<int>(count)); ++i) others.emplace_back(work);
  work();
  for (auto& thread : others) thread.join();
  for (const auto& error : errors) {
    if (error) std::rethrow_exception(error);
  }
}

/// The niches as they evolve.
class Population {
 public:
  Population(Space& space, EvaluationLog& log, std::uint64_t seed)
      : space_(space),
        log_(log),
        seed_(seed),
        niches_(static_cast<std::size_t>(space.niches())),
        archives_(niches_),
        last_(niches_),
        evaluated_(niches_, 0) {}

  /// Draws for a niche in a generation, independent of all others.
  Random random(int generation, std::size_t niche) const {
    return Random(mix_seed(mix_seed(seed_, static_cast<std::uint64_t>(generation)), niche));
  }

  /// `round` candidates shared out evenly: what does not divide goes to other niches in each generation.
  std::vector<std::size_t> shares(std::size_t round, int generation) const {
    std::vector<std::size_t> shares(niches_, 0);
    const std::size_t all = std::min(round, log_.left());
    for (std::size_t i = 0; i < niches_; ++i) {
      const std::size_t niche = (i + static_cast<std::size_t>(generation)) % niches_;
      shares[niche] = all / niches_ + (i < all % niches_ ? 1 : 0);
      if (const auto size = space_.niche_size(static_cast<int>(niche))) {
        shares[niche] = std::min(shares[niche], *size - std::min(*size, evaluated_[niche]));
      }
    }
    return shares;
  }

  std::vector<Child> draw(std::size_t niche, std::size_t count) const {
    Random draws = random(0, niche);
    std::vector<Child> drawn;
    std::vector<Candidate> chosen;
    while (drawn.size() < count) {
      const auto candidate = sample_new(space_, log_, static_cast<int>(niche), draws, chosen);
      if (!candidate) break;
      chosen.push_back(*candidate);
      drawn.push_back({.candidate = *candidate, .rationale = ""});
    }
    return drawn;
  }

  /// How many were evaluated.
  std::size_t evaluate(std::size_t niche, std::vector<Child> children) {
    std::erase_if(children, [&](const Child& child) { return log_.propose(child.candidate) != Verdict::kEvaluated; });
    for (const Child& child : children) archives_[niche].add(child.candidate, log_.at(child.candidate));
    evaluated_[niche] += children.size();
    last_[niche] = std::move(children);
    return last_[niche].size();
  }

  NicheView view(std::size_t niche, int generation, std::size_t wanted) const {
    return {.niche = static_cast<int>(niche),
            .generation = generation,
            .wanted = wanted,
            .front = archives_[niche],
            .last = last_[niche],
            .log = log_};
  }
  std::size_t niches() const { return niches_; }
  std::vector<Front>& archives() { return archives_; }

 private:
  Space& space_;
  EvaluationLog& log_;
  std::uint64_t seed_;
  std::size_t niches_;
  std::vector<Front> archives_;
  std::vector<std::vector<Child>> last_;
  std::vector<std::size_t> evaluated_;
};

}  // namespace

CoevolutionOutcome coevolve(Space& space, EvaluationLog& log, Proposer& proposer, std::uint64_t seed,
                            CoevolutionSettings settings) {
  Population population(space, log, seed);
  const auto rounds = static_cast<std::size_t>(settings.generations) + 1;
  const std::size_t round = (log.budget() + rounds - 1) / rounds;
  const auto first = population.shares(round, 0);
  for (std::size_t niche = 0; niche < population.niches(); ++niche) {
    population.evaluate(niche, population.draw(niche, first[niche]));
  }
  CoevolutionOutcome outcome;
  for (int failures = 0; !log.full();) {
    const int generation = ++outcome.generations;
    const auto shares = population.shares(round, generation);
    std::vector<Proposal> proposals(population.niches());
    run_all(population.niches(), proposer.at_once(), [&](std::size_t niche) {
      if (shares[niche] == 0) return;
      Random random = population.random(generation, niche);
      proposals[niche] = proposer.propose(population.view(niche, generation, shares[niche]), random);
    });
    std::size_t evaluated = 0;
    for (std::size_t niche = 0; niche < population.niches(); ++niche) {
      for (std::int64_t i = 0; i < proposals[niche].invalid; ++i) log.count_invalid();
      for (std::int64_t i = 0; i < proposals[niche].repeated; ++i) log.count_repeated();
      evaluated += population.evaluate(niche, std::move(proposals[niche].children));
    }
    failures = evaluated == 0 ? failures + 1 : 0;
    if (failures < settings.failures) continue;
    outcome.reason = fmt::format("{} generations in a row without a new candidate, after {} of {} evaluations",
                                 failures, log.order().size(), log.budget());
    break;
  }
  outcome.archives = std::move(population.archives());
  for (const Front& archive : outcome.archives) {
    for (const auto& member : archive.members()) outcome.merged.add(member.candidate, member.objectives);
  }
  return outcome;
}

}  // namespace flnas::searches::llmnas
