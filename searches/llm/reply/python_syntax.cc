#include "searches/llm/reply/python_syntax.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "searches/llm/reply/python_tokens.h"

namespace flnas::searches {
namespace {

using Kind = PyValue::Kind;

constexpr int kDeepest = 32;
constexpr std::size_t kWorkPerByte = 64;
constexpr int kMostFailures = 1000;  // each unwinds the stack
constexpr double kLargest = 1e15;

/// Recursive descent over
///   sum: product {(+|-) product};  product: unary {(*|/|//) unary};  unary: [-] atom
///   atom: number | text | True | False | None | name {. name} [( arguments )] | ( values ) | [ values ]
class Parser {
 public:
  Parser(std::string_view text, std::size_t at, std::size_t line) : text_(text), lexer_(text, at), line_(line) {
    counted_ = at;
    advance();
  }

  /// The call that the text begins with; what follows it is not looked at.
  PyValue call() {
    PyValue name;
    name.text = token_.text;
    name.line = line_;
    advance();
    return arguments(std::move(name));
  }

  /// How far the text was looked at.
  std::size_t position() const { return lexer_.position(); }

 private:
  PyValue value() {
    if (++depth_ > kDeepest) fail(fmt::format("nested more than {} deep", kDeepest));
    PyValue left = product();
    while (is("+") || is("-")) {
      const std::string symbol = take();
      left = binary(std::move(left), symbol, product());
    }
    --depth_;
    return left;
  }
  PyValue product() {
    PyValue left = unary();
    while (is("*") || is("/") || is("//")) {
      const std::string symbol = take();
      left = binary(std::move(left), symbol, unary());
    }
    return left;
  }

  PyValue unary() {
    if (!is("-")) return atom();
    take();
    PyValue value = atom();
    if (value.kind != Kind::kInteger && value.kind != Kind::kFloat) return expression(value.line);
    value.integer = -value.integer;
    value.number = -value.number;
    return value;
  }

  PyValue binary(PyValue left, const std::string& symbol, const PyValue& right) const {
    const auto is_number = [](const PyValue& v) { return v.kind == Kind::kInteger || v.kind == Kind::kFloat; };
    if (!is_number(left) || !is_number(right)) return expression(left.line);
    const double a = left.number, b = right.number;
    const bool divides = symbol[0] == '/';
    if (divides && b == 0) fail("division by zero");
    double result = symbol == "+" ? a + b : symbol == "-" ? a - b : symbol == "*" ? a * b : a / b;
    if (symbol == "//") result = std::floor(result);
    const bool integer = left.kind == Kind::kInteger && right.kind == Kind::kInteger && symbol != "/";
    return number(result, integer, left.line);
  }

  PyValue number(double value, bool integer, std::size_t line) const {
    if (!(std::abs(value) <= kLargest)) fail("a number beyond 10^15");
    PyValue result;
    result.kind = integer ? Kind::kInteger : Kind::kFloat;
    result.number = value;
    result.integer = integer ? static_cast<std::int64_t>(value) : 0;
    result.line = line;
    return result;
  }

  static PyValue expression(std::size_t line) {
    PyValue value;
    value.kind = Kind::kName;
    value.text = "?";
    value.line = line;
    return value;
  }

  PyValue atom() {
    const std::size_t line = line_;
    if (is("(") || is("[")) return list();
    PyValue value;
    value.line = line;
    if (token_.kind == PyToken::Kind::kText) {
      value.kind = Kind::kText;
      value.text = take();
    } else if (token_.kind == PyToken::Kind::kNumber) {
      value = literal();
    } else if (token_.kind == PyToken::Kind::kName) {
      value.kind = Kind::kName;
      value.text = take();
      while (is(".")) {
        take();
        if (token_.kind != PyToken::Kind::kName) fail("expected a name after '.'");
        value.text = take();
      }
      if (is("(")) return arguments(std::move(value));
      if (value.text == "None") value.kind = Kind::kNone;
      if (value.text == "True" || value.text == "False") {
        value.kind = Kind::kBool;
        value.integer = value.text == "True" ? 1 : 0;
      }
    } else {
      fail(fmt::format("unexpected '{}'", token_.text));
    }
    return value;
  }

  PyValue literal() {
    std::string digits = token_.text;
    std::erase(digits, '_');
    double value = 0;
    const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (code != std::errc() || end != digits.data() + digits.size())
      fail(fmt::format("'{}' is no number", token_.text));
    const bool integer = digits.find_first_not_of("0123456789") == digits.npos;
    PyValue result = number(value, integer, line_);
    take();
    return result;
  }

