#include "harness/runs/empty_run.h"

#include <algorithm>
#include <string>

#include "datasets/adapters/adapter_files.h"
#include "harness/base/folder_lock.h"

namespace flnas {
namespace fs = std::filesystem;

bool is_empty_run(const fs::path& folder) {
  if (!fs::exists(folder)) return true;
  const auto entries = fs::directory_iterator(folder);
  return std::all_of(begin(entries), end(entries), [](const auto& entry) {
    const fs::path name = entry.path().filename();
    // A file that was being written when its program was killed (write_file) is none.
    return FolderLock::is_lock_file(name.string()) || name == kAdapterFile ||
           (name.string().starts_with('.') && name.extension() == ".tmp");
  });
}

}  // namespace flnas
