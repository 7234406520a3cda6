#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace flnas::metrics::test {

/// A share of samples, in per cent, with the simulation's own error: the interval of Clopper and Pearson, 95 %.
/// Source: Clopper and Pearson, Biometrika 26(4), 1934.
struct Share {
  double percent, low, high;
};
Share share_of(double hits, double samples);

/// The lines of reports/data/coverage.csv, kept while they are made: a simulation that was stopped goes on where it
/// was.
class CoverageFile {
 public:
  /// Blank: nothing is read or written. Throws DataError where the file has other columns.
  explicit CoverageFile(std::filesystem::path file);

  /// Whether the table's lines of a population are there, of so many samples.
  bool has(const std::string& table, int rows, const std::string& population, int samples) const;
  /// Puts them in place of older ones and writes the file. `lines`: fields in the order of kColumns.
  void replace(const std::string& table, int rows, const std::string& population,
               std::vector<std::vector<std::string>> lines);

  /// What all lines of methods in use say together.
  struct Summary {
    double least = 100, most = 0;
    std::string least_line, most_line;
    std::vector<std::string> missed;  ///< beyond their limit by more than the simulation's error
    std::size_t lines = 0;
  };
  Summary summary() const;

 private:
  std::filesystem::path file_;
  std::vector<std::vector<std::string>> lines_;
};

}  // namespace flnas::metrics::test
