#pragma once

#include <filesystem>
#include <string>

namespace flnas {

/// Whether what a record or an archive calls a file stays in the folder that it is relative to: not absolute, and
/// without "..". Records come from other people; the files that they list are read, and some are written.
inline bool is_inside(const std::string& name) {
  const std::filesystem::path path(name);
  if (name.empty() || path.is_absolute() || name.find('\0') != name.npos) return false;
  for (const auto& part : path) {
    if (part == "..") return false;
  }
  return true;
}

/// Whether a name is that of one file, without a folder.
inline bool is_file_name(const std::string& name) {
  return is_inside(name) && name != "." && name.find('/') == name.npos;
}

}  // namespace flnas
