#include "harness/train/schedule.h"

#include <cmath>
#include <numbers>

namespace flnas {

std::int64_t steps_per_epoch(std::size_t images, int batch) {
  const auto n = static_cast<std::int64_t>(images), size = static_cast<std::int64_t>(batch);
  const bool joined = n % size == 1 && n > 1;
  return n / size + (n % size > 0 && !joined ? 1 : 0);
}

double learning_rate(const TrainConfig& config, std::int64_t step, std::int64_t steps_per_epoch) {
  const std::int64_t rising = config.warmup * steps_per_epoch;
  if (step < rising) return config.lr * static_cast<double>(step + 1) / static_cast<double>(rising);
  if (config.schedule == "constant") return config.lr;
  const std::int64_t falling = config.epochs * steps_per_epoch - rising;
  const double part = static_cast<double>(step - rising) / static_cast<double>(falling);
  return config.lr * 0.5 * (1 + std::cos(std::numbers::pi * part));
}

}  // namespace flnas
