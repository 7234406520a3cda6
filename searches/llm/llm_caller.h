#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "harness/records/nas_pair.h"
#include "searches/llm/chat/chat.h"

namespace flnas::searches {

/// What a proposal prompt stresses.
enum class Emphasis {
  kTradeOff,  ///< all trade-offs
  kCost,      ///< low cost before accuracy
};

/// How strategies ask a language model.
struct LlmSettings {
  std::string model;         ///< as the server calls it
  double temperature = 1.0;  ///< 0 to 2
  int max_tokens = 2048;     ///< of a reply
  bool structured = true;    ///< questions carry the JSON schema of their replies
  // Of llmnas alone.
  int attempts = 3;       ///< proposal calls of a niche in a generation; the first included
  bool knowledge = true;  ///< keep a knowledge base
  Emphasis emphasis = Emphasis::kTradeOff;
  int at_once = 4;  ///< niches that are asked for at once; the client has to take questions from several threads
};

/// A reply as a strategy reads it.
struct LlmReply : ChatReply {  ///< `text` is what answers: without a model's thoughts (answer_of in reply/answer.h)
  /// What kept it from being whole, for the model and the user: cut at its limit, or nothing but thoughts. Blank for
  /// others.
  std::string shortfall;
};

/// Asks, and counts what was asked. Several threads may ask at once where the client lets them.
class LlmCaller {
 public:
  /// Keeps a reference to `chat`.
  LlmCaller(ChatClient& chat, const LlmSettings& settings, std::uint64_t seed)
      : chat_(chat), settings_(settings), seed_(seed) {
    use_.format = settings.structured ? "json" : "text";
  }

  /// The question's own seed is made from `round` and `call`. Throws LostReply (search_strategy.h) for a reply that
  /// came and cannot be used, else what the client throws. `schema`: of the reply, see reply_schema.h.
  LlmReply ask(std::vector<ChatMessage> messages, Json schema, std::uint64_t round, std::uint64_t call);

  void count_knowledge_call();
  void count_retry();
  /// After the first reply to a question: how many candidates were asked for, and how many it gave that can be
  /// evaluated.
  void count_first_reply(std::size_t wanted, std::size_t valid);
  NasChatUse use() const;

 private:
  ChatClient& chat_;
  LlmSettings settings_;
  std::uint64_t seed_;
  mutable std::mutex mutex_;  ///< of use_
  NasChatUse use_;
};

}  // namespace flnas::searches
