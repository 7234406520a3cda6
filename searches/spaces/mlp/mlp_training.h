#pragma once

#include <memory>
#include <string>
#include <vector>

#include "datasets/adapters/adapter.h"
#include "searches/problem/problem.h"
#include "searches/spaces/mlp/mlp_space.h"
#include "searches/training/trained_space.h"

namespace flnas::searches {

/// "rows of 6 columns: age, priors_count (numbers), c_charge_degree (F or M)"
std::string columns_text(const std::vector<Feature>& features);

/// The space as a search by training takes it. `features`: the table's columns, for prompts; none: told in numbers.
TrainedSpace trained_mlp(std::shared_ptr<const MlpSpace> space, const std::vector<Feature>& features = {});

/// Designs of space mlp by training on a table (searches/training). Throws ConfigError and DataError as open_training,
/// and where the data are images.
std::unique_ptr<ProblemSet> open_mlp_training(const SearchPlan& plan);

}  // namespace flnas::searches
