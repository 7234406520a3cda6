#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "searches/llmnas/coevolution.h"
#include "searches/llmnas/llm_proposer.h"
#include "searches/llmnas/scoring.h"

namespace flnas::searches::llmnas {

/// How a strategy searches.
enum class Method { kCoevolution, kRandom, kEvolution, kNsga2, kLocal };

/// A row of the table of strategies. All get the same budget of distinct valid cells; what the predictor was trained on
/// comes out of it.
struct Strategy {
  std::string name;    ///< "nsga2"
  std::string title;   ///< "NSGA-II"
  std::string group;   ///< strategy, baseline or ablation
  std::string source;  ///< authors, venue, year; blank for ablations
  Method method = Method::kCoevolution;
  std::string partition = "convolutions";  ///< see make_partition; methods other than co-evolution have none
  bool language_model = false;
  bool knowledge = true;  ///< with a language model
  Emphasis emphasis = Emphasis::kTradeOff;
  bool predictor = true;  ///< false: by validation accuracies, whole budget
};

/// Every strategy, in the order of tables.
const std::vector<Strategy>& strategies();
/// Throws ConfigError naming the nearest.
const Strategy& find_strategy(const std::string& name);
/// For the record: everything but the status. `budget`: evaluations of a search, without those of the predictor.
NasStrategy describe(const Strategy& strategy, std::size_t budget);

/// One search.
struct SearchRun {
  SearchTrace trace;
  std::int64_t proposals = 0, repeated = 0, invalid = 0;
  double seconds = 0;
  std::string reason;  ///< why it ended before the budget was used up; blank otherwise
  std::optional<ChatUse> chat;
};

/// `budget`: evaluations of this search, without those of the predictor. `chat`: of strategies with a language model,
/// which take `settings` for the rest. Errors of the chat pass through.
SearchRun run_strategy(const Strategy& strategy, const CellProblem& problem, const Partition& partition,
                       std::size_t budget, std::uint64_t seed, ChatClient* chat, const LlmProposerSettings& settings);

}  // namespace flnas::searches::llmnas
