#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "harness/nn/standardised.h"
#include "harness/train/mitigation/cells.h"

namespace flnas {

/// Labelled images that a loader can address: rows of a pixel cache, which stays mapped, not copied.
struct PixelRows {
  const std::uint8_t* pixels = nullptr;  ///< [*, size, size, 3] uint8, RGB; the whole cache.
  int size = 0;
  std::vector<std::int64_t> row;    ///< Index into the cache, one per image.
  std::vector<std::int64_t> label;  ///< Class index, one per image.
  Cells cells;                      ///< Empty where nothing asks for groups.

  std::size_t count() const { return row.size(); }
  const std::uint8_t* image(std::size_t i) const {
    return pixels +
           static_cast<std::size_t>(row[i]) * static_cast<std::size_t>(size) * static_cast<std::size_t>(size) * 3;
  }
};

/// The three parts that a run uses. Under protocol `inferred` validation and test are the same images.
struct PixelData {
  PixelRows train;
  PixelRows validation;
  PixelRows test;
  std::vector<std::string> classes;
};

/// Mean and (population) standard deviation of each channel over all pixels of the rows, in units of [0, 1].
nn::ChannelStatistics channel_statistics(const PixelRows& rows);

}  // namespace flnas
