// Images layer: JPEG and PNG in, JPEG out, the image cache, synthetic lesions. It does not know tables' meaning, models
// or metrics.
#pragma once

#include <cstdint>
#include <vector>

namespace flnas {

/// A decoded picture: RGB, uint8, rows from the top, HWC.
struct Picture {
  int width = 0, height = 0;
  std::vector<std::uint8_t> pixels;
};

/// The picture as it is to be seen. `orientation`: Exif's, 1 to 8 (1: as it is stored; 6: turned right by 90 degrees).
Picture oriented(Picture stored, int orientation);

}  // namespace flnas
