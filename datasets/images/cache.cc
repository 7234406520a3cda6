#include "datasets/images/cache.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <bit>
#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

#include "datasets/images/cache_folder.h"
#include "datasets/images/content.h"
#include "datasets/images/decode.h"
#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/hash.h"
#include "harness/base/parallel.h"

namespace flnas {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kHeaderBytes = 4096;  // a page: images start aligned

struct Header {
  char magic[16] = "flnas-images/2\n";
  char key[64] = {};
  std::uint64_t count = 0;
  std::uint64_t side = 0;
  std::uint64_t warnings = 0;
  std::uint64_t checksum = 0;
};

/// Not cryptographic: finds torn and rotten bytes at memory speed.
std::uint64_t checksum(std::span<const std::uint8_t> bytes) {
  constexpr std::uint64_t kPrime = 0x9e3779b185ebca87ULL;
  std::uint64_t lanes[4] = {1, 2, 3, 4};
  std::size_t at = 0;
  for (; at + 32 <= bytes.size(); at += 32) {
    std::uint64_t words[4];
    std::memcpy(words, bytes.data() + at, 32);
    for (int i = 0; i < 4; ++i) lanes[i] = std::rotl(lanes[i] ^ (words[i] * kPrime), 29) * kPrime;
  }
  std::uint64_t sum = bytes.size();
  for (; at < bytes.size(); ++at) sum = (sum ^ bytes[at]) * kPrime;
  for (const std::uint64_t lane : lanes) sum = std::rotl(sum ^ lane, 31) * kPrime;
  return sum;
}

std::uint64_t combine(const std::vector<std::uint64_t>& sums) {
  return checksum({reinterpret_cast<const std::uint8_t*>(sums.data()), sums.size() * sizeof(sums[0])});
}

class Descriptor {
 public:
  Descriptor(const fs::path& path, int flags) : get(::open(path.c_str(), flags | O_CLOEXEC, 0644)) {}
  ~Descriptor() {
    if (get >= 0) ::close(get);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  const int get;
};

[[noreturn]] void fail(const fs::path& file, int code) {
  throw IoError(fmt::format("{}: cannot write the image cache ({}); {}", file.string(), std::strerror(code),
                            code == ENOSPC ? "free some space or set FLNAS_CACHE to another folder"
                                           : "set FLNAS_CACHE to a folder that you may write to"));
}

void write_at(int fd, std::span<const std::uint8_t> bytes, std::size_t offset, const fs::path& file) {
  while (!bytes.empty()) {
    const ssize_t n = ::pwrite(fd, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) fail(file, errno);
    bytes = bytes.subspan(static_cast<std::size_t>(n));
    offset += static_cast<std::size_t>(n);
  }
}

/// One builder per folder at a time; the kernel lets go of the lock when its process dies.
class FolderLock {
 public:
  explicit FolderLock(const fs::path& folder) : lock_(folder / ".lock", O_RDWR | O_CREAT) {
    if (lock_.get < 0) fail(folder, errno);
    if (::flock(lock_.get, LOCK_EX | LOCK_NB) == 0) return;
    if (errno == EWOULDBLOCK) fmt::print(stderr, "waiting for another process that fills {}\n", folder.string());
    while (::flock(lock_.get, LOCK_EX) != 0 && errno == EINTR) {
    }
  }

 private:
  Descriptor lock_;
};

/// Left behind by builders that were killed; called under the lock.
void remove_leftovers(const fs::path& folder) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    const std::string name = entry.path().filename().string();
    const bool ours = name.find(".u8.") != name.npos || name.find(".digest.") != name.npos;
    if (ours && name.ends_with(".tmp")) fs::remove(entry.path(), ignored);
  }
}

std::string cache_key(const std::string& content, int side) {
  return sha256(fmt::format("decoder {}\ncontent {}\nside {}\n", kDecoderVersion, content, side));
}

}  // namespace

fs::path ImageCache::default_folder() { return cache_folder(); }

