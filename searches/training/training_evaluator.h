#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "harness/latency/estimation/platform.h"
#include "harness/runs/run.h"
#include "harness/train/config.h"
#include "searches/core/evaluator.h"
#include "searches/training/trained_space.h"
#include "searches/training/training_detail.h"

namespace flnas::searches {

struct TrainingEvaluatorConfig {
  TrainConfig train;  ///< the same for every design
  DataSource data;
  std::shared_ptr<const RunData> loaded;  ///< of `data`, for the task and size; null: each run reads its own
  std::filesystem::path out;              ///< the search's folder; runs go into OUT/runs
  Platform target;                        ///< measured where it is here, else estimated where it can be
  MachineIdentity machine;
  double latency_seconds = 0.5;   ///< of samples for each design
  std::string example = "image";  ///< what texts call a row of the data (Adapter::example)
  Objectives objectives;          ///< what the search goes by, the most important first; empty: the paper's order
  /// The command that repeats a run: of a design's file with a seed, in a folder.
  std::function<std::string(const std::filesystem::path& design, std::uint64_t seed, const std::filesystem::path& out)>
      command;
  /// The same for a design with a frozen part, which no command trains alone: the search's.
  std::string search_command;
};

/// Trains each design by harness/train's run and scores it on the validation subset; the test subset is not looked at:
///
///     OUT/designs/<hash>.json, OUT/runs/<hash>-s<seed>-<config>/ -> scores
///     the same network, fresh -> latency of one image on the target, measured or estimated, or none
///
/// A design that was evaluated before, here or in a history that `preload` was given, is not trained again. Interrupted
/// runs continue where their last epoch ended.
///
/// Objectives: those of the configuration, or usual_objectives(), the latency where the target has one. Without these,
/// accuracy, balanced accuracy and Unfairness an evaluation is of no use.
class TrainingEvaluator : public Evaluator {
 public:
  /// The parts that `space` freezes are those of a design that is trained first; their norms go on following the
  /// batches.
  TrainingEvaluator(TrainedSpace space, TrainingEvaluatorConfig config);

  Evaluation evaluate(Candidate candidate) override;
  metrics::Point objectives(const Evaluation& evaluation) const override;
  std::vector<std::string> objective_names() const override;
  std::optional<BestRule> best_rule() const override { return rule_; }
  bool is_costly() const override { return true; }
  std::string goal() const override;
  std::string figures(const Evaluation& evaluation) const override;
  std::string noise(const std::vector<Evaluation>& evaluations) const override;

  void preload(const History& history) override;
  /// The scores of the space's basic network, trained `times` times, with the search's seed and those after it: by how
  /// much trainings of one design differ. They are no evaluations of the search; a run that is there is not made again.
  /// `noise` tells them from then on. Throws what a training throws.
  const std::vector<DesignScores>& repeat_basic(int times);
  /// What the run of a design that was evaluated tells beyond its scores; empty where its folder is gone.
  TrainingDetail detail(const Evaluation& evaluation) const;

  /// Where its runs lie.
  const std::filesystem::path& out() const { return config_.out; }
  /// How many designs were trained, and not taken from earlier evaluations.
  int trained() const { return trained_; }

  /// Metrics on the test subset (see evaluate_predictions; and "predictions_sha256") of a design that was evaluated,
  /// for the report at the end of a search. Writes OUT/reported/<hash>/{design.json, predictions.csv, metrics.json};
  /// what is there is read.
  Json report(const Evaluation& evaluation, const Json& design) const;

 private:
  Evaluation train(Candidate candidate);
  RunRequest request(Candidate candidate, int frozen_stages, std::uint64_t seed) const;
  /// Of the space's basic member, trained from scratch.
  RunRequest basic_request(std::uint64_t seed) const;
  Adapter adapter() const;
  std::shared_ptr<const RunData> data() const;
  /// Where the search goes by such figures: below the run's folder, unless they are there.
  void add_robustness(const std::filesystem::path& run, const RunRecord& record, DesignScores& scores) const;
  /// Of a run's folder and its record.
  DesignScores scores_in(const std::filesystem::path& run, const RunRecord& record) const;
  std::function<std::shared_ptr<nn::Classifier>()> maker(Candidate candidate) const;
  /// The same with the frozen part, where there is one.
  std::function<std::shared_ptr<nn::Classifier>()> builder(Candidate candidate);
  void add_latency(DesignCost& cost, Candidate candidate) const;
  bool goes_by(const std::string& metric) const;
  std::string run_folder(const std::string& hash, int frozen_stages, const TrainConfig& train) const;
  int frozen_stages() const { return space_.frozen ? space_.frozen->stages : 0; }
  std::string said(const std::string& text) const;

  TrainedSpace space_;
  TrainingEvaluatorConfig config_;
  BestRule rule_;
  std::map<std::string, Evaluation> evaluations_;  ///< by hash
  std::shared_ptr<nn::Classifier> pretrained_;     ///< the basic member, trained, where a part of it is frozen
  std::vector<DesignScores> repeats_;              ///< of the basic member, by seed
  int trained_ = 0;
};

}  // namespace flnas::searches
