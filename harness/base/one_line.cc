#include "harness/base/one_line.h"

#include <fmt/format.h>

#include <filesystem>
#include <string_view>

namespace flnas {
namespace {

/// "rename" of "filesystem error: cannot rename: No space left on device [a] [b]".
std::string_view attempted(std::string_view text) {
  constexpr std::string_view kBefore = "filesystem error: ";
  if (text.starts_with(kBefore)) text.remove_prefix(kBefore.size());
  return text.substr(0, text.find(':'));
}

}  // namespace

std::string one_line(const std::exception& error) {
  const std::string_view text = error.what();
  if (const auto* file = dynamic_cast<const std::filesystem::filesystem_error*>(&error)) {
    return fmt::format("{}: {} ({}); check the path, its permissions and the disk", file->path1().string(),
                       attempted(text), file->code().message());
  }
  return std::string(text.substr(0, text.find('\n')));
}

}  // namespace flnas
