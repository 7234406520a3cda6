#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "harness/base/error.h"
#include "harness/records/record.h"
#include "searches/core/evaluator.h"
#include "searches/spaces/cnn/cnn_space.h"
#include "searches/training/macs_niches.h"

namespace flnas::tests {

using namespace flnas::searches;

/// An evaluation that passed, with the figures that decide which design is best.
inline Evaluation evaluated(const std::string& name, double unfairness, double accuracy, double balanced,
                            std::int64_t macs) {
  Evaluation evaluation;
  evaluation.name = evaluation.hash = name;
  evaluation.status = kPassed;
  evaluation.cost.macs = macs;
  evaluation.scores.accuracy = accuracy;
  evaluation.scores.balanced_accuracy = balanced;
  evaluation.scores.unfairness_sum = unfairness;
  return evaluation;
}

/// Needs no training: a design with 96 channels in its first stage is fairest, wider ones are more accurate. Counts its
/// calls.
class FormulaEvaluator : public Evaluator {
 public:
  explicit FormulaEvaluator(const CnnSpace& space) : space_(space) {}

  Evaluation evaluate(Candidate candidate) override {
    ++calls;
    if (calls == throw_at) throw IoError("disk full");
    const double channels = space_.canonical(candidate)["stages"][0]["channels"].get<double>();
    Evaluation evaluation = evaluated("", std::abs(channels - 96) / 512, 0.6 + channels / 2048, 0.7, 1);
    evaluation.cost.macs = space_.cost(candidate).macs;
    evaluation.cost.parameters = space_.cost(candidate).parameters;
    evaluation.scores.groups = {{"male", 50, 0.7}, {"female", 40, 0.65}, {"unknown", 3, 0.1}};
    evaluation.run = "runs/" + space_.hash(candidate);
    if (calls == fail_at) evaluation.status = kFailed, evaluation.reason = "the loss is not a number";
    return evaluation;
  }
  metrics::Point objectives(const Evaluation& evaluation) const override {
    return is_usable(evaluation) ? point_of(evaluation, usual_objectives(false)) : metrics::Point();
  }
  std::vector<std::string> objective_names() const override { return {"1 - accuracy", "unfairness_sum", "parameters"}; }
  std::optional<BestRule> best_rule() const override { return BestRule::for_classes(2); }
  bool is_costly() const override { return true; }
  std::string goal() const override { return "a high accuracy"; }
  std::string figures(const Evaluation& evaluation) const override { return cnn_figures(evaluation); }

  int calls = 0;
  int throw_at = 0, fail_at = 0;  ///< these calls, from 1

 private:
  const CnnSpace& space_;
};

}  // namespace flnas::tests
