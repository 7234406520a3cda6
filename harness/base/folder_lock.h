#pragma once

#include <filesystem>
#include <string>

namespace flnas {

/// One writer per folder at a time: a lock (flock) on FOLDER/.lock while alive. The kernel lets go of it when the
/// process dies, however it dies; the file goes with this object, and one that a killed process left behind is used
/// again. The folder is created, and goes with this object where nothing was written to it. Throws Error where another
/// process holds the lock, naming its process id and what it does there, and IoError where the file cannot be made. On
/// a file system that knows no locks there is none.
class FolderLock {
 public:
  /// `doing`: "training", "searching".
  FolderLock(const std::filesystem::path& folder, const std::string& doing);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

  /// The name of its file, which counts for nothing in a folder.
  static constexpr char kFile[] = ".lock";

 private:
  std::filesystem::path folder_;
  int fd_ = -1;
  bool made_ = false;
};

}  // namespace flnas
