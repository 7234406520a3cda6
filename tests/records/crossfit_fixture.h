#pragma once

#include "harness/evaluation/pool.h"
#include "tests/records/fixture.h"

namespace flnas::test {

/// A reproduction by crossfit with three folds of eight images each: a model that was trained in each, and their pool.
class FakeCrossfit {
 public:
  static constexpr int kFolds = 3, kEach = 8;

  FakeCrossfit() {
    Json split{{"format", "flnas-split/2"}, {"folds", Json::array()}};
    for (int fold = 1; fold <= kFolds; ++fold) {
      Json test = Json::array();
      for (const auto& row : rows(fold).rows) test.push_back(row.image);
      split["folds"].push_back({{"validation", {rows(fold % kFolds + 1).rows[0].image}}, {"test", test}});
    }
    write_json(out() / "split.json", split);
    Reproduction reproduction;
    reproduction.started = reproduction.finished.emplace("2026-01-01T00:00:00Z");
    reproduction.task = "binary";
    reproduction.protocol = "crossfit";
    reproduction.folds = kFolds;
    reproduction.seeds = {1};
    reproduction.models = {"search3"};
    reproduction.data.fingerprint = "f";
    reproduction.split.sha256 = sha256_file(out() / "split.json");
    reproduction.split.images = {15, 1, kEach};
    for (int fold = 1; fold <= kFolds; ++fold) {
      write_fold(fold);
      reproduction.runs.push_back(name(fold));
    }
    reproduction.pooled = {"pooled/search3-s1-01234567"};
    write_pooled(pooled(), folds(), out(), load_adapter("isic2019"), "flnas reproduce --out o");
    write_reproduction(out(), reproduction);
    write_statistics(out());
  }

  const std::filesystem::path& out() const { return folder_.path; }
  std::filesystem::path pooled() const { return out() / "pooled/search3-s1-01234567"; }
  static std::string name(int fold) { return fmt::format("runs/search3-f{}-s1-01234567", fold); }

  /// Every third of the predictions, beginning with that of the fold.
  static Predictions rows(int fold) {
    Predictions predictions = some_predictions(1);
    std::vector<PredictionRow> own;
    for (std::size_t i = 0; i < predictions.rows.size(); ++i) {
      if (static_cast<int>(i % kFolds) == fold - 1) own.push_back(predictions.rows[i]);
    }
    predictions.rows = std::move(own);
    return predictions;
  }

  std::vector<Stored<RunRecord>> folds() const {
    std::vector<Stored<RunRecord>> found;
    for (int fold = 1; fold <= kFolds; ++fold) found.push_back({out() / name(fold), read_run(out() / name(fold))});
    return found;
  }

 private:
  void write_fold(int fold) {
    const auto folder = out() / name(fold);
    RunRecord run;
    run.started = fmt::format("2026-01-01T0{}:00:00Z", fold);
    run.finished = fmt::format("2026-01-01T0{}:30:00Z", fold);
    run.command = "flnas train search3";
    run.model = some_model();
    run.seed = 1;
    run.fold = fold;
    run.effective = {{"epochs", 5}, {"selection", "loss"}, {"patience", 1}, {"threads", fold}};
    run.data = {
        "isic2019",    "d", "f", true, "binary", "crossfit", {"benign", "malignant"}, sha256_file(out() / "split.json"),
        {15, 1, kEach}};
    write_predictions(folder / "predictions.csv", rows(fold));
    const Adapter adapter = load_adapter("isic2019");
    metrics::BootstrapConfig config;
    config.resamples = 50;
    run.metrics = evaluate_predictions(rows(fold), adapter, adapter.task("binary"), "test", {.bootstrap = config});
    run.files["predictions.csv"] = sha256_file(folder / "predictions.csv");
    std::vector<Epoch> history;
    for (int epoch = 1; epoch <= 3; ++epoch) {
      history.push_back({epoch, 0.1 * fold, 0.6, epoch == 2 ? 0.4 : 0.5, 0.7, 1e-3, 2.0 * fold, 0.1});
      append_line(folder / "history.jsonl", record_to_json(history.back()).dump());
    }
    run.training = summarise_training(history, training_rules(run.effective));
    run.training->peak_bytes = fold << 20;
    run.files["history.jsonl"] = sha256_file(folder / "history.jsonl");
    write_run(folder, run);
  }

  TemporaryFolder folder_;
};

}  // namespace flnas::test
