#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace flnas::searches {

struct PyToken {
  enum class Kind { kName, kNumber, kText, kSymbol, kEnd };
  Kind kind = Kind::kEnd;
  std::string text;  ///< kText: without quotes; kSymbol: one of ( ) [ ] , = . + - * / // :
  std::size_t at = 0;
};

/// Python's tokens within brackets, where line ends mean nothing: skips white space and comments.
class PyLexer {
 public:
  PyLexer(std::string_view text, std::size_t at) : text_(text), at_(at) {}

  /// Throws PySyntaxError at anything else.
  PyToken next();
  std::size_t position() const { return at_; }

 private:
  PyToken text_token(char quote);

  std::string_view text_;
  std::size_t at_;
};

struct PySyntaxError {
  std::size_t at;
  std::string what;
};

}  // namespace flnas::searches
