#include "harness/base/folder_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <thread>
#include <utility>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/lock_holder.h"

namespace flnas {
namespace {

namespace fs = std::filesystem;

constexpr char kFile[] = ".lock";
constexpr std::chrono::seconds kBeat{10}, kDead{120};

/// Processes of one machine take, replace and give up a lock one after another, where the file system can do that.
class Turn {
 public:
  explicit Turn(const fs::path& folder) : fd_(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    while (fd_ >= 0 && ::flock(fd_, LOCK_EX) != 0 && errno == EINTR) {
    }
  }
  ~Turn() {
    if (fd_ >= 0) ::close(fd_);
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  int fd_;
};

/// What stands in a lock's file; blank where there is none.
std::string read_holder(const fs::path& file) {
  try {
    return read_file(file);
  } catch (const IoError&) {
    return {};
  }
}

/// Seconds since the epoch at which the file was last touched, by its server's clock; -1 without one.
time_t touched(const fs::path& file) {
  struct stat info {};
  return ::stat(file.c_str(), &info) == 0 ? info.st_mtime : -1;
}

/// A name for this process alone, which write_file's cleaning takes for a temporary file where a kill leaves it behind.
fs::path own_file(const fs::path& folder, const LockHolder& self, const char* purpose) {
  return folder / fmt::format("{}.{}.{}.{}.tmp", kFile, purpose, self.host, self.process);
}

[[noreturn]] void fail(const fs::path& file, int code) {
  throw IoError(fmt::format("{}: cannot be made ({}); {}", file.string(), std::strerror(code),
                            code == ENOSPC ? "free some space" : "choose a folder that you may write to"));
}

struct Removed {
  fs::path path;
  ~Removed() { ::unlink(path.c_str()); }
};

/// False where the folder went away meanwhile.
bool write_claim(const fs::path& claim, const std::string& text, const fs::path& shown) {
  const int fd = ::open(claim.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0 && errno == ENOENT) return false;
  if (fd < 0) fail(shown, errno);
  const ssize_t written = ::write(fd, text.data(), text.size());
  const int code = written < 0 ? errno : ENOSPC;
  ::close(fd);
  if (written == static_cast<ssize_t>(text.size())) return true;
  ::unlink(claim.c_str());
  fail(shown, code);
}

/// Makes `file` of `claim` unless there is one. A file server may do it and still say that it failed; a file system
/// without hard links is left with the rename, which replaces nothing that another process of this machine has just
/// made.
bool link_claim(const fs::path& claim, const fs::path& file) {
  if (::link(claim.c_str(), file.c_str()) == 0) return true;
  const int code = errno;
  struct stat info {};
  if (::stat(claim.c_str(), &info) == 0 && info.st_nlink == 2) return true;
  if (code == EEXIST) return false;
  if (code != EPERM && code != EOPNOTSUPP && code != ENOSYS && code != EMLINK) fail(file, code);
  if (touched(file) >= 0) return false;
  if (::rename(claim.c_str(), file.c_str()) != 0) fail(file, errno);
  return true;
}

/// `now`: by the file server's clock.
bool is_dead(const LockHolder& holder, time_t last, time_t now) {
  return holder.is_here() ? !holder.runs() : now - last > kDead.count();
}

std::string describe(const LockHolder& holder, time_t last, time_t now) {
  if (holder.process.empty()) return "another process";
  if (holder.is_here() || holder.host.empty()) return "process " + holder.process;
  return fmt::format("process {} on {} (seen {} s ago)", holder.process, holder.host, std::max<time_t>(0, now - last));
}

/// Takes the file of a dead holder away, if it is still that one's: another machine may have replaced it just now.
void bury(const fs::path& file, const std::string& dead, const fs::path& grave) {
  if (::rename(file.c_str(), grave.c_str()) != 0) return;
  if (read_holder(grave) != dead && ::link(grave.c_str(), file.c_str()) != 0) {
    // A third one was faster; the second will notice when it touches its file.
  }
  ::unlink(grave.c_str());
}

}  // namespace

/// Touches the file while its holder lives.
class FolderLock::Heartbeat {
 public:
  Heartbeat(fs::path file, std::string holder)
      : file_(std::move(file)), holder_(std::move(holder)), thread_([this] { beat(); }) {}
  ~Heartbeat() {
    {
      const std::lock_guard lock(mutex_);
      ended_ = true;
    }
    changed_.notify_all();
    thread_.join();
  }

 private:
  void beat() {
    std::unique_lock lock(mutex_);
    while (!changed_.wait_for(lock, kBeat, [this] { return ended_; })) {
      const std::string found = read_holder(file_);
      if (found.empty()) continue;  // removed by hand, or a file server that is away
      if (found != holder_) {
        fmt::print(stderr,
                   "error: {}: process {} took over there while this program was held up; the same command continues\n",
                   file_.parent_path().string(), LockHolder::parse(found).process);
        ::_exit(1);
      }
      ::utimensat(AT_FDCWD, file_.c_str(), nullptr, 0);
    }
  }

  fs::path file_;
  std::string holder_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool ended_ = false;
  std::thread thread_;
};

bool FolderLock::is_lock_file(const std::string& name) {
  return name == kFile || (name.starts_with(std::string(kFile) + ".") && name.ends_with(".tmp"));
}

FolderLock::FolderLock(const fs::path& folder, const std::string& doing) : folder_(folder) {
  const LockHolder self = LockHolder::self();
  holder_ = self.text();
  const fs::path file = folder / kFile, claim = own_file(folder, self, "claim");
  for (;;) {
    made_ |= !fs::exists(folder);
    create_folder(folder);
    const Turn turn(folder);
    if (!write_claim(claim, holder_, file)) continue;  // whoever found nothing to do there has removed the folder
    const Removed removed{claim};
    if (link_claim(claim, file)) break;
    const std::string found = read_holder(file);
    const time_t last = touched(file), now = touched(claim);
    if (last < 0) continue;  // it was given up meanwhile
    const LockHolder holder = LockHolder::parse(found);
    if (!is_dead(holder, last, now)) {
      throw Error(fmt::format("{}: {} is {} there; wait until it has ended, or choose another --out", folder.string(),
                              describe(holder, last, now), doing));
    }
    bury(file, found, own_file(folder, self, "dead"));
  }
  heartbeat_ = std::make_unique<Heartbeat>(file, holder_);
}

FolderLock::~FolderLock() {
  heartbeat_.reset();
  {
    const Turn turn(folder_);
    if (read_holder(folder_ / kFile) == holder_) ::unlink((folder_ / kFile).c_str());
  }
  if (made_) ::rmdir(folder_.c_str());  // where it is empty
}

}  // namespace flnas
