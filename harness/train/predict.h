#pragma once

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <functional>
#include <string>

#include "harness/records/predictions.h"
#include "harness/train/device.h"
#include "harness/train/run_data.h"

namespace flnas {
namespace nn {
class Classifier;
}

/// What a model is about to see: float32 on its device, with the labels there.
struct InputBatch {
  at::Tensor inputs, labels;
  std::size_t first = 0;  ///< the place of its first example in the subset
};
/// What it sees instead; shapes as before.
using InputChange = std::function<at::Tensor(const InputBatch& batch)>;

/// The model's predictions for one subset, in the subset's order, with the metadata that metrics need. Probabilities
/// are the softmax of the logits in float32; the prediction is the class with the largest one. `change`: null, the
/// inputs are shown as they are. Throws DataError if a logit is not finite.
Predictions predict(nn::Classifier& model, const RunData& data, const std::string& subset, const DeviceSetup& setup,
                    const InputChange& change = nullptr);

/// The same rows with one class predicted for all, with certainty.
Predictions predict_constant(const RunData& data, const std::string& subset, int class_index);

/// The task's class that has the most images in the training subset.
int majority_class(const RunData& data);

}  // namespace flnas
