// How often intervals hold the true value and tests raise a false alarm, by simulation of data sets whose true figures
// are known. A table is one file with `void add_NAME(Program&)` and a line in coverage.cc.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "tests/benchmarks/coverage/coverage_file.h"
#include "tests/metrics/population.h"

namespace flnas::metrics::test {

inline constexpr int kDraws = 400;                             ///< of each interval; a report takes 2,000 and more
inline constexpr double kLeastCoverage = 93, kMostAlarms = 6;  ///< per cent, at nominal 95 and 5
inline constexpr int kMoreSamples = 4;                         ///< times as many where a chosen line misses them

/// Sums over the samples of one line.
struct Line {
  double truth = 0, value = 0, width = 0, covered = 0, below = 0, above = 0, samples = 0;
  double alarms = 0, tests = 0;

  /// An interval for `truth`; a sample that leaves the figure undefined does not count.
  void add(double truth_here, double value_here, double low, double high);
  /// A test whose hypothesis is true.
  void add_test(double p);
  void add(const Line& other);
  /// Whether it is beyond its limit, be it by chance.
  bool misses() const;
};

/// What stands before the figures of a line.
struct Title {
  std::string figure;
  std::string method;
  bool chosen = true;  ///< the method that flnas uses; others are for comparison
};

/// Adds one sample to the lines, which are as many and in the order of the titles.
using Sample = std::function<void(std::uint64_t seed, std::vector<Line>& lines)>;

class Program {
 public:
  /// `only`: the one table to make; blank: all. `file`: lines that it has of as many samples are not made again; blank:
  /// none.
  Program(int samples, std::string only, std::filesystem::path file)
      : samples_(samples), only_(std::move(only)), file_(std::move(file)) {}

  /// Begins a table; false where it is not wanted.
  bool begin(const std::string& id, const std::string& title);
  /// Whether a population's lines are still to be made: for what its truth costs.
  bool wants(const std::string& population, int rows) const;
  /// Draws the samples of one population, on all cores, prints its lines and keeps them in the file. Where a line of a
  /// method in use misses its limit, the samples are too few to tell chance from fault: kMoreSamples times as many are
  /// drawn, the first ones again among them. Lines with a tenth of the samples or less are left out.
  /// Throws std::logic_error where a table has drawn this population with as many rows before.
  void lines(const std::string& population, int rows, const std::vector<Title>& titles, const Sample& sample);
  /// Prints which chosen lines miss their limits by more than the simulation's error; their number.
  int finish() const;

 private:
  std::vector<Line> simulate(const std::string& population, int rows, std::size_t lines, int samples,
                             const Sample& sample) const;

  int samples_;
  std::string only_, table_;
  CoverageFile file_;
  std::set<std::string> drawn_;
};

struct Named {
  std::string name;
  Population people;
};
/// Fair people, and those whose unfairness sum is one of these, by sex, by age, and by both. `who`: what their names
/// end with.
std::vector<Named> populations(const Population& base, const std::vector<double>& truths, const std::string& who = {});
Population with_unfairness(Population people, const std::string& kind, double truth);

void add_gap_methods(Program& program);
void add_counted(Program& program);
void add_scored(Program& program);
void add_paired(Program& program);
void add_trainings(Program& program);

}  // namespace flnas::metrics::test
