#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "harness/base/json.h"

namespace flnas {

/// Columns of numbers, all of the same length, in one memory-mapped file, so that a look-up is an array access:
///
///     header: mark, key, SHA-256 of the rest, sizes | description (JSON) | columns, float64, page-aligned
///
/// Columns are identified by their number; the description says what they are. The mapping is read-only and shared.
class ColumnFile {
 public:
  /// Writes the file, whole or not at all. `key`: 64 characters that identify its source.
  static void write(const std::filesystem::path& file, const std::string& key, const Json& description,
                    const std::vector<std::vector<double>>& columns);

  /// Empty if the file is missing, truncated, corrupt or has another key.
  static std::optional<ColumnFile> open(const std::filesystem::path& file, const std::string& key);

  ColumnFile(ColumnFile&& other) noexcept { *this = std::move(other); }
  ColumnFile& operator=(ColumnFile&& other) noexcept;
  ~ColumnFile();

  const Json& description() const { return description_; }
  std::size_t columns() const { return columns_; }
  std::span<const double> column(std::size_t number) const { return {values_ + number * rows_, rows_}; }

 private:
  ColumnFile() = default;

  void* map_ = nullptr;
  std::size_t bytes_ = 0;
  Json description_;
  std::size_t rows_ = 0, columns_ = 0;
  const double* values_ = nullptr;
};

}  // namespace flnas
