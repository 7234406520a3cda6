#include "datasets/fetch/unpack.h"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <functional>
#include <memory>
#include <set>
#include <string>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/progress.h"
#include "harness/base/text.h"

namespace flnas {
namespace {

namespace fs = std::filesystem;

struct ArchiveCloser {
  void operator()(struct archive* archive) const { archive_read_free(archive); }
};
using Archive = std::unique_ptr<struct archive, ArchiveCloser>;

struct FileCloser {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

[[noreturn]] void refuse(const fs::path& file, const std::string& reason) {
  throw DataError(fmt::format("{}: cannot be unpacked ({}); delete it and fetch it again", file.string(), reason));
}

/// An archive that the disk does not give is none that is damaged. (libarchive says EILSEQ and EINVAL of formats.)
void check_result(int result, struct archive* archive, const fs::path& file) {
  if (result == ARCHIVE_OK) return;
  const int code = archive_errno(archive);
  if (code > 0 && code != EILSEQ && code != EINVAL) {
    throw IoError(
        fmt::format("{}: cannot read ({}); check the disk and its permissions", file.string(), std::strerror(code)));
  }
  const char* reason = archive_error_string(archive);
  refuse(file, reason != nullptr ? reason : "damaged");
}

void for_each_entry(const fs::path& file, const std::function<void(struct archive*, struct archive_entry*)>& visit) {
  const Archive archive(archive_read_new());
  if (!archive) throw IoError("libarchive cannot start; free some memory");
  archive_read_support_format_zip_seekable(archive.get());
  check_result(archive_read_open_filename(archive.get(), file.c_str(), 1 << 16), archive.get(), file);
  struct archive_entry* entry = nullptr;
  int result = ARCHIVE_OK;
  while ((result = archive_read_next_header(archive.get(), &entry)) == ARCHIVE_OK) visit(archive.get(), entry);
  if (result != ARCHIVE_EOF) check_result(result, archive.get(), file);
}

/// The entry's place below the folder; refuses whatever could lie elsewhere.
fs::path safe_path(const fs::path& file, struct archive_entry* entry) {
  const char* raw = archive_entry_pathname(entry);
  const std::string name = raw == nullptr ? "" : raw;
  if (name.empty()) refuse(file, "an entry without name");
  const bool odd = name[0] == '/' || name.find('\\') != name.npos || name.find('\0') != name.npos ||
                   (name.size() > 1 && name[1] == ':');
  const fs::path path(name);
  for (const auto& piece : path) {
    if (odd || piece == "..") refuse(file, fmt::format("the entry '{}' would leave the folder", name));
  }
  const auto type = archive_entry_filetype(entry);
  if ((type != AE_IFREG && type != AE_IFDIR) || archive_entry_hardlink(entry) != nullptr) {
    refuse(file, fmt::format("the entry '{}' is a link or a device", name));
  }
  const fs::path normal = path.lexically_normal();
  return normal.has_filename() ? normal : normal.parent_path();
}

struct Contents {
  std::size_t files = 0;
  std::uint64_t bytes = 0;
  std::set<fs::path> top;
};

Contents look_through(const fs::path& file) {
  Contents contents;
  std::set<fs::path> seen;
  for_each_entry(file, [&](struct archive*, struct archive_entry* entry) {
    const fs::path path = safe_path(file, entry);
    if (path == ".") return;
    contents.top.insert(*path.begin());
    if (archive_entry_filetype(entry) == AE_IFDIR) return;
    if (!seen.insert(path).second) refuse(file, fmt::format("the entry '{}' appears twice", path.string()));
    ++contents.files;
    if (archive_entry_size_is_set(entry) != 0) contents.bytes += static_cast<std::uint64_t>(archive_entry_size(entry));
  });
  if (contents.files == 0) refuse(file, "it holds no files");
  return contents;
}

void write_entry(const fs::path& file, struct archive* archive, const fs::path& target) {
  create_folder(target.parent_path());
  const std::unique_ptr<std::FILE, FileCloser> out(std::fopen(target.c_str(), "wbx"));
  const auto fail = [&] {
    throw IoError(fmt::format("{}: cannot write ({}); free some space and run the same command again", target.string(),
                              std::strerror(errno)));
  };
  if (!out) fail();
  const void* block = nullptr;
  std::size_t length = 0;
  la_int64_t offset = 0;
  int result = ARCHIVE_OK;
  while ((result = archive_read_data_block(archive, &block, &length, &offset)) == ARCHIVE_OK) {
    if (length > 0 && std::fwrite(block, 1, length, out.get()) != length) fail();
  }
  if (result != ARCHIVE_EOF) check_result(result, archive, file);
  if (std::fflush(out.get()) != 0) fail();
}

/// A fresh folder that goes away with whatever is in it.
struct Staging {
  explicit Staging(fs::path where) : path(std::move(where)) {
    std::error_code ignored;
    fs::remove_all(path, ignored);
    create_folder(path);
  }
  ~Staging() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
  fs::path path;
};

}  // namespace

std::size_t unpack_zip(const fs::path& archive, const fs::path& folder) {
  const Contents contents = look_through(archive);
  create_folder(folder);
  std::error_code unknown;
  const fs::space_info space = fs::space(folder, unknown);
  if (!unknown && space.available < contents.bytes) {
    throw IoError(fmt::format("{}: {} are needed to unpack {} and {} are free; free some space", folder.string(),
                              format_bytes(static_cast<double>(contents.bytes)), archive.filename().string(),
                              format_bytes(static_cast<double>(space.available))));
  }
  const Staging staging(folder / fmt::format(".{}.partial", archive.filename().string()));
  Progress progress("unpacking", static_cast<std::int64_t>(contents.files));
  std::int64_t done = 0;
  for_each_entry(archive, [&](struct archive* reader, struct archive_entry* entry) {
    const fs::path path = safe_path(archive, entry);
    if (archive_entry_filetype(entry) == AE_IFDIR) return;
    write_entry(archive, reader, staging.path / path);
    progress.update(++done);
  });
  for (const auto& name : contents.top) {
    if (!fs::exists(staging.path / name)) continue;  // an empty folder
    remove_path(folder / name);
    move_into_place(staging.path / name, folder / name);
  }
  return contents.files;
}

}  // namespace flnas