/// Maps the file if it is whole: right header, right length, right checksum.
bool ImageCache::open(const std::string& key, unsigned threads) {
  const Descriptor in(file_, O_RDONLY);
  struct stat info {};
  if (in.get < 0 || ::fstat(in.get, &info) != 0) return false;
  const std::size_t expected = kHeaderBytes + count_ * image_bytes();
  if (static_cast<std::size_t>(info.st_size) != expected) return false;
  void* map = ::mmap(nullptr, expected, PROT_READ, MAP_SHARED, in.get, 0);
  if (map == MAP_FAILED) throw IoError(fmt::format("{}: cannot be mapped ({})", file_.string(), std::strerror(errno)));
  map_ = map;
  map_bytes_ = expected;
  Header header;
  std::memcpy(&header, map_, sizeof(header));
  Header wanted;
  std::memcpy(wanted.key, key.data(), sizeof(wanted.key));
  wanted.count = count_;
  wanted.side = static_cast<std::uint64_t>(side_);
  wanted.warnings = header.warnings;
  wanted.checksum = header.checksum;
  bool whole = std::memcmp(&header, &wanted, sizeof(header)) == 0;
  if (whole) {
    std::vector<std::uint64_t> sums(count_);
    parallel_for(count_, threads, "checking images",
                 [&] { return [&](std::size_t i) { sums[i] = checksum(image(i)); }; });
    ::madvise(map_, map_bytes_, MADV_DONTNEED);  // gives the touched pages back; they stay in the page cache
    whole = combine(sums) == header.checksum;
  }
  warnings_ = header.warnings;
  if (!whole) unmap();
  return whole;
}

void ImageCache::build(const Table& table, const std::vector<std::size_t>& rows, const std::string& key,
                       unsigned threads) {
  write_file(file_, [&](const fs::path& temporary) {
    const Descriptor out(temporary, O_RDWR | O_CREAT | O_TRUNC);
    if (out.get < 0) fail(file_, errno);
    const std::size_t bytes = kHeaderBytes + count_ * image_bytes();
    const int code = ::posix_fallocate(out.get, 0, static_cast<off_t>(bytes));
    if (code == ENOSPC || code == EFBIG) fail(file_, code);
    std::vector<std::uint64_t> sums(count_);
    std::vector<std::string> digests(count_);
    std::atomic<std::uint64_t> warnings = 0;
    parallel_for(count_, threads, "decoding images", [&] {
      struct Worker {
        ImageDecoder decoder;
        std::vector<std::uint8_t> pixels;
      };
      auto worker = std::make_shared<Worker>();
      worker->pixels.resize(image_bytes());
      return [&, worker](std::size_t i) {
        const fs::path& image = table.rows[rows[i]].file;
        const auto content = read_bytes(image);
        digests[i] = image_digest(content);
        warnings += !worker->decoder.decode_square(content, side_, worker->pixels, image.string()).empty();
        sums[i] = checksum(worker->pixels);
        write_at(out.get, worker->pixels, kHeaderBytes + i * image_bytes(), file_);
      };
    });
    if (combine_digests(table, rows, digests) != content_) {
      throw DataError(fmt::format("{}: an image changed while it was read; run the same command again",
                                  (table.folder / table.adapter.image_folder).string()));
    }
    Header header;
    std::memcpy(header.key, key.data(), sizeof(header.key));
    header.count = count_;
    header.side = static_cast<std::uint64_t>(side_);
    header.warnings = warnings;
    header.checksum = combine(sums);
    write_at(out.get, {reinterpret_cast<const std::uint8_t*>(&header), sizeof(header)}, 0, file_);
  });
}

ImageCache ImageCache::open_or_build(const Table& table, const std::vector<std::size_t>& rows, int side,
                                     const fs::path& folder, unsigned threads) {
  if (side < 8 || side > 2048) throw ConfigError(fmt::format("size {}: expected 8 to 2048 pixels", side));
  require_images(table, rows);
  ImageCache cache;
  cache.content_ = content_digest(table, rows, folder, threads);
  const std::string key = cache_key(cache.content_, side);
  cache.count_ = rows.size();
  cache.side_ = side;
  cache.file_ = folder / fmt::format("{}-{}px-{:.16}.u8", table.adapter.name, side, key);
  if (cache.open(key, threads)) return cache;
  create_folder(folder);
  const FolderLock lock(folder);
  if (cache.open(key, threads)) return cache;
  remove_leftovers(folder);
  cache.build(table, rows, key, threads);
  if (!cache.open(key, threads)) {
    throw IoError(fmt::format("{}: differs from what was written; check the disk", cache.file_.string()));
  }
  cache.built_ = true;
  return cache;
}

const std::uint8_t* ImageCache::data() const { return static_cast<const std::uint8_t*>(map_) + kHeaderBytes; }

void ImageCache::unmap() {
  if (map_ != nullptr) ::munmap(std::exchange(map_, nullptr), map_bytes_);
}

ImageCache::ImageCache(ImageCache&& other) noexcept { *this = std::move(other); }

ImageCache& ImageCache::operator=(ImageCache&& other) noexcept {
  if (this == &other) return *this;
  unmap();
  file_ = std::move(other.file_);
  content_ = std::move(other.content_);
  map_ = std::exchange(other.map_, nullptr);
  map_bytes_ = other.map_bytes_;
  count_ = other.count_;
  side_ = other.side_;
  built_ = other.built_;
  warnings_ = other.warnings_;
  return *this;
}

ImageCache::~ImageCache() { unmap(); }

}  // namespace flnas
