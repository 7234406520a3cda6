#include "harness/base/plural.h"

#include <fmt/format.h>

#include "harness/base/text.h"

namespace flnas {

std::string_view plural(long long n, std::string_view one, std::string_view many) { return n == 1 ? one : many; }

std::string counted(long long n, std::string_view one, std::string_view many) {
  if (n != 1 && many.empty()) return fmt::format("{} {}s", with_thousands(n), one);
  return fmt::format("{} {}", with_thousands(n), plural(n, one, many));
}

}  // namespace flnas
