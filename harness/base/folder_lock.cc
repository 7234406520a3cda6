#include "harness/base/folder_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "harness/base/error.h"
#include "harness/base/files.h"

namespace flnas {
namespace {

namespace fs = std::filesystem;

/// The file that the name leads to is still the open one: whoever held the lock before has not removed it.
bool is_same_file(int fd, const fs::path& file) {
  struct stat opened {};
  struct stat named {};
  return ::fstat(fd, &opened) == 0 && ::stat(file.c_str(), &named) == 0 && opened.st_dev == named.st_dev &&
         opened.st_ino == named.st_ino;
}

/// What the lock's holder wrote into its file.
std::string holder_of(int fd) {
  char text[32] = {};
  return ::pread(fd, text, sizeof text - 1, 0) > 0 ? fmt::format("process {}", text) : std::string("another process");
}

}  // namespace

FolderLock::FolderLock(const fs::path& folder, const std::string& doing) : folder_(folder) {
  const fs::path file = folder / kFile;
  for (;;) {
    made_ |= !fs::exists(folder);
    create_folder(folder);
    fd_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (fd_ < 0 && errno == ENOENT && made_) continue;  // whoever found nothing to do there has removed it
    if (fd_ < 0) {
      throw IoError(fmt::format("{}: cannot be opened ({}); choose a folder that you may write to", file.string(),
                                std::strerror(errno)));
    }
    const bool locked = ::flock(fd_, LOCK_EX | LOCK_NB) == 0;
    if (!locked && errno == EWOULDBLOCK) {
      const std::string holder = holder_of(fd_);
      ::close(fd_);
      throw Error(fmt::format("{}: {} is {} there; wait until it has ended, or choose another --out", folder.string(),
                              holder, doing));
    }
    if (!locked || is_same_file(fd_, file)) break;
    ::close(fd_);
  }
  const std::string holder = std::to_string(::getpid());
  [[maybe_unused]] const bool named = ::ftruncate(fd_, 0) == 0 && ::pwrite(fd_, holder.data(), holder.size(), 0) > 0;
}

FolderLock::~FolderLock() {
  ::unlink((folder_ / kFile).c_str());
  if (made_) ::rmdir(folder_.c_str());  // where it is empty
  ::close(fd_);
}

}  // namespace flnas
