#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace flnas {

/// What an image looks like, small: 32 x 32 grey values and a 64-bit difference hash (dHash: is each of 8 x 8 areas
/// brighter than its right neighbour?). Rotated and mirrored copies are not recognised.
struct Thumbnail {
  static constexpr int kSide = 32;
  std::uint64_t hash = 0;
  std::array<std::uint8_t, kSide * kSide> grey{};
};

/// From kSide x kSide RGB pixels.
Thumbnail make_thumbnail(std::span<const std::uint8_t> rgb);

/// Two images are nearly the same when their hashes differ in at most 10 of 64 bits and their grey values have a
/// correlation of at least 0.985.
bool nearly_same(const Thumbnail& a, const Thumbnail& b);

/// All pairs (i < j) of nearly equal images, sorted. Compares every pair of hashes: about half a second for 25,000.
std::vector<std::pair<std::size_t, std::size_t>> find_near_duplicates(const std::vector<Thumbnail>& thumbnails,
                                                                      unsigned threads = 0);

}  // namespace flnas
