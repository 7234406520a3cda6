// How often intervals hold the true value and tests raise a false alarm, by simulation of data sets whose true figures
// are known. A table is one file with `void add_NAME(Program&)` and a line in coverage.cc.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "tests/metrics/population.h"

namespace flnas::metrics::test {

inline constexpr int kDraws = 400;                             ///< of each interval; a report takes 2,000 and more
inline constexpr double kLeastCoverage = 93, kMostAlarms = 6;  ///< per cent, at nominal 95 and 5

/// Sums over the samples of one line.
struct Line {
  double truth = 0, value = 0, width = 0, covered = 0, below = 0, above = 0, samples = 0;
  double alarms = 0, tests = 0;

  /// An interval for `truth`; a sample that leaves the figure undefined does not count.
  void add(double truth_here, double value_here, double low, double high);
  /// A test whose hypothesis is true.
  void add_test(double p);
  void add(const Line& other);
  double coverage() const { return 100 * covered / samples; }
  double alarm_rate() const { return 100 * alarms / tests; }
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
  /// `only`: the one table to make; blank: all.
  Program(int samples, std::string only) : samples_(samples), only_(std::move(only)) {}

  /// Begins a table; false where it is not wanted. `share`: samples of each line, as a part of those asked for.
  bool begin(const std::string& id, const std::string& title, double share = 1);
  /// Draws the samples of one population, on all cores, and prints its lines. Lines with a tenth of the samples or less
  /// are left out.
  void lines(const std::string& population, int rows, const std::vector<Title>& titles, const Sample& sample);
  /// Prints which chosen lines miss their limits by more than the simulation's error; their number. `file`: where all
  /// lines are written as CSV; blank: nowhere.
  int finish(const std::string& file) const;

 private:
  std::vector<Line> simulate(const std::string& population, int rows, std::size_t lines, const Sample& sample) const;

  int samples_, of_table_ = 0;
  std::string only_;
  double least_ = 100, most_ = 0;
  std::string least_line_, most_line_;
  std::vector<std::string> missed_;
  std::string csv_ = "figure,method,in_use,n,population,samples,true,coverage,width,false_alarms\n";
};

struct Named {
  std::string name;
  Population people;
};
/// Fair people, and those whose unfairness sum is one of these, by sex, by age, and by both.
std::vector<Named> populations(const Population& base, const std::vector<double>& truths);
Population with_unfairness(Population people, const std::string& kind, double truth);

void add_gap_methods(Program& program);
void add_counted(Program& program);
void add_scored(Program& program);
void add_paired(Program& program);
void add_trainings(Program& program);

}  // namespace flnas::metrics::test
