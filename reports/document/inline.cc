#include "reports/document/inline.h"

namespace flnas::reports {
namespace {

constexpr char kCodeBegin = '\x01';
constexpr char kStrongBegin = '\x02';
constexpr char kReferenceBegin = '\x03';
constexpr char kEnd = '\x04';

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7f'; }

std::string wrapped(char begin, std::string_view text) { return begin + without_controls(text) + kEnd; }

}  // namespace

std::string code(std::string_view text) { return wrapped(kCodeBegin, text); }
std::string strong(std::string_view text) { return wrapped(kStrongBegin, text); }
std::string reference(std::string_view id) { return wrapped(kReferenceBegin, id); }

std::string with_code(std::string_view text) {
  std::string result;
  while (true) {
    const auto begin = text.find('`'), end = begin == text.npos ? text.npos : text.find('`', begin + 1);
    if (end == text.npos) return result + without_controls(text);
    result += without_controls(text.substr(0, begin)) + code(text.substr(begin + 1, end - begin - 1));
    text.remove_prefix(end + 1);
  }
}

std::string capitalised(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

std::vector<Span> spans(std::string_view text) {
  std::vector<Span> result;
  Span span;
  const auto finish = [&](Span::Kind next) {
    if (!span.text.empty()) result.push_back(span);
    span = {next, ""};
  };
  for (const char c : text) {
    if (c == kCodeBegin) {
      finish(Span::Kind::kCode);
    } else if (c == kStrongBegin) {
      finish(Span::Kind::kStrong);
    } else if (c == kReferenceBegin) {
      finish(Span::Kind::kReference);
    } else if (c == kEnd) {
      finish(Span::Kind::kPlain);
    } else {
      span.text += is_control(c) ? ' ' : c;
    }
  }
  finish(Span::Kind::kPlain);
  return result;
}

std::string without_controls(std::string_view text) {
  std::string clean(text);
  for (char& c : clean) {
    if (is_control(c)) c = ' ';
  }
  return clean;
}

}  // namespace flnas::reports
