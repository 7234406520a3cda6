#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace flnas {

/// The parts between separators; an empty text has no parts.
std::vector<std::string> split(std::string_view text, char separator);

/// "11,169,858"
std::string with_thousands(long long value);

/// "211.8 MiB" from bytes.
std::string format_bytes(double bytes);

/// The argument as a POSIX shell reads it back, quoted only where it must be.
std::string shell_quote(std::string_view argument);

}  // namespace flnas
