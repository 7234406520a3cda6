#pragma once

#include <cstdint>
#include <string>

#include "harness/nn/registry.h"
#include "searches/core/designer.h"
#include "searches/llm/chat/chat.h"
#include "searches/llm/prompt.h"

namespace flnas::searches {

struct LlmConfig {
  std::string model;         ///< as the server calls it
  double temperature = 1.0;  ///< 0 to 2
  int max_tokens = 2048;     ///< of a reply; with the longest prompt and a retry this fits into 8,192 tokens
  std::uint64_t seed = 1;    ///< each question gets a seed of its own, made from this one
};

/// FL-NAS's designer: the prompt goes to somebody who answers in words (a server, a person, a recording), and the
/// architecture is read out of the reply. The end of a refused reply is sent back with the rules that it broke.
/// Source: FL-NAS, arXiv 2402.06696, Algorithms 1 and 2. Differs: the broken rules are told, and refused replies are
/// cut.
class LlmDesigner : public Designer {
 public:
  /// Keeps a reference to `chat`. `options`: for reading replies.
  LlmDesigner(ChatClient& chat, PromptTemplate prompt, PromptSetting setting, LlmConfig config,
              nn::ModelOptions options);

  /// The memo is reply_memo's, also of a reply that could not be used, which is a failure.
  Answer propose(const History& history, int round, int attempt) override;
  bool is_paid() const override { return true; }

 private:
  ChatRequest request(const History& history, int round, int attempt) const;

  ChatClient& chat_;
  PromptTemplate prompt_;
  PromptSetting setting_;
  LlmConfig config_;
  nn::ModelOptions options_;
};

}  // namespace flnas::searches
