#pragma once

#include <cstdint>
#include <vector>

#include "searches/llm/chat/chat.h"
#include "searches/session/table_arms.h"
#include "searches/spaces/nas_bench_201/scoring.h"

namespace flnas::searches {

/// What the searches of all pairs have in common.
struct TableSearches {
  const SearchRequest& request;
  std::vector<TableArm> arms;
  std::vector<std::uint64_t> seeds;
  Json settings;               ///< of which other values make another search
  ChatClient* chat = nullptr;  ///< null where nobody answers
};

/// Every arm's search with every seed on one data set and device, in the order of arms: those that are not in
/// OUT/searches/<dataset>-<device>.jsonl yet are run, in `jobs` threads; those with a language model one after the
/// other, since they ask several questions at once themselves. `predictors`: one per seed, or none.
std::vector<NasSearchResult> search_pair(const TableSearches& searches, const CellProblem& problem,
                                         const NasSearchView& view, const std::vector<PredictedAccuracy>& predictors,
                                         const Scorer& scorer);

}  // namespace flnas::searches
