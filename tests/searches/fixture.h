#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <mutex>
#include <string>
#include <vector>

#include "harness/base/error.h"
#include "harness/records/record.h"
#include "searches/core/archive.h"
#include "searches/core/search.h"
#include "searches/llm/chat/chat.h"
#include "searches/spaces/cnn/cnn_space.h"
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

/// FL-NAS's space at a small size.
inline CnnSpace cnn_space(int size = 64, int niches = 1, int frozen_head = 0) {
  return CnnSpace(load_cnn(), {.classes = 2, .size = size}, 8, niches, frozen_head);
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
    return is_usable(evaluation) ? cnn_objectives(evaluation, false) : metrics::Point();
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

/// Gives prepared proposals, one after the other, whatever happened before; then it throws.
class ScriptedStrategy : public SearchStrategy {
 public:
  ScriptedStrategy(const CnnSpace& space, std::vector<Json> proposals)
      : space_(space), proposals_(std::move(proposals)) {}

  std::vector<Proposal> ask(const Turn& turn) override {
    asked.push_back(fmt::format("{}.{}", turn.round, turn.attempt));
    if (asked.size() > proposals_.size()) throw RemoteError("no more answers");
    const Json& json = proposals_[asked.size() - 1];
    Proposal proposal;
    if (json.is_null()) {
      proposal.problems = {"no design in the reply"};
      proposal.readable = false;
    } else {
      Reading reading = space_.parse(json);
      proposal.candidate = reading.candidate;
      proposal.problems = reading.problems;
      proposal.strategy_state = {{"asked", asked.back()}};
    }
    proposal.seconds = 0.5;
    return {proposal};
  }
  bool is_paid() const override { return true; }

  std::vector<std::string> asked;

 private:
  const CnnSpace& space_;
  std::vector<Json> proposals_;
};

/// Answers questions in order with these texts, and keeps them; thread-safe. After the last text it throws, or repeats
/// it.
class ScriptedChat : public ChatClient {
 public:
  explicit ScriptedChat(std::vector<std::string> texts, bool repeats = false)
      : texts_(std::move(texts)), repeats_(repeats) {}

  ChatReply ask(const ChatRequest& request) override {
    const std::lock_guard lock(mutex_);
    requests.push_back(request);
    if (requests.size() > texts_.size() && !repeats_) throw RemoteError("the server closed the connection");
    return {.text = texts_[std::min(requests.size(), texts_.size()) - 1],
            .model = "script-1",
            .prompt_tokens = 100,
            .completion_tokens = {},
            .seconds = 2,
            .source = "scripted"};
  }

  std::vector<ChatRequest> requests;

 private:
  std::mutex mutex_;
  std::vector<std::string> texts_;
  bool repeats_;
};

/// Two stages, the first one `channels` wide.
inline Json design(int channels) {
  return {{"stages", {{{"channels", channels}, {"pooling", "max"}}, {{"channels", 16}, {"pooling", "max"}}}}};
}

}  // namespace flnas::tests
