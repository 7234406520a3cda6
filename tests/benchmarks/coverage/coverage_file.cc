#include "tests/benchmarks/coverage/coverage_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "harness/base/csv.h"
#include "harness/base/error.h"
#include "harness/base/files.h"
#include "tests/benchmarks/coverage/simulate.h"

namespace flnas::metrics::test {
namespace {

enum Column {
  kTable,
  kFigure,
  kMethod,
  kInUse,
  kN,
  kPopulation,
  kSamples,
  kTrue,
  kCoverage,
  kCoverageLow,
  kCoverageHigh,
  kWidth,
  kAlarms,
  kAlarmsLow,
  kAlarmsHigh
};
const std::vector<std::string> kColumns{"table",         "figure",  "method",       "in_use",     "n",
                                        "population",    "samples", "true",         "coverage",   "coverage_low",
                                        "coverage_high", "width",   "false_alarms", "alarms_low", "alarms_high"};

/// Probability of at most `hits` of `samples` at a rate.
double at_most(double hits, double samples, double rate) {
  double sum = 0;
  for (double i = 0; i <= hits; ++i) {
    sum += std::exp(std::lgamma(samples + 1) - std::lgamma(i + 1) - std::lgamma(samples - i + 1) + i * std::log(rate) +
                    (samples - i) * std::log1p(-rate));
  }
  return sum;
}

/// The rate at which at most so many hits have a probability of 2.5 %.
double upper_end(double hits, double samples) {
  if (hits >= samples) return 1;
  double low = hits / samples, high = 1;
  for (int i = 0; i < 50; ++i) {
    const double middle = (low + high) / 2;
    (at_most(hits, samples, middle) > 0.025 ? low : high) = middle;
  }
  return high;
}

double number(const std::string& text) { return std::strtod(text.c_str(), nullptr); }

}  // namespace

Share share_of(double hits, double samples) {
  return {100 * hits / samples, 100 * (1 - upper_end(samples - hits, samples)), 100 * upper_end(hits, samples)};
}

CoverageFile::CoverageFile(std::filesystem::path file) : file_(std::move(file)) {
  if (file_.empty() || !std::filesystem::exists(file_)) return;
  const Csv csv = Csv::read(file_);
  if (csv.header() != kColumns) {
    throw DataError(fmt::format("{}: made by another version of this program; remove it", file_.string()));
  }
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    auto& line = lines_.emplace_back();
    for (std::size_t column = 0; column < kColumns.size(); ++column) line.push_back(csv.at(row, column));
  }
}

bool CoverageFile::has(const std::string& table, int rows, const std::string& population, int samples) const {
  // figures that a sample may leave undefined have fewer samples than the others
  return std::any_of(lines_.begin(), lines_.end(), [&](const auto& line) {
    return line[kTable] == table && line[kN] == std::to_string(rows) && line[kPopulation] == population &&
           number(line[kSamples]) >= samples;
  });
}

void CoverageFile::replace(const std::string& table, int rows, const std::string& population,
                           std::vector<std::vector<std::string>> lines) {
  const auto same = [&](const auto& line) {
    return line[kTable] == table && line[kN] == std::to_string(rows) && line[kPopulation] == population;
  };
  const auto place = std::find_if(lines_.begin(), lines_.end(), same) - lines_.begin();
  std::erase_if(lines_, same);
  lines_.insert(lines_.begin() + place, lines.begin(), lines.end());
  if (file_.empty()) return;
  std::string text = csv_row(kColumns) + "\n";
  for (const auto& line : lines_) text += csv_row(line) + "\n";
  write_file(file_, text);
}

CoverageFile::Summary CoverageFile::summary() const {
  Summary found;
  for (const auto& line : lines_) {
    if (line[kInUse] != "yes") continue;
    ++found.lines;
    const auto name = fmt::format("{}, {}, n = {}, {}", line[kFigure], line[kMethod], line[kN], line[kPopulation]);
    if (!line[kCoverage].empty()) {
      const double coverage = number(line[kCoverage]);
      if (coverage < found.least) found.least = coverage, found.least_line = name;
      if (number(line[kCoverageHigh]) < kLeastCoverage) {
        found.missed.push_back(
            fmt::format("{}: coverage {} % [{}, {}]", name, line[kCoverage], line[kCoverageLow], line[kCoverageHigh]));
      }
    }
    if (!line[kAlarms].empty()) {
      const double alarms = number(line[kAlarms]);
      if (alarms > found.most) found.most = alarms, found.most_line = name;
      if (number(line[kAlarmsLow]) > kMostAlarms) {
        found.missed.push_back(
            fmt::format("{}: false alarms {} % [{}, {}]", name, line[kAlarms], line[kAlarmsLow], line[kAlarmsHigh]));
      }
    }
  }
  return found;
}

}  // namespace flnas::metrics::test
