#include "searches/llm/reply/answer.h"

#include <algorithm>
#include <cctype>
#include <string>

namespace flnas::searches {

std::string_view answer_of(std::string_view reply) {
  std::string lower(reply);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
  std::size_t begin = 0;
  bool open = false;
  for (const std::string_view name : {"think", "thinking", "reasoning"}) {
    const std::string opening = "<" + std::string(name) + ">", closing = "</" + std::string(name) + ">";
    const auto closed = lower.rfind(closing);
    if (closed != lower.npos) begin = std::max(begin, closed + closing.size());
    const auto opened = lower.rfind(opening);
    open = open || (opened != lower.npos && (closed == lower.npos || opened > closed));
  }
  return open ? std::string_view() : reply.substr(begin);
}

}  // namespace flnas::searches
