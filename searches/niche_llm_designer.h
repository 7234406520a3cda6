#pragma once

#include <string>

#include "searches/llm_designer.h"
#include "searches/llmnas/reply.h"
#include "searches/niche_designer.h"

namespace flnas::searches {

/// LLM-NAS on the choices' designs, by somebody who answers in words: two questions for each round (a niche in a
/// generation). The first updates the niche's rules from what became of its last designs; the second is FL-NAS's prompt
/// about the niche's own history, with the rules, the archive's designs as parents and the niche's bounds.
/// A reply outside the niche counts as no answer, with the reason. A refused reply is sent back as FL-NAS does.
/// Source: LLM-NAS, arXiv 2510.01472. Differs: see NicheDesigner.
class NicheLlmDesigner : public Designer {
 public:
  /// Keeps references to `chat` and the validator.
  NicheLlmDesigner(ChatClient& chat, PromptTemplate prompt, PromptSetting setting, LlmConfig config,
                   const Validator& validator, MacsNiches niches);

  /// The memo is LlmDesigner's, the tokens of both questions in it, with {"niche", "rules": {"positive", "negative"}}.
  Answer propose(const History& history, int round, int attempt) override;
  bool is_paid() const override { return true; }

 private:
  ChatReply ask(std::vector<ChatMessage> messages, int round, int call) const;
  /// Rules of the niche's last proposal.
  llmnas::Rules known_rules(const History& history, std::size_t niche) const;

  ChatClient& chat_;
  PromptTemplate prompt_;
  PromptSetting setting_;
  LlmConfig config_;
  const Validator& validator_;
  MacsNiches niches_;
};

}  // namespace flnas::searches
