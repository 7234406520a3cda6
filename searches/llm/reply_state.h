#pragma once

#include "harness/base/json.h"
#include "searches/llm/chat/chat.h"

namespace flnas::searches {

/// What an archive keeps of a reply, as the strategy's state:
///
///     {"reply": at most 8,000 bytes, "model", "source", "recorded", "retries", "prompt_tokens", "completion_tokens"}
///
/// Tokens are null where nobody counted them.
Json reply_state(const ChatReply& reply);

/// Adds the tokens of a question that came before to those of `state`, as far as they were counted.
void add_tokens(Json& state, const Json& before);

}  // namespace flnas::searches
