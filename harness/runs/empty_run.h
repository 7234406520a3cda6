#pragma once

#include <filesystem>

namespace flnas {

/// Whether the folder is missing, or holds nothing but the file of a lock (harness/base/folder_lock.h) and the
/// temporary files of a killed program.
bool is_empty_run(const std::filesystem::path& folder);

}  // namespace flnas
