#pragma once

#include <string>
#include <string_view>

namespace flnas {

/// `one` where there is exactly one of something, else `many`: plural(n, "is", "are").
std::string_view plural(long long n, std::string_view one, std::string_view many);

/// The count with its noun: "1 design", "2,000 designs", "0 designs". `many` is `one` with s, or es after a
/// hiss ("searches"), where it is left out.
std::string counted(long long n, std::string_view one, std::string_view many = {});

}  // namespace flnas
