#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <string>
#include <vector>

#include "harness/base/error.h"
#include "harness/records/record.h"
#include "searches/core/archive.h"
#include "searches/core/search.h"
#include "searches/llm/chat/chat.h"
#include "searches/spaces/cnn/cnn_space.h"
#include "searches/spaces/cnn/designs/design.h"
#include "tests/base/fixture.h"
#include "tests/searches/formula_evaluator.h"

namespace flnas::tests {

using namespace flnas::searches;

/// FL-NAS's space at a small size.
inline CnnSpace cnn_space(int size = 64, int niches = 1, int frozen_head = 0) {
  return CnnSpace(load_cnn(), {.classes = 2, .size = size}, 8, niches, frozen_head);
}

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
