#pragma once

#include <filesystem>

namespace flnas {

/// One trainer per run folder at a time: a lock (flock) on FOLDER/.lock while alive. The kernel lets go of it when the
/// process dies, however it dies; the file goes with this object, and one that a killed process left behind is used
/// again. The folder is created. Throws Error where another process holds the lock, naming its process id, and IoError
/// where the file cannot be made. On a file system that knows no locks there is none.
class RunLock {
 public:
  explicit RunLock(const std::filesystem::path& folder);
  ~RunLock();
  RunLock(const RunLock&) = delete;
  RunLock& operator=(const RunLock&) = delete;

 private:
  std::filesystem::path file_;
  int fd_ = -1;
};

/// Whether the folder is missing, or holds nothing but a lock's file and what a killed program had begun to write.
bool is_empty_run(const std::filesystem::path& folder);

}  // namespace flnas
