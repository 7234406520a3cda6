// Search strategies: one file each, and a table of them. Strategies see spaces, evaluators and archives only through
// searches/core: they do not know which space they search, nor tables, training, files or records.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "searches/core/evaluator.h"
#include "searches/core/search_space.h"
#include "searches/core/search_strategy.h"
#include "searches/llm/llm_caller.h"
#include "searches/llm/prompt.h"

namespace flnas::searches {

/// What a strategy is created for. The references have to outlive it.
struct StrategyContext {
  const SearchSpace& space;
  const Evaluator& evaluator;
  std::size_t budget = 10;  ///< evaluations: populations follow it
  std::uint64_t seed = 1;
  std::optional<double> latency_limit_us;  ///< of fahana's reward

  // With a language model.
  LlmCaller* llm = nullptr;  ///< null: no language model
  LlmSettings llm_settings;
  /// flnas's question; empty: architecture_question (searches/llm/architecture_prompt.h).
  std::function<ChatMessages(const Turn&)> question;
};

/// A row of the table of strategies.
struct StrategyEntry {
  std::string name;                   ///< "nsga2", as on the command line
  std::string title;                  ///< "NSGA-II"
  std::string source;                 ///< authors, venue, year
  bool needs_tokens = false;          ///< of its space: a token sequence
  bool needs_prior = false;           ///< of its space: a part that a practitioner would write
  bool needs_accuracy = false;        ///< of its evaluator
  bool needs_language_model = false;  ///< without one it cannot propose
  bool takes_language_model = false;  ///< it can use one
  bool by_niches = false;             ///< searches each niche of its space by itself; asking, it keeps rules for each
  /// Populations and the like at this budget, for records.
  std::function<Json(std::size_t budget, bool is_costly)> settings;
  std::function<std::unique_ptr<SearchStrategy>(const StrategyContext&)> make;
};

/// Every strategy, in the order of tables.
const std::vector<StrategyEntry>& strategy_entries();

/// Throws ConfigError naming the nearest.
const StrategyEntry& find_strategy(const std::string& name);

/// Throws ConfigError for an unknown name, and where the space, the evaluator or a language model lacks what the
/// strategy needs: it says what.
std::unique_ptr<SearchStrategy> make_strategy(const std::string& name, const StrategyContext& context);

// What the table is made of; each is described in its own file.

std::unique_ptr<SearchStrategy> make_random(const StrategyContext& context);
std::unique_ptr<SearchStrategy> make_random_sensible(const StrategyContext& context);
std::unique_ptr<SearchStrategy> make_evolution(const StrategyContext& context);
std::unique_ptr<SearchStrategy> make_local(const StrategyContext& context);
std::unique_ptr<SearchStrategy> make_nsga2(const StrategyContext& context);
std::unique_ptr<SearchStrategy> make_fahana(const StrategyContext& context);
std::unique_ptr<SearchStrategy> make_flnas(const StrategyContext& context);
std::unique_ptr<SearchStrategy> make_llmnas(const StrategyContext& context);

/// Evolution's and NSGA-II's populations, so that most candidates are children: a sixth of the budget, 10 to 50; where
/// evaluations are costly a quarter of it, 4 to 50.
std::size_t population_for(std::size_t budget, bool is_costly);
/// Contestants of evolution's tournaments: a fifth of the population; where evaluations are costly a quarter, at
/// least 2.
std::size_t tournament_for(std::size_t population, bool is_costly);
inline constexpr double kNsga2Crossover = 0.9;
/// Random candidates that local search starts from: 10; where evaluations are costly a fifth of the budget, 2 to 10.
std::size_t local_starts_for(std::size_t budget, bool is_costly);
/// Generations of llmnas after the random one.
inline constexpr int kGenerations = 10;

}  // namespace flnas::searches
