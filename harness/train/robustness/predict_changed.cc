#include "harness/train/robustness/predict_changed.h"

#include <fmt/format.h>

#include <utility>

#include "harness/base/error.h"
#include "harness/base/random.h"
#include "harness/train/robustness/corruptions.h"

namespace flnas {
namespace {

void append(Predictions& all, Predictions of_condition, const std::string& subset) {
  for (PredictionRow& row : of_condition.rows) {
    row.subset = subset;
    all.rows.push_back(std::move(row));
  }
}

}  // namespace

Predictions predict_changed(nn::Classifier& model, const RunData& data, const std::string& subset,
                            const DeviceSetup& setup, std::uint64_t seed) {
  if (data.size() == 0) throw ConfigError("robustness is of images: a table's rows cannot be corrupted");
  Predictions all = predict(model, data, subset, setup);
  for (PredictionRow& row : all.rows) row.subset = "clean";
  std::uint64_t stream = 0;
  for (const Corruption& corruption : corruptions()) {
    for (std::size_t level = 0; level < corruption.severities.size(); ++level) {
      const std::uint64_t of_condition = mix_seed(seed, stream++);
      const auto change = [&](const InputBatch& batch) {
        return corruption.apply(batch.inputs, corruption.severities[level], mix_seed(of_condition, batch.first));
      };
      append(all, predict(model, data, subset, setup, change), fmt::format("{}:{}", corruption.name, level + 1));
    }
  }
  for (std::size_t level = 0; level < kFgsmEpsilons.size(); ++level) {
    const auto change = [&](const InputBatch& batch) {
      return fgsm(model, batch.inputs, batch.labels, kFgsmEpsilons[level]);
    };
    append(all, predict(model, data, subset, setup, change), fmt::format("fgsm:{}", level + 1));
  }
  return all;
}

}  // namespace flnas
