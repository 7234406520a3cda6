#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "harness/base/csv.h"

namespace flnas {

/// What a column holds, and so what may stand in it: accuracies in percent or blank; latencies above 0 or -1 for what
/// cannot be measured; energies above 0; proxies, where blank, -inf and -1e8 (NAS-Bench-Suite-Zero's mark of one that
/// could not be computed) are missing.
enum class NasKind { kAccuracy, kLatency, kEnergy, kProxy };

/// One CSV file of a table, its rows found by their column `index`. Everything throws DataError with file and line.
class NasSheet {
 public:
  /// `rows`: how many there have to be, where that is known. Refuses an index that is out of range or there twice.
  NasSheet(const std::filesystem::path& file, std::optional<std::size_t> rows);

  const Csv& csv() const { return csv_; }

  bool has(std::size_t index) const { return row_of_[index] != kNone; }
  std::size_t row(std::size_t index) const { return row_of_[index]; }

  /// The column by index; NaN for what is missing. Refuses accuracies that are fractions: all of them at most 1.
  std::vector<double> values(std::size_t column, NasKind kind) const;

  [[noreturn]] void fail(std::size_t row, const std::string& problem) const;

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  std::size_t first_missing() const;
  void require_percent(const std::vector<double>& values, std::size_t column) const;
  double value(std::size_t row, std::size_t column, NasKind kind) const;

  Csv csv_;
  std::vector<std::size_t> row_of_;
};

}  // namespace flnas
