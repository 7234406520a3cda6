#pragma once

#include <cstdint>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "searches/llm/chat/chat.h"
#include "searches/llmnas/prompts.h"

namespace flnas::searches::llmnas {

struct LlmProposerSettings {
  std::string model;         ///< as the server calls it
  double temperature = 1.0;  ///< 0 to 2
  int max_tokens = 4096;     ///< of a reply
  std::uint64_t seed = 1;    ///< each question gets one of its own, made from this one
  int attempts = 3;          ///< proposal calls of a niche in a generation; the first included
  bool knowledge = true;     ///< keep a knowledge base; false: the ablation, and plain prompting
  Emphasis emphasis = Emphasis::kTradeOff;
  int at_once = 4;  ///< niches that are asked for at once
};

/// What was asked so far.
struct ChatUse {
  std::int64_t calls = 0, knowledge_calls = 0, retries = 0;
  std::int64_t prompt_tokens = 0, completion_tokens = 0;
  double seconds = 0;
  std::set<std::string> sources, models;
};

/// Guided proposal by somebody who answers in words, two calls per niche and generation:
///
///     last children, archive, rules -> knowledge call -> rules
///     archive, rules, niche -> proposal call -> validator: legality, niche, novelty -> children
///                                    ^------------- refusals, up to `attempts` -----'
///
/// A reply without rules leaves the old ones. A niche for which nobody proposes enough gets fewer children.
/// Source: LLM-NAS, arXiv 2510.01472.
class LlmProposer : public Proposer {
 public:
  /// Keeps references to both; `chat` has to take questions from several threads where `at_once` is above 1.
  LlmProposer(const Space& space, ChatClient& chat, LlmProposerSettings settings);

  Proposal propose(const NicheView& view, Random& random) override;
  int at_once() const override { return settings_.at_once; }

  const ChatUse& use() const { return use_; }
  const Rules& rules(int niche) const { return rules_[static_cast<std::size_t>(niche)]; }

 private:
  ChatReply ask(std::vector<ChatMessage> messages, const NicheView& view, int call);

  const Space& space_;
  ChatClient& chat_;
  LlmProposerSettings settings_;
  std::vector<Rules> rules_;  ///< of each niche, touched by the thread that proposes for it
  std::mutex mutex_;          ///< of use_
  ChatUse use_;
};

}  // namespace flnas::searches::llmnas
