#include "harness/train/examples.h"

#include <array>
#include <cmath>

namespace flnas {
namespace {

nn::ChannelStatistics of_columns(const Examples& rows) {
  nn::ChannelStatistics statistics{.mean = {}, .deviation = {}, .of_columns = true};
  const double n = static_cast<double>(rows.count());
  for (std::size_t column = 0; column < rows.columns.size(); ++column) {
    double sum = 0, squares = 0;
    for (std::size_t i = 0; i < rows.count(); ++i) sum += rows.feature_row(i)[column];
    const double mean = sum / n;
    for (std::size_t i = 0; i < rows.count(); ++i) squares += std::pow(rows.feature_row(i)[column] - mean, 2);
    const bool is_number = rows.columns[column] == 0;
    statistics.mean.push_back(is_number ? mean : 0);
    statistics.deviation.push_back(is_number && squares > 0 ? std::sqrt(squares / n) : 1);
  }
  return statistics;
}

nn::ChannelStatistics of_pixels(const Examples& rows) {
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

}  // namespace

nn::ChannelStatistics input_statistics(const Examples& examples) {
  return examples.columns.empty() ? of_pixels(examples) : of_columns(examples);
}

}  // namespace flnas
