#include "harness/train/predict.h"

#include <ATen/Functions.h>

#include <algorithm>

#include "harness/base/error.h"
#include "harness/nn/classifier.h"
#include "harness/train/batches.h"

namespace flnas {
namespace {

constexpr int kBatch = 32;

/// [N, C] float32 on the CPU.
at::Tensor probabilities(nn::Classifier& model, const Examples& examples, const DeviceSetup& setup,
                         const InputChange& change) {
  const nn::EvalMode evaluation(model);
  const at::NoGradGuard no_grad;
  BatchReader reader(examples, in_order(examples.count()), kBatch, setup.device.is_cuda());
  std::vector<at::Tensor> parts;
  std::size_t first = 0;
  for (Batch batch; reader.next(batch);) {
    at::Tensor inputs = as_input(batch.inputs, setup);
    if (change) {
      inputs = change({inputs, batch.labels.to(setup.device), first});
      if (inputs.dim() == 4) inputs = inputs.contiguous(setup.memory_format);
    }
    first += static_cast<std::size_t>(batch.labels.size(0));
    const Autocast autocast(setup);
    const at::Tensor logits = model.forward(inputs).to(at::kFloat);
    if (!at::isfinite(logits).all().item<bool>()) {
      throw DataError("the model's outputs are not numbers (NaN or infinite); train it again, with a lower --lr");
    }
    parts.push_back(at::softmax(logits, 1).cpu());
  }
  return at::cat(parts).contiguous();
}

Predictions with_metadata(const RunData& data, const std::string& subset) {
  Predictions predictions;
  predictions.classes = data.task().classes;
  for (const auto& attribute : data.table().adapter.attributes) predictions.attributes.push_back(attribute.name);
  for (const std::size_t index : data.rows(subset)) {
    const Row& row = data.table().rows[index];
    PredictionRow out;
    out.image = row.image;
    out.lesion = row.lesion;
    out.subset = subset;
    out.label =
        data.task().classes[static_cast<std::size_t>(data.task().class_of[static_cast<std::size_t>(row.label)])];
    out.attributes = row.values;
    predictions.rows.push_back(std::move(out));
  }
  return predictions;
}

void answer(PredictionRow& row, const std::vector<std::string>& classes, std::vector<float> shares) {
  const auto best = std::max_element(shares.begin(), shares.end()) - shares.begin();
  row.prediction = classes[static_cast<std::size_t>(best)];
  row.probabilities = std::move(shares);
}

}  // namespace

Predictions predict(nn::Classifier& model, const RunData& data, const std::string& subset, const DeviceSetup& setup,
                    const InputChange& change) {
  Predictions predictions = with_metadata(data, subset);
  const ExampleData all = data.examples();
  const Examples& rows = subset == "train" ? all.train : subset == "validation" ? all.validation : all.test;
  const at::Tensor shares = probabilities(model, rows, setup, change);
  const auto classes = static_cast<std::size_t>(shares.size(1));
  for (std::size_t i = 0; i < predictions.rows.size(); ++i) {
    const float* row = shares.data_ptr<float>() + i * classes;
    answer(predictions.rows[i], predictions.classes, {row, row + classes});
  }
  return predictions;
}

Predictions predict_constant(const RunData& data, const std::string& subset, int class_index) {
  Predictions predictions = with_metadata(data, subset);
  std::vector<float> certain(predictions.classes.size(), 0.0F);
  certain[static_cast<std::size_t>(class_index)] = 1;
  for (auto& row : predictions.rows) answer(row, predictions.classes, certain);
  return predictions;
}

int majority_class(const RunData& data) {
  std::vector<int> counts(data.task().classes.size(), 0);
  for (const std::int64_t label : data.examples().train.label) ++counts[static_cast<std::size_t>(label)];
  return static_cast<int>(std::max_element(counts.begin(), counts.end()) - counts.begin());
}

}  // namespace flnas
