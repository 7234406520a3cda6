#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace flnas::synth {

inline float smooth(float t) { return t * t * (3 - 2 * t); }
/// 0 below `low`, 1 above `high`, smooth between.
inline float ramp(float low, float high, float value) {
  return smooth(std::clamp((value - low) / (high - low), 0.0F, 1.0F));
}

/// Smooth random functions of the plane; each seed is another one.
class Noise {
 public:
  explicit Noise(std::uint64_t seed) : seed_(static_cast<std::uint32_t>(seed ^ (seed >> 32))) {}

  /// Value noise in -1..1 that changes over distances of about 1.
  float value(float x, float y) const {
    const float fx = std::floor(x), fy = std::floor(y);
    const auto ix = static_cast<std::int32_t>(fx), iy = static_cast<std::int32_t>(fy);
    const float u = smooth(x - fx), v = smooth(y - fy);
    const float a = corner(ix, iy), b = corner(ix + 1, iy), c = corner(ix, iy + 1), d = corner(ix + 1, iy + 1);
    const float top = a + u * (b - a), bottom = c + u * (d - c);
    return top + v * (bottom - top);
  }
  /// Three octaves.
  float fractal(float x, float y) const {
    return (value(x, y) + 0.5F * value(2.1F * x + 9, 2.1F * y) + 0.25F * value(4.3F * x, 4.3F * y + 9)) / 1.75F;
  }
  /// 1 on thin winding lines, 0 elsewhere; `width` in 0..1.
  float lines(float x, float y, float width) const { return 1 - ramp(0, width, std::abs(value(x, y))); }
  /// 1 inside discs, one in each unit square with probability `density`; radius about `radius` (below 0.45).
  float discs(float x, float y, float density, float radius) const {
    const float fx = std::floor(x), fy = std::floor(y);
    const auto ix = static_cast<std::int32_t>(fx), iy = static_cast<std::int32_t>(fy);
    float most = 0;
    for (int dy = -1; dy <= 1; ++dy) {
      for (int dx = -1; dx <= 1; ++dx) {
        const std::uint32_t h = hash(ix + dx, iy + dy);
        if (unit(h) > density) continue;
        const float cx = fx + static_cast<float>(dx) + unit(h * 0x9e3779b1U);
        const float cy = fy + static_cast<float>(dy) + unit(h * 0x85ebca77U);
        const float r = radius * (0.6F + 0.8F * unit(h * 0xc2b2ae3dU));
        const float distance = std::sqrt((x - cx) * (x - cx) + (y - cy) * (y - cy));
        most = std::max(most, 1 - ramp(0.6F * r, r, distance));
      }
    }
    return most;
  }

 private:
  static float unit(std::uint32_t h) { return static_cast<float>((h ^ (h >> 15)) >> 8) * 0x1.0p-24F; }
  std::uint32_t hash(std::int32_t x, std::int32_t y) const {
    std::uint32_t h = seed_ + static_cast<std::uint32_t>(x) * 0x8da6b343U + static_cast<std::uint32_t>(y) * 0xd8163841U;
    h = (h ^ (h >> 16)) * 0x7feb352dU;
    h = (h ^ (h >> 15)) * 0x846ca68bU;
    return h ^ (h >> 16);
  }
  float corner(std::int32_t x, std::int32_t y) const { return 2 * unit(hash(x, y)) - 1; }

  std::uint32_t seed_;
};

}  // namespace flnas::synth
