#pragma once

#include <string>
#include <vector>

#include "searches/llm/chat/chat.h"
#include "searches/llmnas/proposer.h"
#include "searches/llmnas/reply.h"

namespace flnas::searches::llmnas {

/// What a proposal prompt stresses.
enum class Emphasis {
  kTradeOff,  ///< all trade-offs
  kCost,      ///< low cost before accuracy: the latency-optimised plain prompt
};

// The two calls of a niche and generation. Pure functions of what they are given, and bounded in length: at most ten
// parents and twenty children are told.

/// Asks for the rules anew, given those so far and what became of the last generation's children.
std::vector<ChatMessage> knowledge_prompt(const Space& space, const NicheView& view, const Rules& rules);

/// Asks for children, given parents, rules (left out where they are empty) and what the niche keeps.
std::vector<ChatMessage> proposal_prompt(const Space& space, const NicheView& view, const Rules& rules,
                                         Emphasis emphasis);

/// What goes back after a reply in which children were refused: why, at most twenty lines, and how many are missing.
std::string refusal_text(const std::vector<std::string>& problems, std::size_t missing);

}  // namespace flnas::searches::llmnas
