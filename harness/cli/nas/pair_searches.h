#pragma once

#include <cstdint>
#include <vector>

#include "harness/cli/nas/search.h"
#include "searches/llmnas/strategies.h"

namespace flnas::cli {

/// A strategy with its row in the record.
struct NasArm {
  searches::llmnas::Strategy strategy;
  NasStrategy row;
};

/// The strategies asked for, or all; those that nobody can answer have status `not measured`. Throws ConfigError for an
/// unknown one, and for one named that nobody can answer.
std::vector<NasArm> nas_arms(const NasSearchRequest& request);

/// What the searches of all pairs have in common.
struct NasSearches {
  const NasSearchRequest& request;
  std::vector<NasArm> arms;
  std::vector<std::uint64_t> seeds;
  Json settings;                         ///< of which other values make another search
  searches::ChatClient* chat = nullptr;  ///< null where nobody answers
};

/// Every arm's search with every seed on one data set and device, in the order of arms: those that are not in
/// OUT/searches/<dataset>-<device>.jsonl yet are run, in `jobs` threads; those with a language model one after the
/// other, since they ask several questions at once themselves. `predictors`: one per seed, or none.
std::vector<NasSearchResult> search_pair(const NasSearches& searches, const searches::llmnas::CellProblem& problem,
                                         const NasSearchView& view,
                                         const std::vector<searches::llmnas::PredictedAccuracy>& predictors,
                                         const searches::llmnas::Scorer& scorer);

}  // namespace flnas::cli
