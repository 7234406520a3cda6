#include "searches/llm/chat/secrets.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "harness/base/error.h"

namespace flnas::searches {
namespace {

constexpr const char* kVariables[] = {"FLNAS_LLM_KEY", "OPENAI_API_KEY"};
constexpr std::size_t kShortestSecret = 8;
constexpr std::string_view kMark = "[key]";

std::string value_of(const char* variable) {
  const char* value = std::getenv(variable);
  return value == nullptr ? "" : value;
}

bool is_key_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
         c == '.' || c == '*';
}

bool is_word_character(char c) { return is_key_character(c) && c != '-' && c != '.' && c != '*'; }

void replace_all(std::string& text, const std::string& secret) {
  for (std::size_t at = 0; (at = text.find(secret, at)) != text.npos; at += kMark.size()) {
    text.replace(at, secret.size(), kMark);
  }
}

/// Replaces the run of key characters after each `prefix`, where it is long enough for a key. `keep`: bytes of the
/// prefix that stay.
void replace_after(std::string& text, std::string_view prefix, std::size_t keep) {
  for (std::size_t at = 0; (at = text.find(prefix, at)) != text.npos;) {
    std::size_t end = at + prefix.size();
    while (end < text.size() && is_key_character(text[end])) ++end;
    const bool whole_word = at == 0 || !is_word_character(text[at - 1]);
    if (!whole_word || end - at - prefix.size() < kShortestSecret) {
      at += prefix.size();
      continue;
    }
    text.replace(at + keep, end - at - keep, kMark);
    at += keep + kMark.size();
  }
}

}  // namespace

ChatKey key_from_environment() {
  for (const char* variable : kVariables) {
    const std::string value = value_of(variable);
    if (value.empty()) continue;
    if (!std::all_of(value.begin(), value.end(), [](char c) { return c > 0x20 && c < 0x7f; })) {
      throw ConfigError(
          fmt::format("{} holds white space or other characters that no key has; set it again", variable));
    }
    return {value, variable};
  }
  return {};
}

std::string redact(std::string_view text) {
  std::string result(text);
  for (const char* variable : kVariables) {
    const std::string value = value_of(variable);
    if (value.size() >= kShortestSecret) replace_all(result, value);
  }
  replace_after(result, "Bearer ", 7);
  replace_after(result, "sk-", 0);
  return result;
}

}  // namespace flnas::searches
