#pragma once

#include <filesystem>
#include <memory>
#include <string>

namespace flnas {

/// One writer per folder at a time, on this machine and on all others that share its file system. The lock is the file
/// FOLDER/.lock, made by a hard link, which a file server does once only, and touched every ten seconds while this
/// object lives. It needs no locks of the file system: where there are some (flock), processes of one machine take
/// their turns by them.
///
/// A holder that died is replaced: at once where its process was one of this machine, else after two minutes without a
/// sign of life, by the file server's clock alone. A holder that was held up for so long that another one took its
/// place ends its process when it notices, before the two can write for more than ten seconds.
///
/// The folder is created, and goes with this object where nothing was written to it. Throws Error where another process
/// holds the lock, naming its process id and what it does there, and IoError where the file cannot be made.
class FolderLock {
 public:
  /// `doing`: "training", "searching".
  FolderLock(const std::filesystem::path& folder, const std::string& doing);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

  /// Whether a file of this name is a lock's, which counts for nothing in a folder.
  static bool is_lock_file(const std::string& name);

 private:
  class Heartbeat;

  std::filesystem::path folder_;
  std::string holder_;
  bool made_ = false;
  std::unique_ptr<Heartbeat> heartbeat_;
};

}  // namespace flnas
