#pragma once

#include <filesystem>

namespace flnas {

/// Whether the folder is missing, or holds nothing but a lock's file (harness/base/folder_lock.h) and what a killed
/// program had begun to write.
bool is_empty_run(const std::filesystem::path& folder);

}  // namespace flnas
