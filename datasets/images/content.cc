#include "datasets/images/content.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <optional>

#include "datasets/images/decode.h"
#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/hash.h"
#include "harness/base/parallel.h"

namespace flnas {
namespace {

namespace fs = std::filesystem;

/// Changes whenever a file's bytes do.
std::string signature(const Table& table, const std::vector<std::size_t>& rows) {
  std::string text;
  for (const std::size_t row : rows) {
    const fs::path& file = table.rows[row].file;
    struct stat info {};
    if (::stat(file.c_str(), &info) != 0) {
      throw DataError(fmt::format("{}: cannot be read ({}); fetch the image or remove its row", file.string(),
                                  std::strerror(errno)));
    }
    text +=
        fmt::format("{} {} {} {} {}.{:09} {}.{:09}\n", table.rows[row].image, info.st_size, info.st_dev, info.st_ino,
                    info.st_mtim.tv_sec, info.st_mtim.tv_nsec, info.st_ctim.tv_sec, info.st_ctim.tv_nsec);
  }
  return sha256(text);
}

/// One line: signature, digest.
std::optional<std::string> recall(const fs::path& file, const std::string& key) {
  if (!fs::is_regular_file(file)) return std::nullopt;
  const std::string text = read_file(file);
  const std::size_t digits = key.size();
  const bool whole = text.size() == 2 * digits + 2 && text.starts_with(key + " ") && text.back() == '\n';
  return whole ? std::optional(text.substr(digits + 1, digits)) : std::nullopt;
}

void remember(const fs::path& file, const std::string& key, const std::string& digest) {
  try {
    write_file(file, key + " " + digest + "\n");
  } catch (const IoError&) {  // it is only slower without
  }
}

}  // namespace

std::string image_digest(std::span<const std::uint8_t> bytes) {
  return sha256({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

std::string combine_digests(const Table& table, const std::vector<std::size_t>& rows,
                            const std::vector<std::string>& digests) {
  std::string text;
  for (std::size_t i = 0; i < rows.size(); ++i) text += table.rows[rows[i]].image + " " + digests[i] + "\n";
  return sha256(text);
}

std::string content_digest(const Table& table, const std::vector<std::size_t>& rows, const fs::path& folder,
                           unsigned threads) {
  const std::string key = signature(table, rows);
  const fs::path file = folder / fmt::format("{}-{:.16}.digest", table.adapter.name, key);
  if (const auto known = recall(file, key)) return *known;
  std::vector<std::string> digests(rows.size());
  parallel_for(rows.size(), threads, "reading images",
               [&] { return [&](std::size_t i) { digests[i] = image_digest(read_bytes(table.rows[rows[i]].file)); }; });
  const std::string digest = combine_digests(table, rows, digests);
  if (signature(table, rows) == key) remember(file, key, digest);
  return digest;
}

}  // namespace flnas
