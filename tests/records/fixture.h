#pragma once

#include "harness/base/files.h"
#include "harness/base/hash.h"
#include "harness/base/random.h"
#include "harness/evaluation/evaluate.h"
#include "harness/evaluation/old/version2.h"
#include "harness/evaluation/statistics.h"
#include "harness/records/store.h"
#include "harness/records/summaries.h"
#include "tests/base/fixture.h"

namespace flnas::test {

/// Predictions of 24 test images, some without lesion, sex or age.
inline Predictions some_predictions(std::uint64_t seed) {
  const std::vector<std::string> classes{"benign", "malignant"};
  const std::vector<std::string> sexes{"male", "female", ""}, ages{"25.0", "45.0", "80.0", ""};
  Random random(seed);
  Predictions predictions;
  predictions.attributes = {"sex", "age"};
  predictions.classes = classes;
  for (int i = 0; i < 24; ++i) {
    const float malignant = static_cast<float>(random.uniform());
    PredictionRow row;
    row.image = fmt::format("IMG_{:02}", i);
    row.lesion = i % 5 == 0 ? "" : fmt::format("LES_{:02}", i / 2);
    row.subset = "test";
    row.label = classes[random.below(2)];
    row.prediction = classes[malignant > 0.5F ? 1 : 0];
    row.attributes = {sexes[random.below(3)], ages[random.below(4)]};
    row.probabilities = {1 - malignant, malignant};
    predictions.rows.push_back(row);
  }
  return predictions;
}

inline ModelInfo some_model() {
  ModelInfo model;
  model.name = "search3";
  model.title = "Search-3";
  model.source = "FL-NAS";
  model.classes = 2;
  model.input = {3, 64, 64};
  model.parameters = 148098;
  model.paper_parameters = 148098;
  model.match = "exact";
  return model;
}

/// A whole reproduction with one trained model, the constant predictor and one hardware record.
class FakeReproduction {
 public:
  FakeReproduction() {
    write_split();
    write_train(out() / "runs/search3-s1-0123456789ab");
    write_constant(out() / "runs/constant");
    write_device(out() / "hardware/search3");
    Reproduction reproduction;
    reproduction.command = "flnas reproduce --profile quick --out o";
    reproduction.started = reproduction.finished.emplace("2026-01-01T00:00:00Z");
    reproduction.task = "binary";
    reproduction.protocol = "clean";
    reproduction.seeds = {1};
    reproduction.models = {"search3"};
    reproduction.data.fingerprint = "f";
    reproduction.split.sha256 = split_sha256_;
    reproduction.split.images = {2, 1, 24};
    reproduction.runs = {"runs/search3-s1-0123456789ab", "runs/constant"};
    reproduction.hardware = {"hardware/search3"};
    write_reproduction(out(), reproduction);
    write_statistics(out());
  }

  const std::filesystem::path& out() const { return folder_.path; }
  std::filesystem::path run() const { return out() / "runs/search3-s1-0123456789ab"; }
  std::filesystem::path hardware() const { return out() / "hardware/search3"; }

 private:
  void write_split() {
    Json split{{"format", "flnas-split/1"}, {"subsets", {{"train", {"A", "B"}}, {"validation", {"C"}}}}};
    for (const auto& row : some_predictions(1).rows) split["subsets"]["test"].push_back(row.image);
    write_json(out() / "split.json", split);
    split_sha256_ = sha256_file(out() / "split.json");
  }

  RunRecord record(const std::filesystem::path& folder, const Predictions& predictions) {
    RunRecord record;
    record.started = record.finished = "2026-01-01T00:00:00Z";
    record.command = "flnas train search3 --data d --split s --out r";
    record.model = some_model();
    record.seed = 1;
    record.data = {"isic2019", "d", "f", true, "binary", "clean", {"benign", "malignant"}, split_sha256_, {2, 1, 24}};
    write_predictions(folder / "predictions.csv", predictions);
    metrics::BootstrapConfig config;
    config.resamples = 50;
    const Adapter adapter = load_adapter("isic2019");
    record.metrics = evaluate_version2(predictions, adapter, adapter.task("binary"), "test",
                                       {.min_support = 0, .bootstrap = config});
    record.files["predictions.csv"] = sha256_file(folder / "predictions.csv");
    return record;
  }

  void write_train(const std::filesystem::path& folder) {
    RunRecord run = record(folder, some_predictions(1));
    std::vector<Epoch> history;
    for (int epoch = 1; epoch <= 3; ++epoch) {
      history.push_back({epoch, 0.7 / epoch, 0.6, epoch == 2 ? 0.4 : 0.5, 0.7, 1e-3, 2.0, 0.1});
      append_line(folder / "history.jsonl", record_to_json(history.back()).dump());
    }
    run.effective = {{"epochs", 5}};
    run.training = summarise_training(history, training_rules(run.effective));
    run.training->peak_bytes = 1 << 20;
    run.files["history.jsonl"] = sha256_file(folder / "history.jsonl");
    run.files["model.pt"] = sha256("weights that are not here");
    write_run(folder, run);
  }

  void write_constant(const std::filesystem::path& folder) {
    Predictions predictions = some_predictions(1);
    for (auto& row : predictions.rows) {
      row.prediction = "benign";
      row.probabilities = {1, 0};
    }
    RunRecord run = record(folder, predictions);
    run.kind = "constant";
    run.model = {"constant", "Constant (majority class)", "", 2, {3, 64, 64}, 0, 0, std::nullopt, "none"};
    write_run(folder, run);
  }

  void write_device(const std::filesystem::path& folder) {
    LatencySamples samples{kRecordSchema, 2, 2, "eager", 3, {10.5, 11.25, 10, 12, 30}};
    write_json(folder / "latency.json", record_to_json(samples));
    HardwareRecord hardware;
    hardware.model = some_model();
    hardware.memory = {PeakMemory{8, 1000}, PeakMemory{2, 500}};
    hardware.latency = summarise_latency(samples);
    hardware.files["latency.json"] = sha256_file(folder / "latency.json");
    write_hardware(folder, hardware);
  }

  TemporaryFolder folder_;
  std::string split_sha256_;
};

}  // namespace flnas::test
