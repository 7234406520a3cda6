#include "harness/train/pixels.h"

#include <array>
#include <cmath>

namespace flnas {

nn::ChannelStatistics channel_statistics(const PixelRows& rows) {
  const std::size_t values = static_cast<std::size_t>(rows.size) * static_cast<std::size_t>(rows.size) * 3;
  std::array<std::uint64_t, 3> sum{}, squares{};  // exact: 2^64 / 255^2 is room for 10^14 values
  for (std::size_t i = 0; i < rows.count(); ++i) {
    const std::uint8_t* image = rows.image(i);
    for (std::size_t v = 0; v < values; v += 3) {
      for (std::size_t c = 0; c < 3; ++c) {
        const std::uint64_t value = image[v + c];
        sum[c] += value;
        squares[c] += value * value;
      }
    }
  }
  const double n = static_cast<double>(rows.count()) * static_cast<double>(values) / 3;
  nn::ChannelStatistics statistics;
  for (std::size_t c = 0; c < 3; ++c) {
    const double mean = static_cast<double>(sum[c]) / n;
    const double variance = static_cast<double>(squares[c]) / n - mean * mean;
    statistics.mean.push_back(mean / 255);
    // Images of one colour cannot be scaled.
    statistics.deviation.push_back(variance > 0 ? std::sqrt(variance) / 255 : 1);
  }
  return statistics;
}

}  // namespace flnas
