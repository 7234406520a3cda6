#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "harness/cli/search/chat.h"
#include "harness/records/nas_search.h"

namespace flnas::cli {

inline constexpr char kRanksFile[] = "predicted_ranks.bin";  ///< see searches/llmnas/predicted_ranks.h

/// What `flnas search llmnas --tables` was asked for.
struct NasSearchRequest {
  std::filesystem::path tables, out;
  std::vector<std::string> datasets, devices, strategies;  ///< blank: all
  std::string niches;                                      ///< of llmnas and llmnas-offline; blank: the paper's six
  std::string cost = "latency";                            ///< or energy
  std::int64_t budget = 500;                               ///< distinct valid cells of one search
  std::int64_t predictor_cells = 200;  ///< of these, those that the predictor is trained on; 0: none
  std::int64_t seeds = 20;
  std::uint64_t seed = 1;         ///< the first one
  unsigned jobs = 0;              ///< threads; 0: all cores
  std::string designer = "none";  ///< who answers in the place of a language model: none, llm, file or replay
  ChatRequestOptions chat;
  int calls = 4;     ///< questions under way at once
  int attempts = 3;  ///< proposals of a niche in a generation
  std::string command;
};

/// Runs what is not done yet and writes the record:
///
///     tables -> predictors (data set x seed) -> searches (pair x seed x strategy) -> OUT/searches/*.jsonl
///         -> scores -> OUT/nas_search.json, OUT/predicted_ranks.bin
///
/// A killed run goes on with the search that it was at. Exchanges with a server are recorded, by default in
/// OUT/exchanges.jsonl, so that no question is asked twice.
/// Strategies that need somebody to answer and have nobody are `not measured`. Throws ConfigError for unknown names, a
/// budget that the predictor uses up, a strategy named that nobody can answer, and where OUT holds searches of other
/// settings; what the tables and the chat throw passes through.
NasSearchRecord run_nas_search(const NasSearchRequest& request);

/// Hypervolume and IGD per strategy, for a terminal.
std::string nas_search_text(const NasSearchRecord& record);

}  // namespace flnas::cli
