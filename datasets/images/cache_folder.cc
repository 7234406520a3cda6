#include "datasets/images/cache_folder.h"

#include <cstdlib>
#include <optional>

namespace flnas {

namespace fs = std::filesystem;

fs::path cache_folder() {
  const auto set = [](const char* name) -> std::optional<fs::path> {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') return std::nullopt;
    return fs::path(value);
  };
  if (const auto folder = set("FLNAS_CACHE")) return *folder;
  if (const auto folder = set("XDG_CACHE_HOME")) return *folder / "flnas";
  if (const auto folder = set("HOME")) return *folder / ".cache" / "flnas";
  return fs::temp_directory_path() / "flnas";
}

}  // namespace flnas
