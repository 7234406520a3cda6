#pragma once

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "datasets/images/decode.h"

namespace flnas::test {

/// A smooth colour picture; `phase` makes another one.
inline Picture gradient(int width, int height, double phase = 0) {
  Picture picture{.width = width, .height = height, .pixels = {}};
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const double u = (x + 0.5) / width, v = (y + 0.5) / height;
      picture.pixels.push_back(static_cast<std::uint8_t>(127.5 + 120 * std::sin(3 * u + phase)));
      picture.pixels.push_back(static_cast<std::uint8_t>(127.5 + 120 * std::sin(4 * v + phase)));
      picture.pixels.push_back(static_cast<std::uint8_t>(127.5 + 120 * std::sin(2 * (u + v) + phase)));
    }
  }
  return picture;
}

inline double mean_difference(const std::vector<std::uint8_t>& a, const std::vector<std::uint8_t>& b) {
  if (a.size() != b.size() || a.empty()) return 255;
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += std::abs(int{a[i]} - int{b[i]});
  return sum / static_cast<double>(a.size());
}

}  // namespace flnas::test
