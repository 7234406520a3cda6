#include "harness/base/plural.h"

#include <fmt/format.h>

#include "harness/base/text.h"

namespace flnas {
namespace {

/// "search" and "class" are spoken with a vowel before the s.
std::string_view ending(std::string_view one) {
  for (const std::string_view hiss : {"s", "x", "z", "ch", "sh"}) {
    if (one.ends_with(hiss)) return "es";
  }
  return "s";
}

}  // namespace

std::string_view plural(long long n, std::string_view one, std::string_view many) { return n == 1 ? one : many; }

std::string counted(long long n, std::string_view one, std::string_view many) {
  if (n != 1 && many.empty()) return fmt::format("{} {}{}", with_thousands(n), one, ending(one));
  return fmt::format("{} {}", with_thousands(n), plural(n, one, many));
}

}  // namespace flnas
