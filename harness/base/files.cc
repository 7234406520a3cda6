#include "harness/base/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <utility>

#include "harness/base/error.h"

namespace flnas {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(std::string_view what, const fs::path& path, int code) {
  const char* fix = "check the path and its permissions";
  if (code == ENOSPC || code == EDQUOT) fix = "free some space and run the same command again";
  if (code == EROFS || code == EACCES || code == EPERM) fix = "choose a folder that you may write to";
  throw IoError(fmt::format("{}: {} ({}); {}", path.string(), what, std::strerror(code), fix));
}

class Descriptor {
 public:
  Descriptor(const fs::path& path, int flags) : Descriptor(path, flags, path) {}
  /// Errors name `shown`: the file that the user asked for, not the temporary one beside it.
  Descriptor(const fs::path& path, int flags, fs::path shown)
      : fd_(::open(path.c_str(), flags | O_CLOEXEC, 0644)), path_(std::move(shown)) {
    if (fd_ < 0) fail("cannot open", path_, errno);
  }
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int get() const { return fd_; }
  void write(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t n = ::write(fd_, bytes.data(), bytes.size());
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) fail("cannot write", path_, errno);
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
  }
  void sync() {
    if (::fsync(fd_) != 0 && errno != EINVAL) fail("cannot write", path_, errno);
  }
  void close() {
    if (::close(std::exchange(fd_, -1)) != 0) fail("cannot write", path_, errno);
  }

 private:
  int fd_;
  fs::path path_;
};

/// Removes the temporary file unless the rename took it.
struct Temporary {
  fs::path path;
  ~Temporary() {
    std::error_code ignored;
    if (!path.empty()) fs::remove(path, ignored);
  }
};

}  // namespace

std::string read_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in || fs::is_directory(file)) fail("cannot read", file, errno != 0 ? errno : EISDIR);
  return {std::istreambuf_iterator<char>(in), {}};
}

void create_folder(const fs::path& folder) {
  std::error_code code;
  fs::create_directories(folder, code);
  if (code) fail("cannot create the folder", folder, code.value());
}

void write_file(const fs::path& file, const std::function<void(const fs::path&)>& write) {
  const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
  create_folder(folder);
  Temporary temporary{folder / fmt::format(".{}.{}.tmp", file.filename().string(), ::getpid())};
  write(temporary.path);
  Descriptor(temporary.path, O_RDWR, file).sync();
  if (::rename(temporary.path.c_str(), file.c_str()) != 0) fail("cannot write", file, errno);
  temporary.path.clear();
  Descriptor(folder, O_RDONLY | O_DIRECTORY).sync();
}

void write_file(const fs::path& file, std::string_view content) {
  write_file(file, [&](const fs::path& temporary) {
    Descriptor out(temporary, O_WRONLY | O_CREAT | O_TRUNC, file);
    out.write(content);
    out.close();
  });
}

void write_stream(const fs::path& file, const std::function<void(std::ostream&)>& write) {
  write_file(file, [&](const fs::path& temporary) {
    std::ofstream out(temporary, std::ios::binary);
    write(out);
    out.close();
    if (!out) fail("cannot write", file, errno != 0 ? errno : EIO);
  });
}

void append_line(const fs::path& file, std::string_view line) {
  if (file.has_parent_path()) create_folder(file.parent_path());
  if (fs::is_regular_file(file)) {
    const std::string content = read_file(file);
    const std::size_t whole = content.rfind('\n') == content.npos ? 0 : content.rfind('\n') + 1;
    if (whole != content.size()) fs::resize_file(file, whole);
  }
  Descriptor out(file, O_WRONLY | O_CREAT | O_APPEND);
  out.write(std::string(line) + "\n");
  out.sync();
}

}  // namespace flnas
