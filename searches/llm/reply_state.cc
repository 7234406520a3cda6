#include "searches/llm/reply_state.h"

#include <optional>
#include <utility>

namespace flnas::searches {
namespace {

constexpr std::size_t kMostReply = 8000;  ///< bytes that are kept

/// At most `most` bytes, without cutting through a character of UTF-8.
std::string cut(const std::string& text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
  return text.substr(0, most);
}

Json or_null(const std::optional<std::int64_t>& value) { return value ? Json(*value) : Json(nullptr); }

}  // namespace

Json reply_state(const ChatReply& reply) {
  return {{"reply", cut(reply.text, kMostReply)},
          {"model", reply.model},
          {"source", reply.source},
          {"recorded", reply.recorded},
          {"retries", reply.retries},
          {"prompt_tokens", or_null(reply.prompt_tokens)},
          {"completion_tokens", or_null(reply.completion_tokens)}};
}

void add_tokens(Json& state, const Json& before) {
  for (const char* key : {"prompt_tokens", "completion_tokens", "retries"}) {
    if (before[key].is_null()) continue;
    state[key] = before[key].get<std::int64_t>() + (state[key].is_null() ? 0 : state[key].get<std::int64_t>());
  }
}

}  // namespace flnas::searches
