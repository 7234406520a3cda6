#pragma once

#include <cstddef>
#include <cstdint>

#include "harness/train/config.h"

namespace flnas {

/// Steps of one epoch: batches of `batch`, the last smaller; one of a single image belongs to the one before it.
std::int64_t steps_per_epoch(std::size_t images, int batch);

/// The learning rate of a step, counted from 0 over all epochs: rises linearly from lr / n over the n steps of the
/// warm-up, then is constant, or falls as half a cosine that reaches zero after the last epoch.
/// Source: Goyal et al., arXiv 1706.02677, section 2.2 (warm-up); Loshchilov and Hutter, arXiv 1608.03983, equation 5
/// (cosine, without restarts). The rule of LinearLR followed by CosineAnnealingLR of torch.optim.lr_scheduler.
double learning_rate(const TrainConfig& config, std::int64_t step, std::int64_t steps_per_epoch);

}  // namespace flnas
