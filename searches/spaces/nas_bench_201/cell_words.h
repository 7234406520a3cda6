#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "harness/nn/nas_bench_201/nas_bench_201.h"

namespace flnas::searches {

/// How cells are written for language models: by NAS-Bench-201's names, or anonymously, so that a model cannot use
/// memorised results of the benchmark. Anonymous operations are the letters A to E, assigned at random for each seed; a
/// cell is six of them, and space, data set and device are not named.
class CellWords {
 public:
  static CellWords published();
  static CellWords anonymous(std::uint64_t seed);

  bool is_anonymous() const { return anonymous_; }

  std::string write(const nn::Cell& cell) const;
  /// Throws ConfigError for a text that is not a cell.
  nn::Cell read(const std::string& text) const;
  /// A regular expression of every cell as it is written.
  std::string pattern() const;
  /// The space, and how a cell is written.
  std::string describe() const;
  const std::string& operation(nn::CellOperation operation) const {
    return names_[static_cast<std::size_t>(operation)];
  }
  /// The text with its published names of operations replaced: "exactly one C".
  std::string rename(std::string text) const;

 private:
  std::array<std::string, nn::kCellOperations> names_;  ///< by code
  bool anonymous_ = false;
};

}  // namespace flnas::searches
