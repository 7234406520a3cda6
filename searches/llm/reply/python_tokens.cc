#include "searches/llm/reply/python_tokens.h"

#include <fmt/format.h>

#include <algorithm>

namespace flnas::searches {
namespace {

constexpr std::size_t kLongestToken = 200;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

}  // namespace

PyToken PyLexer::next() {
  while (at_ < text_.size() && (is_space(text_[at_]) || text_[at_] == '#' || text_[at_] == '\\')) {
    at_ = text_[at_] == '#' ? std::min(text_.find('\n', at_), text_.size()) : at_ + 1;
  }
  PyToken token{.kind = PyToken::Kind::kEnd, .text = {}, .at = at_};
  if (at_ == text_.size()) return token;
  const std::string_view rest = text_.substr(at_);
  const auto take = [&](PyToken::Kind kind, std::size_t length) {
    if (length > kLongestToken) throw PySyntaxError{at_, fmt::format("more than {} characters", kLongestToken)};
    token.kind = kind;
    token.text = rest.substr(0, length);
    at_ += length;
    return token;
  };
  const auto length_while = [&](auto&& accepts) {
    std::size_t length = 1;
    while (length < rest.size() && accepts(rest[length], rest[length - 1])) ++length;
    return length;
  };
  const char c = rest[0];
  if (is_name_start(c)) {
    return take(PyToken::Kind::kName, length_while([](char d, char) { return is_name_start(d) || is_digit(d); }));
  }
  if (is_digit(c) || (c == '.' && rest.size() > 1 && is_digit(rest[1]))) {
    return take(PyToken::Kind::kNumber, length_while([](char d, char before) {
                  const bool sign = (d == '+' || d == '-') && (before == 'e' || before == 'E');
                  return is_digit(d) || is_name_start(d) || d == '.' || sign;
                }));
  }
  if (c == '\'' || c == '"') return text_token(c);
  if (rest.starts_with("//")) return take(PyToken::Kind::kSymbol, 2);
  if (std::string_view("()[],=.+-*/:").find(c) != std::string_view::npos) return take(PyToken::Kind::kSymbol, 1);
  const auto byte = static_cast<unsigned char>(c);
  throw PySyntaxError{at_, byte >= 0x20 && byte < 0x7f ? fmt::format("unexpected '{}'", c)
                                                       : fmt::format("unexpected byte 0x{:02x}", byte)};
}

PyToken PyLexer::text_token(char quote) {
  const std::size_t end = text_.find_first_of(std::string{quote, '\n', '\\'}, at_ + 1);
  if (end == text_.npos || text_[end] != quote) throw PySyntaxError{at_, "a text that does not end on its line"};
  if (end - at_ > kLongestToken) throw PySyntaxError{at_, fmt::format("more than {} characters", kLongestToken)};
  PyToken token{.kind = PyToken::Kind::kText, .text = std::string(text_.substr(at_ + 1, end - at_ - 1)), .at = at_};
  at_ = end + 1;
  return token;
}

}  // namespace flnas::searches
