#include "harness/base/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <exception>
#include <mutex>
#include <ostream>
#include <set>
#include <streambuf>
#include <utility>
#include <vector>

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
  /// Errors name `shown`: the file that the user asked for, not the temporary one beside it; `what` is said where it
  /// cannot be opened.
  Descriptor(const fs::path& path, int flags, fs::path shown, std::string_view what = "cannot open")
      : fd_(::open(path.c_str(), flags | O_CLOEXEC, 0644)), path_(std::move(shown)) {
    if (fd_ < 0) fail(what, path_, errno);
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

/// A stream's bytes on their way to the file. The first error is kept and what follows it is dropped.
class DescriptorBuffer : public std::streambuf {
 public:
  explicit DescriptorBuffer(Descriptor& out) : out_(out) {}
  /// Throws the error that was kept.
  void finish() const {
    if (error_) std::rethrow_exception(error_);
  }

 protected:
  std::streamsize xsputn(const char* bytes, std::streamsize count) override {
    try {
      if (!error_) out_.write({bytes, static_cast<std::size_t>(count)});
    } catch (const IoError&) {
      error_ = std::current_exception();
    }
    written_ += count;
    return count;
  }
  int_type overflow(int_type character) override {
    const char byte = traits_type::to_char_type(character);
    if (!traits_type::eq_int_type(character, traits_type::eof())) xsputn(&byte, 1);
    return traits_type::not_eof(character);
  }
  /// Where the next byte goes; other places cannot be asked for.
  pos_type seekoff(off_type offset, std::ios_base::seekdir from, std::ios_base::openmode) override {
    return offset == 0 && from == std::ios_base::cur ? pos_type(written_) : pos_type(off_type(-1));
  }

 private:
  Descriptor& out_;
  std::exception_ptr error_;
  std::streamsize written_ = 0;
};

/// Whether the path is no file to be replaced by another one: a device or a pipe, also behind a link such as
/// /dev/stdout, which leads to an open file of this process.
bool is_written_in_place(const fs::path& file) {
  std::error_code none;
  if (fs::is_symlink(fs::symlink_status(file, none)) && fs::read_symlink(file, none).string().starts_with("/proc/")) {
    return true;
  }
  const fs::file_status status = fs::status(file, none);
  if (fs::is_block_file(status)) {
    throw IoError(fmt::format("{}: is a disk; choose a file's name", file.string()));
  }
  return fs::is_character_file(status) || fs::is_fifo(status);
}

/// Removes the temporary files that killed processes left in the folder: nobody has written to them for an hour. (A
/// folder may be shared with other machines, whose processes cannot be asked for.) Looks once per folder and process.
void remove_leftovers(const fs::path& folder) {
  static std::mutex mutex;
  static std::set<fs::path> seen;
  {
    const std::lock_guard lock(mutex);
    if (!seen.insert(fs::absolute(folder)).second) return;
  }
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with('.') || !name.ends_with(".tmp") || !entry.is_regular_file(ignored)) continue;
    const auto age = fs::file_time_type::clock::now() - entry.last_write_time(ignored);
    if (age > std::chrono::hours(1)) fs::remove(entry.path(), ignored);
  }
}

}  // namespace

void read_pieces(const fs::path& file, const std::function<void(std::string_view)>& take) {
  const Descriptor in(file, O_RDONLY, file, "cannot read");
  struct stat info {};
  const off_t size = ::fstat(in.get(), &info) == 0 ? info.st_size : 0;
  std::vector<char> buffer(static_cast<std::size_t>(std::clamp<off_t>(size + 1, 1 << 12, 1 << 20)));
  for (;;) {
    const ssize_t n = ::read(in.get(), buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) fail("cannot read", file, errno);
    if (n == 0) return;
    take({buffer.data(), static_cast<std::size_t>(n)});
  }
}

std::string read_file(const fs::path& file) {
  std::string content;
  read_pieces(file, [&](std::string_view piece) { content += piece; });
  return content;
}

void create_folder(const fs::path& folder) {
  std::error_code code;
  fs::create_directories(folder, code);
  if (code) fail("cannot create the folder", folder, code.value());
}

void write_file(const fs::path& file, const std::function<void(const fs::path&)>& write) {
  if (is_written_in_place(file)) return write(file);
  const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
  create_folder(folder);
  remove_leftovers(folder);
  Temporary temporary{folder / fmt::format(".{}.{}.tmp", file.filename().string(), ::getpid())};
  write(temporary.path);
  Descriptor(temporary.path, O_RDWR, file).sync();
  if (::rename(temporary.path.c_str(), file.c_str()) != 0) fail("cannot write", file, errno);
  temporary.path.clear();
  Descriptor(folder, O_RDONLY | O_DIRECTORY).sync();
}

void write_file(const fs::path& file, std::string_view content) {
  write_file(file, [&](const fs::path& target) {
    Descriptor out(target, O_WRONLY | O_CREAT | O_TRUNC, file);
    out.write(content);
    out.close();
  });
}

void write_stream(const fs::path& file, const std::function<void(std::ostream&)>& write) {
  write_file(file, [&](const fs::path& target) {
    Descriptor out(target, O_WRONLY | O_CREAT | O_TRUNC, file);
    DescriptorBuffer buffer(out);
    std::ostream stream(&buffer);
    write(stream);
    buffer.finish();
    out.close();
  });
}

namespace {

/// Cuts off what follows the last end of line.
void cut_torn_line(const Descriptor& file, const fs::path& path) {
  struct stat info {};
  if (::fstat(file.get(), &info) != 0) fail("cannot read", path, errno);
  char last = '\n';
  if (!S_ISREG(info.st_mode) || info.st_size == 0) return;
  if (::pread(file.get(), &last, 1, info.st_size - 1) != 1) fail("cannot read", path, errno);
  if (last == '\n') return;
  const std::size_t whole = read_file(path).rfind('\n') + 1;  // npos + 1 is 0
  if (::ftruncate(file.get(), static_cast<off_t>(whole)) != 0) fail("cannot write", path, errno);
}

}  // namespace

void append_line(const fs::path& file, std::string_view line, Wait wait) {
  if (file.has_parent_path()) create_folder(file.parent_path());
  Descriptor out(file, O_RDWR | O_CREAT | O_APPEND);
  cut_torn_line(out, file);
  out.write(std::string(line) + "\n");
  if (wait == Wait::kForDisk) out.sync();
}

void move_into_place(const fs::path& from, const fs::path& to) {
  if (fs::is_regular_file(from)) Descriptor(from, O_RDWR).sync();
  if (::rename(from.c_str(), to.c_str()) != 0) fail("cannot write", to, errno);
  Descriptor(to.has_parent_path() ? to.parent_path() : fs::path("."), O_RDONLY | O_DIRECTORY).sync();
}

void remove_path(const fs::path& path) {
  std::error_code code;
  fs::remove_all(path, code);
  if (code) fail("cannot remove", path, code.value());
}

}  // namespace flnas
