// Memory of a training step on this machine.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "harness/latency/machine/machine.h"
#include "harness/latency/timing/timed_model.h"
#include "harness/records/record.h"
#include "harness/train/config.h"

namespace flnas {
namespace nn {
class Classifier;
}

/// The paper's memory column is a training step at this batch size.
inline constexpr int kTrainingBatch = 8;

/// The most bytes that tensors hold at once in a step on `batch` inputs (nn::input_shape), weights included, counted at
/// the allocator. The step is Adam's second: its state is there (a first step on two inputs makes it).
PeakMemory measure_training_peak(const std::function<std::shared_ptr<nn::Classifier>()>& make,
                                 const nn::ModelOptions& options, int batch, const TrainConfig& effective);

/// The same of a case's model, at batch kTrainingBatch. Null where it cannot be trained (a frozen TorchScript file), or
/// where the machine has less memory than such a step will need, which a line on stderr says.
std::optional<PeakMemory> training_peak_of(const TimingCase& timing, Machine& machine);

}  // namespace flnas
