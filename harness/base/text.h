#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace flnas {

/// The parts between separators; an empty text has no parts.
std::vector<std::string> split(std::string_view text, char separator);

/// "11,169,858"
std::string with_thousands(long long value);

/// "170 M", "426 k", "1.9 G"; below a thousand as it is.
std::string short_count(double value);

/// "211.8 MiB" from bytes.
std::string format_bytes(double bytes);

/// Whether the bytes are valid UTF-8.
bool is_utf8(std::string_view text);

/// Foreign text for a message: one line of valid UTF-8, at most `most` bytes and "..." where it was cut. Runs of white
/// space and control characters become one space, bytes that are not UTF-8 '?'.
std::string one_line(std::string_view text, std::size_t most);

/// The argument as a POSIX shell reads it back, quoted only where it must be.
std::string shell_quote(std::string_view argument);

}  // namespace flnas
