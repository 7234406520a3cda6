// What is searched: a space with the evaluator that a request asks for, and what records, prompts and terminals say of
// both. Everything else that a search does is run_arm's (run_arm.h), the same for all.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "searches/core/archive.h"
#include "searches/core/evaluator.h"
#include "searches/core/search_space.h"
#include "searches/llm/prompt.h"

namespace flnas::searches {

/// One search of a problem.
struct SearchArm {
  std::string name;      ///< in comparisons
  std::string strategy;  ///< as strategies.h names it
  PromptParts parts;     ///< of FL-NAS's prompt
  bool asks = false;     ///< a language model
  std::uint64_t seed = 1;
  std::filesystem::path folder;  ///< for its record and archive.jsonl
};

class Problem {
 public:
  virtual ~Problem() = default;

  virtual const SearchSpace& space() const = 0;
  /// Of the searches with one seed, which share what it keeps in `out`.
  virtual std::unique_ptr<Evaluator> evaluator(const std::filesystem::path& out, std::uint64_t seed) const = 0;
  virtual std::optional<double> latency_limit_us() const { return std::nullopt; }
  /// flnas's question of an arm; empty: the general one (searches/llm/architecture_prompt.h).
  virtual std::function<ChatMessages(const Archive&)> question(const SearchArm& arm,
                                                               const Evaluator& evaluator) const = 0;
  /// How the best of its evaluations is chosen, and with it strategies are compared; null where nothing tells.
  virtual const BestRule* rule() const { return nullptr; }

  // The record.

  virtual const char* record_file() const = 0;  ///< "search.json"
  /// Its first keys: {schema, kind}, and what it says of data and target.
  virtual Json header() const = 0;
  /// What an arm's figures and their order depend on besides its strategy, seed, budget and language model.
  virtual Json settings(const SearchArm& arm) const = 0;
  /// Adds how the search stands. `record` has turns, seconds and, with a language model, the ledger.
  virtual void summarise(Json& record, const History& history) const = 0;
  /// Adds what only a search that ended has, and writes its files. `evaluator`: one that this problem made.
  virtual void finish(Json& record, const SearchArm& arm, const History& history, const Evaluator& evaluator) const {
    (void)record, (void)arm, (void)history, (void)evaluator;
  }

  // For a terminal.

  /// After each new evaluation.
  virtual void show(const SearchArm& arm, const Evaluation& evaluation) const { (void)arm, (void)evaluation; }
  /// Of a search that ended.
  virtual std::string text(const Json& record, const std::filesystem::path& out) const = 0;
};

}  // namespace flnas::searches
