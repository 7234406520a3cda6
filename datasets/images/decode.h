#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "datasets/images/picture.h"

namespace flnas {

/// Changes when decoded pixels change: part of the image cache's key.
inline constexpr int kDecoderVersion = 2;

/// Decodes JPEG and PNG files, told apart by their content, into squares: a JPEG is decoded at the smallest of the
/// sizes 1/8, 1/4, 1/2 and 1 that covers the target (DCT scaling, cheap for large originals), then area resize. The
/// aspect ratio is not kept, as in torchvision.transforms.Resize((S, S)). Pictures are turned as their Exif orientation
/// says. One decoder per thread; it keeps its buffer, and no image spoils it for the next.
class ImageDecoder {
 public:
  ImageDecoder();

  /// Fills `out`, size * size * 3 values. `where` is named in errors. Returns the warning of a fault of form that was
  /// read over (codecs.h), blank without one.
  /// Throws DataError for a file that is empty, truncated, corrupt, of another kind or not convertible to RGB.
  std::string decode_square(std::span<const std::uint8_t> bytes, int size, std::span<std::uint8_t> out,
                            const std::string& where);
  std::string decode_square(const std::filesystem::path& file, int size, std::span<std::uint8_t> out);

  /// The whole picture at its own size.
  Picture decode(std::span<const std::uint8_t> bytes, const std::string& where);

 private:
  Picture picture_;
};

/// JPEG bytes of the picture, 4:2:0, at `quality` 1..100; the same picture gives the same bytes.
std::vector<std::uint8_t> encode_jpeg(const Picture& picture, int quality);

/// A file's content. Throws DataError where it is missing, IoError where it cannot be read.
std::vector<std::uint8_t> read_bytes(const std::filesystem::path& file);

}  // namespace flnas
