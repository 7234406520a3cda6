#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "datasets/tables/table.h"

namespace flnas {

/// Decoded images in one memory-mapped file: [N, S, S, 3], uint8, RGB, in the order of the rows asked for.
///
///     image files -> decode, resize (once, all cores) -> <folder>/<adapter>-<S>px-<key>.u8 -> mmap -> batches
///
/// The key is a SHA-256 over the images' content (content_digest in content.h: ids and bytes), the side S and the
/// decoder's version: another image, or a changed one, gives another cache; the same images elsewhere find this one.
/// Several processes may ask for the same cache; one builds it, the others wait. The mapping is read-only and shared:
/// memory is the page cache's.
class ImageCache {
 public:
  /// Opens the cache, or builds it where it is missing, incomplete or damaged. The data's folder is never written to.
  /// `threads` 0: all cores. Throws DataError for a missing or undecodable image, or one that changes meanwhile (no
  /// cache stays behind), IoError for a full disk or a folder that cannot be written; ConfigError for a side
  /// outside 8..2048.
  static ImageCache open_or_build(const Table& table, const std::vector<std::size_t>& rows, int side,
                                  const std::filesystem::path& folder = default_folder(), unsigned threads = 0);

  /// cache_folder().
  static std::filesystem::path default_folder();

  ImageCache(ImageCache&& other) noexcept;
  ImageCache& operator=(ImageCache&& other) noexcept;
  ~ImageCache();

  std::size_t size() const { return count_; }
  int side() const { return side_; }
  /// Values of one image: S * S * 3.
  std::size_t image_bytes() const { return static_cast<std::size_t>(side_) * static_cast<std::size_t>(side_) * 3; }
  /// Image `i` in the order of the rows, HWC. The first image's start is page-aligned and images follow without gaps.
  std::span<const std::uint8_t> image(std::size_t i) const { return {data() + i * image_bytes(), image_bytes()}; }
  const std::uint8_t* data() const;
  const std::filesystem::path& file() const { return file_; }
  /// content_digest() of the images whose pixels these are.
  const std::string& content() const { return content_; }
  /// Images whose file has a fault of form that was read over (codecs.h); `flnas dataset check` names them.
  std::size_t warnings() const { return warnings_; }
  /// True where this call built the file.
  bool built() const { return built_; }

 private:
  ImageCache() = default;
  bool open(const std::string& key, unsigned threads);
  void build(const Table& table, const std::vector<std::size_t>& rows, const std::string& key, unsigned threads);
  void unmap();

  std::filesystem::path file_;
  std::string content_;
  void* map_ = nullptr;
  std::size_t map_bytes_ = 0;
  std::size_t count_ = 0;
  std::size_t warnings_ = 0;
  int side_ = 0;
  bool built_ = false;
};

}  // namespace flnas