  /// A tuple or a list; a single value in parentheses is itself.
  PyValue list() {
    const bool parenthesis = is("(");
    PyValue value;
    value.kind = Kind::kList;
    value.line = line_;
    take();
    bool comma = false;
    while (!is(parenthesis ? ")" : "]")) {
      if (!value.items.empty() && !comma) fail(fmt::format("expected ',' or '{}'", parenthesis ? ')' : ']'));
      value.items.push_back(this->value());
      comma = is(",");
      if (comma) take();
    }
    take();
    if (parenthesis && value.items.size() == 1 && !comma) return PyValue(std::move(value.items[0]));
    return value;
  }

  PyValue arguments(PyValue call) {
    call.kind = Kind::kCall;
    take();
    bool comma = true;
    while (!is(")")) {
      if (!comma) fail("expected ',' or ')'");
      if (is("*")) take();  // *layers: what it holds is taken as it stands
      PyValue value = this->value();
      if (is("=") && value.kind == Kind::kName && value.text != "?") {
        take();
        std::string name = std::move(value.text);
        call.named.push_back({std::move(name), this->value()});
      } else {
        call.items.push_back(std::move(value));
      }
      comma = is(",");
      if (comma) take();
    }
    if (depth_ > 0) take();
    return call;
  }

  bool is(std::string_view symbol) const { return token_.kind == PyToken::Kind::kSymbol && token_.text == symbol; }

  std::string take() {
    std::string text = std::move(token_.text);
    advance();
    return text;
  }

  void advance() {
    token_ = lexer_.next();
    for (; counted_ < token_.at; ++counted_) line_ += text_[counted_] == '\n' ? 1 : 0;
  }

  [[noreturn]] void fail(std::string what) const {
    if (token_.kind == PyToken::Kind::kEnd) what = "the text ends too early";
    throw PySyntaxError{token_.at, std::move(what)};
  }

  std::string_view text_;
  PyLexer lexer_;
  PyToken token_;
  std::size_t line_, counted_ = 0;
  int depth_ = 0;
};

bool is_name_part(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

std::size_t line_of(std::string_view text, std::size_t at) {
  return 1 + static_cast<std::size_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

/// The next `name(` from `from` on, spaces before the parenthesis allowed; npos without one.
std::size_t next_call(std::string_view text, std::string_view name, std::size_t from) {
  for (std::size_t at = text.find(name, from); at != text.npos; at = text.find(name, at + 1)) {
    std::size_t after = at + name.size();
    while (after < text.size() && text[after] == ' ') ++after;
    if ((at == 0 || !is_name_part(text[at - 1])) && after < text.size() && text[after] == '(') return at;
  }
  return text.npos;
}

}  // namespace

std::string describe(const PyValue& value) {
  switch (value.kind) {
    case Kind::kInteger:
      return fmt::format("{}", value.integer);
    case Kind::kFloat:
      return fmt::format("{}", value.number);
    case Kind::kBool:
      return value.integer != 0 ? "True" : "False";
    case Kind::kNone:
      return "None";
    case Kind::kText:
      return "'" + value.text + "'";
    case Kind::kName:
      return value.text == "?" ? "an expression" : value.text;
    case Kind::kCall:
      return value.text + "(...)";
    case Kind::kList:
      break;
  }
  std::string text = "(";
  for (const PyValue& item : value.items) {
    if (text.size() > 40) return text + ", ...)";
    text += (text.size() > 1 ? ", " : "") + describe(item);
  }
  return text + ")";
}

FoundCall find_call(std::string_view text, std::string_view name) {
  FoundCall found;
  PySyntaxError deepest{0, ""};
  std::size_t work = 0, furthest = 0, line = 1, counted = 0;
  int failures = 0;
  std::size_t start = next_call(text, name, 0);
  while (start != text.npos && work <= kWorkPerByte * text.size() && failures < kMostFailures) {
    for (; counted < start; ++counted) line += text[counted] == '\n' ? 1 : 0;
    std::size_t end = start + name.size();
    try {
      Parser parser(text, start, line);
      PyValue call = parser.call();
      // Prose names the call without arguments: `nn.Sequential()`.
      const bool is_mention = call.items.empty() && call.named.empty();
      if (!found.found || !is_mention) found.call = std::move(call);
      found.found = true;
      end = parser.position();
      work += end - start;
      start = next_call(text, name, end);
    } catch (const PySyntaxError& error) {
      ++failures;
      end = std::max(end, error.at);
      work += end - start;
      if (end - start > std::exchange(furthest, std::max(furthest, end - start))) deepest = error;
      start = next_call(text, name, start + 1);
    }
  }
  if (furthest > 0) found.error = fmt::format("line {}: {}", line_of(text, deepest.at), deepest.what);
  return found;
}

}  // namespace flnas::searches
