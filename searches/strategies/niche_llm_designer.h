#pragma once

#include <string>

#include "searches/llmnas/reply.h"
#include "searches/strategies/llm_designer.h"
#include "searches/strategies/niche_designer.h"

namespace flnas::searches {

/// LLM-NAS on the choices' designs, by somebody who answers in words: two questions for each round (a niche in a
/// generation). The first updates the niche's rules from what became of its last designs; the second is FL-NAS's prompt
/// about the niche, with its bounds, the rules, and the archive's designs as parents in place of the history.
/// A reply outside the niche counts as no answer, with the reason. A refused reply is sent back as FL-NAS does.
/// Designs and rules are cut to bounded lengths: a question with its reply fits into 8,192 tokens, as FL-NAS's does.
/// Source: LLM-NAS, arXiv 2510.01472. Differs: see NicheDesigner.
class NicheLlmDesigner : public Designer {
 public:
  /// Keeps references to `chat` and the validator.
  NicheLlmDesigner(ChatClient& chat, PromptTemplate prompt, PromptSetting setting, LlmConfig config,
                   const Validator& validator, MacsNiches niches);

  /// The memo is LlmDesigner's, the tokens of both questions in it, with {"niche", "rules": {"positive", "negative"}}.
  /// Rules that were paid for before the second question failed are kept and not asked for again.
  Answer propose(const History& history, int round, int attempt) override;
  bool is_paid() const override { return true; }

 private:
  ChatReply ask(std::vector<ChatMessage> messages, int round, int call) const;
  /// Rules of the niche's last question.
  llmnas::Rules known_rules(const History& history, std::size_t niche) const;
  std::vector<ChatMessage> question(const History& history, const History& own, std::size_t niche,
                                    const llmnas::Rules& rules, int attempt) const;

  ChatClient& chat_;
  PromptTemplate prompt_;
  PromptSetting setting_;
  LlmConfig config_;
  const Validator& validator_;
  MacsNiches niches_;
};

}  // namespace flnas::searches
