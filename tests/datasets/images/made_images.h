#pragma once

#include <png.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace flnas::test {

// Image files as cameras, editors and broken transfers make them, out of orderly ones.

using Bytes = std::vector<std::uint8_t>;

/// Where the marker FF `code` begins.
inline std::size_t marker(const Bytes& jpeg, std::uint8_t code) {
  const Bytes wanted = {0xFF, code};
  return static_cast<std::size_t>(std::search(jpeg.begin(), jpeg.end(), wanted.begin(), wanted.end()) - jpeg.begin());
}

inline Bytes inserted(Bytes jpeg, std::size_t at, const Bytes& more) {
  jpeg.insert(jpeg.begin() + static_cast<std::ptrdiff_t>(at), more.begin(), more.end());
  return jpeg;
}

inline Bytes twelve_bits(Bytes jpeg) { return jpeg[marker(jpeg, 0xC0) + 4] = 12, jpeg; }
inline Bytes two_starts(const Bytes& jpeg) { return inserted(jpeg, 2, {0xFF, 0xD8}); }
inline Bytes unknown_revision(Bytes jpeg) { return jpeg[marker(jpeg, 0xE0) + 9] = 2, jpeg; }
/// Scan parameters that only a progressive JPEG has.
inline Bytes odd_scan(Bytes jpeg) { return jpeg[marker(jpeg, 0xDA) + 12] = 0, jpeg; }
inline Bytes stray_bytes(const Bytes& jpeg) { return inserted(jpeg, marker(jpeg, 0xDB), {0x00, 0x11, 0x22}); }

/// A TIFF directory of one entry, little-endian.
inline Bytes exif_data(std::uint8_t orientation) {
  return {'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0};
}

inline Bytes with_orientation(const Bytes& jpeg, int orientation) {
  const Bytes data = exif_data(static_cast<std::uint8_t>(orientation));
  Bytes segment = {0xFF, 0xE1, 0, static_cast<std::uint8_t>(data.size() + 8), 'E', 'x', 'i', 'f', 0, 0};
  segment.insert(segment.end(), data.begin(), data.end());
  return inserted(jpeg, 2, segment);
}

/// 8 x 8 pixels of the colour (200, 100, 50). Kind 1: RGB; 2: with transparency; 3: with a palette; 4: grey.
inline Bytes png(int kind) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = image.height = 8;
  image.format = kind == 2   ? PNG_FORMAT_RGBA
                 : kind == 3 ? PNG_FORMAT_RGB_COLORMAP
                 : kind == 4 ? PNG_FORMAT_GRAY
                             : PNG_FORMAT_RGB;
  image.colormap_entries = 1;
  const Bytes pixel = kind == 2   ? Bytes{200, 100, 50, 30}
                      : kind == 3 ? Bytes{0}
                      : kind == 4 ? Bytes{77}
                                  : Bytes{200, 100, 50};
  const Bytes palette = {200, 100, 50};
  Bytes pixels;
  for (int i = 0; i < 64; ++i) pixels.insert(pixels.end(), pixel.begin(), pixel.end());
  png_alloc_size_t length = PNG_IMAGE_PNG_SIZE_MAX(image);
  Bytes bytes(length);
  png_image_write_to_memory(&image, bytes.data(), &length, 0, pixels.data(), 0, palette.data());
  bytes.resize(length);
  return bytes;
}

}  // namespace flnas::test
