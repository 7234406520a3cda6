#pragma once

#include <filesystem>
#include <string>

#include "harness/base/json.h"
#include "searches/core/archive.h"

namespace flnas::searches {

/// What fewer epochs would have told of the designs of a search: the rank correlation of a validation figure after each
/// epoch with the same figure of the epoch that was kept, over all designs whose training is in `out`:
///
///     {"figure": "validation_auroc", "designs": N, "spearman": [after epoch 1, 2, ...]}
///
/// The figure is the one by which epochs are kept (`selection` of the training's settings). A design whose training
/// ended before an epoch counts with its last one. A learning rate that falls over all epochs makes the first ones
/// worse than a schedule of their own would be. Null below three designs; a correlation is null where it is undefined.
Json short_training(const std::filesystem::path& out, const History& history, const std::string& selection);

}  // namespace flnas::searches
