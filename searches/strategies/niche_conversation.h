#pragma once

#include <exception>
#include <optional>
#include <string>
#include <vector>

#include "searches/core/search_strategy.h"
#include "searches/llm/niche_prompts.h"

namespace flnas::searches {

/// A language model's children of one niche and generation:
///
///     last children's results -> rules; parents, rules -> children; those refused -> why -> children, ...
///
/// Each child is judged as it comes: read, valid, of the niche and new. It does not know other niches or what becomes
/// of its children. Its references have to outlive it.
class NicheConversation {
 public:
  /// `round`: with the niche and the call it makes each question's seed.
  NicheConversation(const NicheView& view, LlmCaller& llm, const LlmSettings& settings, std::uint64_t round)
      : view_(view), llm_(llm), settings_(settings), round_(round) {}

  /// As many children as the view wants, or those that settings.attempts questions gave, and what was refused, in the
  /// order of the replies. Brings `rules` up to date. A call that was lost is a proposal that cannot be read. Throws
  /// RemoteError where no call was answered.
  std::vector<Proposal> children(Rules& rules);

  /// The children among them, with their reasons.
  const std::vector<Child>& found() const { return found_; }

 private:
  std::size_t missing() const { return view_.wanted - found_.size(); }
  void update(Rules& rules);
  std::optional<LlmReply> ask(std::vector<ChatMessage> messages, Json schema, int call);
  std::vector<std::string> take(const LlmReply& reply);
  std::string take(const WrittenChild& written);
  void note(const ChatReply& reply, std::size_t first);

  const NicheView& view_;
  LlmCaller& llm_;
  const LlmSettings& settings_;
  std::uint64_t round_;
  std::vector<Proposal> proposals_;
  std::vector<Child> found_;
  Json before_;                     ///< the state of the question for rules
  double waited_ = 0;               ///< for it
  bool answered_ = false;           ///< some call, with whatever
  std::exception_ptr server_gone_;  ///< why no call was answered
};

}  // namespace flnas::searches
