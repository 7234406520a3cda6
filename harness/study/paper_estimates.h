#pragma once

#include "harness/base/json.h"
#include "harness/nn/registry.h"

namespace flnas::study {

/// Estimates for Table I's models and its values for the Pi 4 and the A10, at its geometry and batch of two:
/// {platform: {models: [{model, identified, paper_s, estimate_s, low_s, high_s, ratio}], spearman, inside}}, where
/// ratio is the paper's over the estimate and `inside` counts the models whose latency lies in the estimate's band. A
/// platform without efficiencies is left out. `registry` holds Table I's models.
Json compare_estimates_with_paper(const nn::Registry& registry);

}  // namespace flnas::study
