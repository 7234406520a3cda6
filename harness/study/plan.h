#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "harness/nn/registry.h"
#include "harness/study/grid.h"
#include "harness/study/models.h"
#include "harness/study/profile.h"
#include "harness/study/reproduction.h"

namespace flnas::study {

/// A request with its profile resolved.
struct Plan {
  const ReproduceRequest& request;
  Profile profile;                      ///< with the request's changes in it
  std::vector<std::string> overrides;   ///< those changes, as flags
  std::vector<ReproducedModel> models;  ///< in the report's order
  std::vector<std::string> references;  ///< in addition to the constant predictor
  bool has_own_models = false;          ///< whether a model is not in Table I
  std::vector<int> folds = {0};         ///< of crossfit 1 to K; else 0 alone
  int jobs = 1;
};

/// Keeps a reference to the request. `listed`: the names of Table I's models. Throws ConfigError for settings.
Plan make_plan(const ReproduceRequest& request, const nn::Registry& registry, const std::vector<std::string>& listed);

/// Models x folds x seeds; the first seed of all models comes first.
std::vector<PlannedRun> plan_runs(const Plan& plan, const DataSource& source, const std::vector<std::uint64_t>& seeds,
                                  const nn::Registry& registry);

/// The hardware measurements of each model (for tables, at their columns): on this machine, and with `papers` on Table
/// I's devices, which are estimated if this machine is another.
std::vector<PlannedRun> plan_measurements(const Plan& plan, const DataSource& source, bool papers);

/// A reference (harness/runs/reference.h) in each fold: "runs/constant" or "runs/constant-f2", and for those with a
/// seed "runs/xgboost-f2-s1".
struct PlannedReference {
  std::string name;
  std::uint64_t seed = 1;
  std::vector<std::string> folders;  ///< as Plan::folds
  std::string pooled;                ///< "pooled/constant", if there are folds
};

/// The constant predictor, then the references of the data.
std::vector<PlannedReference> plan_references(const Plan& plan);

}  // namespace flnas::study
