#pragma once

#include <fmt/format.h>

#include <cmath>
#include <string>
#include <vector>

#include "harness/base/error.h"
#include "harness/records/record.h"
#include "searches/core/archive.h"
#include "searches/core/designer.h"
#include "searches/core/evaluator.h"
#include "searches/spaces/cnn/design.h"
#include "tests/base/fixture.h"

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
class TableEvaluator : public Evaluator {
 public:
  Evaluation evaluate(const Finding& design, const std::string& name) override {
    ++calls;
    if (calls == throw_at) throw IoError("disk full");
    const double channels = design.design["stages"][0]["channels"].get<double>();
    Evaluation evaluation = evaluated(name, std::abs(channels - 96) / 512, 0.6 + channels / 2048, 0.7, 1);
    evaluation.cost.macs = design.estimate.macs;
    evaluation.cost.parameters = design.estimate.parameters;
    evaluation.scores.groups = {{"male", 50, 0.7}, {"female", 40, 0.65}, {"unknown", 3, 0.1}};
    evaluation.run = "runs/" + name;
    if (calls == fail_at) evaluation.status = kFailed, evaluation.reason = "the loss is not a number";
    return evaluation;
  }

  int calls = 0;
  int throw_at = 0, fail_at = 0;  ///< these calls, from 1
};

/// Gives prepared answers, one after the other, whatever happened before; then it throws.
class ScriptedDesigner : public Designer {
 public:
  explicit ScriptedDesigner(std::vector<Json> proposals) : proposals_(std::move(proposals)) {}

  Answer propose(const History& history, int round, int attempt) override {
    asked.push_back(fmt::format("{}.{}", round, attempt));
    const std::size_t at = history.proposals.size();
    if (at >= proposals_.size()) throw RemoteError("no more answers");
    if (proposals_[at].is_null()) return {.problems = {"no design in the reply"}, .seconds = 0.5};
    return {.proposal = proposals_[at], .memo = {{"asked", asked.back()}}, .seconds = 0.5};
  }
  bool is_paid() const override { return true; }

  std::vector<std::string> asked;

 private:
  std::vector<Json> proposals_;
};

/// Two stages, the first one `channels` wide.
inline Json design(int channels) {
  return {{"stages", {{{"channels", channels}, {"pooling", "max"}}, {{"channels", 16}, {"pooling", "max"}}}}};
}

}  // namespace flnas::tests
