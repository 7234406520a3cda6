#pragma once

#include <filesystem>

#include "datasets/adapters/adapter.h"
#include "harness/records/predictions.h"
#include "harness/records/record.h"
#include "searches/core/evaluation.h"
#include "searches/core/objectives.h"

namespace flnas::searches {

/// The scores that steer a search, from a run's record alone: what the first versions of archives held.
DesignScores scores_of(const RunRecord& record);

/// All of them: with those that need the run's predictions. Standard errors are the deviation over 500 draws of a
/// Bayesian bootstrap over lesions (metrics::weigh), `unfairness_by_chance` is the mean of 500 draws in which lesions
/// of one class exchange their groups (metrics::fair_null), all of the terms that have support. Takes about 0.1 s for
/// 1,000 rows. `adapter`: of the predictions' data set. `objectives`: what the search was told to go by; those that are
/// no costs become DesignScores::further, each with the standard error that its 95 % interval in the record implies.
DesignScores scores_of(const RunRecord& record, const Predictions& predictions, const Adapter& adapter,
                       const Objectives& objectives = {});

/// Whether one of these is a figure of corrupted or attacked images.
bool needs_robustness(const Objectives& objectives);

/// Of the folder below a run that has robustness.json of the validation images.
inline constexpr char kRobustnessFolder[] = "robustness";

/// Fills in those of DesignScores::further that are such figures from a run's robustness.json. Throws DataError where
/// it is missing and there are some.
void add_robust_scores(DesignScores& scores, const std::filesystem::path& run);

}  // namespace flnas::searches
