#include "datasets/nas/column_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/hash.h"

namespace flnas {
namespace {

constexpr std::size_t kPage = 4096;

struct Header {
  char mark[16] = "flnas-columns/1";
  char key[64] = {};
  char sha256[64] = {};
  std::uint64_t description = 0;  ///< bytes, the padding behind it left out
  std::uint64_t rows = 0;
  std::uint64_t columns = 0;
};

std::size_t to_page(std::size_t bytes) { return (bytes + kPage - 1) / kPage * kPage; }

std::size_t description_begin() { return sizeof(Header); }
std::size_t values_begin(const Header& header) { return to_page(description_begin() + header.description); }

}  // namespace

void ColumnFile::write(const std::filesystem::path& file, const std::string& key, const Json& description,
                       const std::vector<std::vector<double>>& columns) {
  const std::string text = description.dump();
  Header header;
  header.description = text.size();
  header.rows = columns.empty() ? 0 : columns[0].size();
  header.columns = columns.size();
  std::string rest = text;
  rest.resize(values_begin(header) - description_begin());
  for (const auto& column : columns) {
    rest.append(reinterpret_cast<const char*>(column.data()), column.size() * sizeof(double));
  }
  std::memcpy(header.key, key.data(), sizeof(header.key));
  std::memcpy(header.sha256, sha256(rest).data(), sizeof(header.sha256));
  write_file(file, std::string(reinterpret_cast<const char*>(&header), sizeof(header)) + rest);
}

std::optional<ColumnFile> ColumnFile::open(const std::filesystem::path& file, const std::string& key) {
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return std::nullopt;
  struct stat info {};
  const bool known = ::fstat(fd, &info) == 0;
  const auto bytes = known ? static_cast<std::size_t>(info.st_size) : 0;
  void* map = bytes < sizeof(Header) ? MAP_FAILED : ::mmap(nullptr, bytes, PROT_READ, MAP_SHARED, fd, 0);
  ::close(fd);
  if (map == MAP_FAILED) return std::nullopt;
  ColumnFile found;
  found.map_ = map;
  found.bytes_ = bytes;
  Header header;
  std::memcpy(&header, map, sizeof(header));
  const char* begin = static_cast<const char*>(map);
  const std::string_view rest(begin + description_begin(), bytes - description_begin());
  const bool whole = std::memcmp(header.mark, Header{}.mark, sizeof(header.mark)) == 0 &&
                     std::memcmp(header.key, key.data(), sizeof(header.key)) == 0 &&
                     sha256(rest) == std::string_view(header.sha256, sizeof(header.sha256));
  if (!whole) return std::nullopt;
  found.description_ = parse_json(rest.substr(0, header.description), file.string());
  found.rows_ = header.rows;
  found.columns_ = header.columns;
  found.values_ = reinterpret_cast<const double*>(begin + values_begin(header));
  return found;
}

ColumnFile& ColumnFile::operator=(ColumnFile&& other) noexcept {
  std::swap(map_, other.map_);
  std::swap(bytes_, other.bytes_);
  std::swap(description_, other.description_);
  std::swap(rows_, other.rows_);
  std::swap(columns_, other.columns_);
  std::swap(values_, other.values_);
  return *this;
}

ColumnFile::~ColumnFile() {
  if (map_ != nullptr) ::munmap(map_, bytes_);
}

}  // namespace flnas
