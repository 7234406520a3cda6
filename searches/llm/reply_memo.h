#pragma once

#include <string>

#include "harness/base/json.h"
#include "searches/core/designer.h"
#include "searches/llm/chat/chat.h"

namespace flnas::searches {

/// What a history keeps of a reply:
///
///     {"reply": at most 8,000 bytes, "model", "source", "recorded", "retries", "prompt_tokens", "completion_tokens"}
///
/// Tokens are null where nobody counted them.
Json reply_memo(const ChatReply& reply);

/// The memo of a question that took tokens before this one: they are added to those of `memo`, as far as they were
/// counted.
void add_taken(Json& memo, const Json& before);

/// The answer of a designer whose question ended in `failure`, from inside its catch block; `memo` says what was paid.
Answer lost(const Error& failure, Json memo, double seconds);

}  // namespace flnas::searches
