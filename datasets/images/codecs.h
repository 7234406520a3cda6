#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "datasets/images/picture.h"

namespace flnas {

/// Pictures of more pixels are refused before memory is taken: 16,384 x 16,384.
inline constexpr std::int64_t kMostPixels = std::int64_t{1} << 28;

/// Why an image cannot be decoded; thrown by the codecs, who do not know its name.
struct Undecodable {
  std::string reason;
};

/// What a codec found beside the pixels.
struct Decoded {
  int orientation = 1;  ///< Exif's, 1 to 8
  std::string warning;  ///< the first fault of form that did not touch the pixels; blank: none
};

/// Decodes a JPEG into `picture`, whose memory is used again: any subsampling, grey or YCbCr or RGB, progressive too.
/// Scaled by 1/8, 1/4 or 1/2 where that still covers cover x cover (0: never), which is cheap for large pictures.
/// Faults of form (stray bytes or markers, an unknown JFIF revision) are read over with a warning, as everybody else
/// does. Throws Undecodable for lost pixels: truncated or rotten data; for CMYK, 12 bits, and what is no JPEG.
Decoded decode_jpeg(std::span<const std::uint8_t> bytes, int cover, Picture& picture);

/// The same for a PNG of any kind, at its own size; 16 bits become 8, and transparency is left out.
Decoded decode_png(std::span<const std::uint8_t> bytes, Picture& picture);

/// The orientation in Exif data (a TIFF file that begins with "II" or "MM"); 1 where they name none or are broken.
int exif_orientation(std::span<const std::uint8_t> tiff);

}  // namespace flnas
