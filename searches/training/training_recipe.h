#pragma once

#include <string>
#include <vector>

#include "harness/train/config.h"
#include "searches/training/image_counts.h"

namespace flnas::searches {

/// How every design of a search is trained, a line each: budget, optimiser, loss with the classes' weights, what is
/// done to the images, which epoch is kept and when training ends. It says what the settings say and no more: that
/// training ends when validation no longer improves stands there only where it can happen. `classes`: of the task.
/// `frozen_head`: stages that every design begins with.
std::string recipe_text(const TrainConfig& config, const ImageCounts& counts, const std::vector<std::string>& classes,
                        int frozen_head = 0);

}  // namespace flnas::searches
