#pragma once

#include <string>
#include <vector>

#include "searches/core/archive.h"
#include "searches/core/evaluator.h"
#include "searches/core/front.h"
#include "searches/core/search_space.h"
#include "searches/llm/chat/chat.h"
#include "searches/llm/llm_caller.h"
#include "searches/llm/niche_reply.h"

namespace flnas::searches {

/// A candidate with the reason that was given for it; blank without a language model.
struct Child {
  Candidate candidate = 0;
  std::string rationale;
};

/// What is told of a niche.
struct NicheView {
  const SearchSpace& space;
  const Evaluator& evaluator;
  const Archive& archive;
  int niche = 0;
  std::size_t wanted = 0;          ///< children
  const Front& front;              ///< the niche's Pareto archive
  const std::vector<Child>& last;  ///< evaluated since the niche was asked for before
};

// The two calls of a niche and generation. Pure functions of what they are given, and bounded in length, each below
// 8,000 tokens: at most eight parents, twelve children of the last generation, fourteen other candidates of the niche,
// rules of 4,500 bytes, twenty members and three gaps of the whole search's front, the best of twelve other niches.
// Both tell the whole front's hypervolume, its box, and what the niche's last generation added to it.

/// Asks for the rules and ideas anew, given those so far and what became of the last generation's children.
std::vector<ChatMessage> knowledge_prompt(const NicheView& view, const Rules& rules);

/// Asks for children, given parents, rules and ideas (left out where they are empty), what the niche keeps and what was
/// evaluated of it. Which child is a crossover and which a mutation is drawn here, each with probability 1/2: language
/// models do not draw. The draws follow from the niche and how much was evaluated.
std::vector<ChatMessage> proposal_prompt(const NicheView& view, const Rules& rules, Emphasis emphasis);

/// What goes back after a reply in which children were refused: why, at most twenty lines, and how many are missing.
std::string refusal_text(const std::vector<std::string>& problems, std::size_t missing);

}  // namespace flnas::searches
