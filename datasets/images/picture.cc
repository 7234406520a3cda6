#include "datasets/images/picture.h"

#include <cstddef>
#include <cstring>
#include <utility>

namespace flnas {

Picture oriented(Picture stored, int orientation) {
  if (orientation < 2 || orientation > 8) return stored;
  const int w = stored.width, h = stored.height;
  const bool turned = orientation >= 5;
  Picture seen{.width = turned ? h : w, .height = turned ? w : h, .pixels = {}};
  seen.pixels.resize(stored.pixels.size());
  const auto source = [&](int y, int x) -> std::pair<int, int> {
    switch (orientation) {
      case 2:
        return {y, w - 1 - x};
      case 3:
        return {h - 1 - y, w - 1 - x};
      case 4:
        return {h - 1 - y, x};
      case 5:
        return {x, y};
      case 6:
        return {h - 1 - x, y};
      case 7:
        return {h - 1 - x, w - 1 - y};
      default:
        return {x, w - 1 - y};
    }
  };
  std::size_t to = 0;
  for (int y = 0; y < seen.height; ++y) {
    for (int x = 0; x < seen.width; ++x, to += 3) {
      const auto [row, column] = source(y, x);
      const auto from =
          (static_cast<std::size_t>(row) * static_cast<std::size_t>(w) + static_cast<std::size_t>(column));
      std::memcpy(&seen.pixels[to], &stored.pixels[from * 3], 3);
    }
  }
  return seen;
}

}  // namespace flnas
