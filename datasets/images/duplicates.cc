#include "datasets/images/duplicates.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <mutex>

#include "harness/base/parallel.h"

namespace flnas {
namespace {

constexpr int kHashDistance = 10;
constexpr double kCorrelation = 0.985;

double correlation(const Thumbnail& a, const Thumbnail& b) {
  double sum_a = 0, sum_b = 0, aa = 0, bb = 0, ab = 0;
  const auto n = static_cast<double>(a.grey.size());
  for (std::size_t i = 0; i < a.grey.size(); ++i) {
    const double x = a.grey[i], y = b.grey[i];
    sum_a += x, sum_b += y, aa += x * x, bb += y * y, ab += x * y;
  }
  const double variance = (n * aa - sum_a * sum_a) * (n * bb - sum_b * sum_b);
  if (variance <= 0) return a.grey == b.grey ? 1 : 0;  // a picture of one grey
  return (n * ab - sum_a * sum_b) / std::sqrt(variance);
}

}  // namespace

Thumbnail make_thumbnail(std::span<const std::uint8_t> rgb) {
  Thumbnail made;
  for (std::size_t i = 0; i < made.grey.size(); ++i) {
    made.grey[i] = static_cast<std::uint8_t>((299 * rgb[3 * i] + 587 * rgb[3 * i + 1] + 114 * rgb[3 * i + 2]) / 1000);
  }
  // 8 rows of 9 areas, each 4 rows high; the nine columns overlap a little.
  int area[8][9] = {};
  for (std::size_t row = 0; row < 8; ++row) {
    for (std::size_t column = 0; column < 9; ++column) {
      for (std::size_t y = 4 * row; y < 4 * row + 4; ++y) {
        for (std::size_t x = column * 28 / 8; x < column * 28 / 8 + 4; ++x) area[row][column] += made.grey[y * 32 + x];
      }
    }
    for (std::size_t column = 0; column < 8; ++column) {
      made.hash = made.hash << 1 | static_cast<std::uint64_t>(area[row][column] > area[row][column + 1]);
    }
  }
  return made;
}

bool nearly_same(const Thumbnail& a, const Thumbnail& b) {
  return std::popcount(a.hash ^ b.hash) <= kHashDistance && correlation(a, b) >= kCorrelation;
}

std::vector<std::pair<std::size_t, std::size_t>> find_near_duplicates(const std::vector<Thumbnail>& thumbnails,
                                                                      unsigned threads) {
  std::vector<std::uint64_t> hashes;
  for (const Thumbnail& thumbnail : thumbnails) hashes.push_back(thumbnail.hash);
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  std::mutex mutex;
  parallel_for(hashes.size(), threads, "comparing images", [&] {
    return [&](std::size_t i) {
      for (std::size_t j = i + 1; j < hashes.size(); ++j) {
        if (std::popcount(hashes[i] ^ hashes[j]) > kHashDistance || !nearly_same(thumbnails[i], thumbnails[j]))
          continue;
        const std::lock_guard lock(mutex);
        pairs.emplace_back(i, j);
      }
    };
  });
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

}  // namespace flnas
