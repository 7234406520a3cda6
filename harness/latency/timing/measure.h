// Latency and memory of a model on this machine. It does not know data sets, training runs or tables.
#pragma once

#include <c10/core/Device.h>

#include <functional>
#include <memory>

#include "harness/records/record.h"
#include "harness/records/summaries.h"
#include "harness/train/config.h"

namespace flnas {
namespace nn {
class Classifier;
}

struct LatencyConfig {
  int batch = 2;           ///< images per forward; the paper's is 2
  int size = 224;          ///< side of the image
  int warm_up = 3;         ///< forwards before the first sample
  double seconds = 3;      ///< samples are taken for this long, but
  int least_samples = 15;  ///< no fewer than these
  int most_samples = 1000;
};

/// Times the eager forward of a whole batch, one sample each, in evaluation mode without gradients, on random images;
/// the device is synchronised before and after each.
LatencySamples measure_latency(nn::Classifier& model, const LatencyConfig& config, const TrainConfig& effective);

/// The most bytes that tensors hold at once in a step, weights included, counted at the allocator.
/// The training step is Adam's second: its state is there (a first step on two images makes it).
PeakMemory measure_training_peak(const std::function<std::shared_ptr<nn::Classifier>()>& make, int classes, int size,
                                 int batch, const TrainConfig& effective);
PeakMemory measure_inference_peak(const std::function<std::shared_ptr<nn::Classifier>()>& make, int size, int batch,
                                  const TrainConfig& effective);

}  // namespace flnas
