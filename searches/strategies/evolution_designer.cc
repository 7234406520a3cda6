#include "searches/strategies/evolution_designer.h"

#include <algorithm>

#include "harness/base/random.h"
#include "searches/spaces/cnn/sample.h"

namespace flnas::searches {

EvolutionConfig EvolutionConfig::for_budget(int designs) {
  EvolutionConfig config;
  config.population = static_cast<std::size_t>(std::clamp(designs / 4, 4, 50));
  config.tournament = std::max<std::size_t>(2, config.population / 4);
  return config;
}

EvolutionDesigner::EvolutionDesigner(Choices choices, EvolutionConfig config, BestRule rule, std::uint64_t seed)
    : choices_(std::move(choices)), config_(config), rule_(rule), seed_(seed) {}

Answer EvolutionDesigner::propose(const History& history, int round, int attempt) {
  Random random(mix_seed(mix_seed(seed_, static_cast<std::uint64_t>(round)), static_cast<std::uint64_t>(attempt)));
  auto population = usable(history.evaluations);
  if (history.evaluations.size() < config_.population || population.empty()) {
    return {.proposal = sample(choices_, random), .memo = {{"parents", Json::array()}}};
  }
  if (population.size() > config_.population) {
    population.erase(population.begin(), population.end() - static_cast<std::ptrdiff_t>(config_.population));
  }
  const auto parent = [&] {
    std::vector<const Evaluation*> tournament;
    for (std::size_t i = 0; i < config_.tournament; ++i) {
      tournament.push_back(population[random.below(population.size())]);
    }
    return get_best(tournament, rule_).evaluation;
  };
  const Evaluation* first = parent();
  Answer answer{.proposal = history.design_of(*first), .memo = {{"parents", {first->name}}}};
  if (random.uniform() < config_.crossover) {
    const Evaluation* second = parent();
    answer.proposal = crossover(answer.proposal, history.design_of(*second), choices_, random);
    answer.memo["parents"].push_back(second->name);
  }
  answer.proposal = mutate(answer.proposal, choices_, random);
  return answer;
}

}  // namespace flnas::searches
