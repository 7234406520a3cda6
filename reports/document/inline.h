#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace flnas::reports {

// Marks inside a text, as control characters, so that no text of a record can be mistaken for one. Builders write
// `code(name)`, and renderers get spans.

std::string code(std::string_view text);
std::string strong(std::string_view text);
/// A reference to the table, figure or section with that id.
std::string reference(std::string_view id);

/// A record's sentence without control characters, what stands between its backticks as code.
std::string with_code(std::string_view text);
/// With its first letter in upper case.
std::string capitalised(std::string text);

struct Span {
  enum class Kind { kPlain, kCode, kStrong, kReference };
  Kind kind = Kind::kPlain;
  std::string text;
};

/// The text's spans; other control characters become spaces.
std::vector<Span> spans(std::string_view text);

/// `text` without control characters, for what comes from a record.
std::string without_controls(std::string_view text);

}  // namespace flnas::reports
