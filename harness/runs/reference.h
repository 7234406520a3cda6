// Predictors that models are compared with and that are not networks.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/metrics/rates/support.h"
#include "harness/records/record.h"
#include "harness/train/config.h"
#include "harness/train/run_data.h"

namespace flnas {

inline constexpr char kConstant[] = "constant";
inline constexpr char kBoostedTrees[] = "xgboost";

/// The references for models of this task: the adapter's scores by their names, and for tables with two classes
/// gradient-boosted trees. The constant predictor is not listed, since every study has it.
std::vector<std::string> references_of(const Adapter& adapter, const Task& task);

struct ReferenceRequest {
  std::string name;  ///< kConstant, kBoostedTrees, or a score's
  DataSource data;
  TrainConfig config;  ///< of the models beside it; the seed is the trees'
  std::filesystem::path out;
  std::string command;
  int min_support = metrics::kMinSupport;
};

/// Writes predictions.csv of the test part and run.json, kind "constant" or "reference", without training.
///
///     constant   the class that most training rows have, with certainty
///     xgboost    200 trees of depth 3 at rate 0.05 on the training part, log loss (harness/boosting), categories as
///                one-hot columns. Source: Chen and Guestrin, KDD 2016
///     a score    a prediction of the table itself: its order and decisions are the score's, but its probabilities
///                have no meaning (probability_of in datasets/tables/features.h)
///
/// Throws ConfigError for an unknown name.
RunRecord run_reference(const ReferenceRequest& request);

}  // namespace flnas
