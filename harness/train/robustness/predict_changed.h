#pragma once

#include <string>

#include "harness/train/predict.h"

namespace flnas {

/// The model's answers to the images of a subset as they are, under every corruption at every level, and attacked: the
/// rows of each condition have its name as their subset ("clean", "gaussian_noise:3", "fgsm:1"), as robustness.json
/// reads them (harness/evaluation/robustness.h). The noise depends on `seed` alone. Throws ConfigError for a table,
/// which has no images.
Predictions predict_changed(nn::Classifier& model, const RunData& data, const std::string& subset,
                            const DeviceSetup& setup, std::uint64_t seed = 1);

}  // namespace flnas
