#include "harness/runs/run_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>

#include "datasets/adapter_files.h"
#include "harness/base/error.h"
#include "harness/base/files.h"

namespace flnas {
namespace {

namespace fs = std::filesystem;

constexpr char kFile[] = ".lock";

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

RunLock::RunLock(const fs::path& folder) : file_(folder / kFile) {
  create_folder(folder);
  for (;;) {
    fd_ = ::open(file_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (fd_ < 0) {
      throw IoError(fmt::format("{}: cannot be opened ({}); choose a folder that you may write to", file_.string(),
                                std::strerror(errno)));
    }
    const bool locked = ::flock(fd_, LOCK_EX | LOCK_NB) == 0;
    if (!locked && errno == EWOULDBLOCK) {
      const std::string holder = holder_of(fd_);
      ::close(fd_);
      throw Error(fmt::format("{}: {} is training there; wait until it has ended, or choose another --out",
                              folder.string(), holder));
    }
    if (!locked || is_same_file(fd_, file_)) break;
    ::close(fd_);
  }
  const std::string holder = std::to_string(::getpid());
  [[maybe_unused]] const bool named = ::ftruncate(fd_, 0) == 0 && ::pwrite(fd_, holder.data(), holder.size(), 0) > 0;
}

RunLock::~RunLock() {
  ::unlink(file_.c_str());
  ::close(fd_);
}

bool is_empty_run(const fs::path& folder) {
  if (!fs::exists(folder)) return true;
  const auto entries = fs::directory_iterator(folder);
  return std::all_of(begin(entries), end(entries), [](const auto& entry) {
    const fs::path name = entry.path().filename();
    // A file that was being written when its program was killed (write_file) is none.
    return name == kFile || name == kAdapterFile || (name.string().starts_with('.') && name.extension() == ".tmp");
  });
}

}  // namespace flnas
