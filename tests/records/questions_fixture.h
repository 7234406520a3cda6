#pragma once

#include "harness/evaluation/questions/questions.h"
#include "tests/records/fixture.h"

namespace flnas::test {

/// A study of two baselines, two searched networks and one of these under a mitigation, each trained by two seeds on
/// 160 images; of epochs, the second one's AUROCs rank the four architectures 2, 1, 4, 3 of the last one's 1, 2, 3, 4.
class QuestionStudy {
 public:
  struct Trained {
    std::string name;
    std::int64_t parameters;
    double right;  ///< share of images that it answers rightly
    double at_second_epoch, at_last;
  };
  inline static const std::vector<Trained> kModels = {{"mobilenet_v1", 3'000'000, 0.65, 0.72, 0.71},
                                                      {"resnet18", 11'000'000, 0.6, 0.71, 0.72},
                                                      {"search1", 300'000, 0.97, 0.74, 0.73},
                                                      {"search2", 30'000, 0.62, 0.73, 0.74},
                                                      {"search2@reweight", 30'000, 0.63, 0.7, 0.75}};

  explicit QuestionStudy(const std::string& name = "study", const std::string& protocol = "clean", double add = 0,
                         const std::string& data = "")
      : name_(name) {
    Reproduction reproduction;
    reproduction.command = "flnas reproduce --profile quick --out o";
    reproduction.started = reproduction.finished.emplace("2026-01-01T00:00:00Z");
    reproduction.task = "binary";
    reproduction.protocol = protocol;
    reproduction.seeds = {1, 2};
    reproduction.data.fingerprint = "f";
    reproduction.data.name = data;
    Json split{{"format", "flnas-split/1"}, {"subsets", {{"train", {"A"}}, {"validation", {"C"}}}}};
    for (const auto& row : predictions(0, 1).rows) split["subsets"]["test"].push_back(row.image);
    write_json(out() / "split.json", split);
    reproduction.split.sha256 = sha256_file(out() / "split.json");
    reproduction.split.images = {1, 1, 160};
    for (const Trained& model : kModels) {
      reproduction.models.push_back(model.name);
      for (const std::uint64_t seed : {1UL, 2UL}) {
        reproduction.runs.push_back(run_of(model.name, seed));
        write(model, seed, protocol, reproduction.split.sha256, add);
      }
    }
    write_reproduction(out(), reproduction);
    write_statistics(out());
  }

  std::filesystem::path out() const { return folder_.path / name_; }
  /// The folder that it lies in, for others beside it.
  const std::filesystem::path& root() const { return folder_.path; }
  static std::string run_of(const std::string& model, std::uint64_t seed) {
    return fmt::format("runs/{}-s{}-0123456789ab", model, seed);
  }
  static Roles roles() { return {{"search1", "search2"}, {"mobilenet_v1", "resnet18"}}; }

 private:
  /// So many of each class are right that accuracies do not depend on the seed; which ones does.
  static Predictions predictions(double right, std::uint64_t seed) {
    const std::vector<std::string> classes{"benign", "malignant"};
    Random random(seed);
    std::vector<int> order[2];
    for (int i = 0; i < 160; ++i) order[i % 2].push_back(i / 2);
    for (auto& each : order) random.shuffle(each);
    Predictions made;
    made.attributes = {"sex", "age"};
    made.classes = classes;
    for (int i = 0; i < 160; ++i) {
      const int label = i % 2;
      const bool correct = order[label][static_cast<std::size_t>(i / 2)] < 80 * right;
      const double most = random.uniform(0.51, 1);
      const auto malignant = static_cast<float>((label == 1) == correct ? most : 1 - most);
      PredictionRow row;
      row.image = fmt::format("IMG_{:03}", i);
      row.lesion = fmt::format("LES_{:03}", i);
      row.subset = "test";
      row.label = classes[static_cast<std::size_t>(label)];
      row.prediction = classes[malignant > 0.5F ? 1 : 0];
      row.attributes = {i / 2 % 2 == 0 ? "male" : "female", i / 4 % 2 == 0 ? "25.0" : i / 8 % 2 == 0 ? "45.0" : "80.0"};
      row.probabilities = {1 - malignant, malignant};
      made.rows.push_back(row);
    }
    return made;
  }

  void write(const Trained& model, std::uint64_t seed, const std::string& protocol, const std::string& split,
             double add) const {
    const auto folder = out() / run_of(model.name, seed);
    const auto made = predictions(model.right + add, seed + static_cast<std::uint64_t>(model.parameters) +
                                                         (model.name.find('@') != std::string::npos ? 10 : 0));
    RunRecord run;
    run.started = run.finished = "2026-01-01T00:00:00Z";
    run.command = "flnas train " + model.name + " --data d --split s --out r";
    run.model = some_model();
    run.model.name = run.model.title = model.name;
    run.model.parameters = model.parameters;
    run.seed = seed;
    run.requested = {{"seed", seed}};
    run.data = {"isic2019", "d", "f", true, "binary", protocol, {"benign", "malignant"}, split, {1, 1, 160}};
    write_predictions(folder / "predictions.csv", made);
    const Adapter adapter = load_adapter("isic2019");
    metrics::BootstrapConfig config;
    config.resamples = 200;
    run.metrics = evaluate_predictions(made, adapter, adapter.task("binary"), "test", {.bootstrap = config});
    run.files["predictions.csv"] = sha256_file(folder / "predictions.csv");
    std::vector<Epoch> history;
    for (int epoch = 1; epoch <= 3; ++epoch) {
      const double auroc = epoch == 1 ? 0.5 : epoch == 2 ? model.at_second_epoch : model.at_last;
      history.push_back({epoch, 0.7 / epoch, 0.6, 0.5, 0.7, 1e-3, 2.0, 0.1, auroc, 0.6});
      append_line(folder / "history.jsonl", record_to_json(history.back()).dump());
    }
    run.effective = {{"epochs", 3}};
    run.training = summarise_training(history, training_rules(run.effective));
    run.files["history.jsonl"] = sha256_file(folder / "history.jsonl");
    write_run(folder, run);
  }

  TemporaryFolder folder_;
  std::string name_;
};

}  // namespace flnas::test
