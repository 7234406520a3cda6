// How often the intervals of the records hold the true value, by simulation (tests/benchmarks/coverage).
#include <fmt/format.h>

#include <algorithm>

#include "harness/base/csv.h"
#include "harness/base/plural.h"
#include "harness/base/text.h"
#include "reports/data/measures.h"
#include "reports/document/inline.h"
#include "reports/sections/sections.h"
#include "resources/report_files.h"

namespace flnas::reports {
namespace {

constexpr const char* kFile = "reports/data/coverage.csv";
constexpr double kLeastCoverage = 93, kMostAlarms = 6;  ///< per cent

/// All lines of one figure and method.
struct Simulated {
  std::string figure, method;
  bool in_use = false;
  int lines = 0, covering = 0, testing = 0;
  int most_samples = 0;
  double least = 101, sum = 0, most_alarms = -1;
  int missed = 0;  ///< lines beyond their limit by more than the simulation's own error
  std::string least_at, most_at;

  void add(const Csv& csv, std::size_t row) {
    ++lines;
    const int samples = static_cast<int>(csv.number(row, csv.column("samples")));
    most_samples = std::max(most_samples, samples);
    const auto at = fmt::format("n = {}, {}", csv.at(row, csv.column("n")), csv.at(row, csv.column("population")));
    if (!csv.at(row, csv.column("coverage")).empty()) {
      const double coverage = csv.number(row, csv.column("coverage"));
      ++covering;
      sum += coverage;
      missed += csv.number(row, csv.column("coverage_high")) < kLeastCoverage ? 1 : 0;
      if (coverage < least) least = coverage, least_at = at;
    }
    if (!csv.at(row, csv.column("false_alarms")).empty()) {
      ++testing;
      const double alarms = csv.number(row, csv.column("false_alarms"));
      missed += csv.number(row, csv.column("alarms_low")) > kMostAlarms ? 1 : 0;
      if (alarms > most_alarms) most_alarms = alarms, most_at = at;
    }
  }
};

std::vector<Simulated> simulated() {
  const Csv csv = Csv::parse(report_files::resource(kFile).value_or(""), kFile);
  std::vector<Simulated> found;
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    const std::string &figure = csv.at(row, csv.column("figure")), &method = csv.at(row, csv.column("method"));
    const auto same = [&](const Simulated& each) { return each.figure == figure && each.method == method; };
    auto place = std::find_if(found.begin(), found.end(), same);
    if (place == found.end()) {
      found.push_back({.figure = figure, .method = method, .in_use = csv.at(row, csv.column("in_use")) == "yes"});
      place = std::prev(found.end());
    }
    place->add(csv, row);
  }
  return found;
}

/// The extremes of the methods in use: what the page says.
struct Extremes {
  double least = 101, most = -1;
  std::string least_at, most_at;
  int samples = 0, lines = 0, missed = 0;

  void add(const Simulated& each) {
    if (!each.in_use) return;
    lines += each.lines;
    missed += each.missed;
    samples = std::max(samples, each.most_samples);
    if (each.covering > 0 && each.least < least) {
      least = each.least, least_at = fmt::format("{}, {}", each.figure, each.least_at);
    }
    if (each.testing > 0 && each.most_alarms > most) {
      most = each.most_alarms, most_at = fmt::format("{}, {}", each.figure, each.most_at);
    }
  }
};

/// "accuracy (Agresti and Coull, effective rows): 95.0 % in the mean of 42 lines, least 93.2 %".
std::string item_of(const Simulated& each) {
  std::string text = fmt::format("{} ({}): ", each.figure, each.method);
  if (each.covering > 0) {
    text += fmt::format("{:.1f} % in the mean of {}, least {:.1f} %", each.sum / each.covering,
                        counted(each.covering, "line"), each.least);
  }
  if (each.testing > 0) {
    text += fmt::format("{}false alarms at most {:.1f} %", each.covering > 0 ? "; " : "", each.most_alarms);
  }
  return text;
}

}  // namespace

void add_coverage(const ReportInputs& inputs, Section& section) {
  const Run* run = inputs.first_measured();
  if (run == nullptr || run->metrics->version.value_or(1) < 3) return;
  const auto found = simulated();
  Extremes extremes;
  for (const Simulated& each : found) extremes.add(each);
  if (extremes.lines == 0) return;
  section.blocks.emplace_back(Paragraph{fmt::format(
      "In simulated data of known truth with groups of ISIC 2019's sizes ({}; {}, of {} samples each, fewer where a "
      "sample has not enough support for the figure, more where the first left a line in doubt) the 95 % intervals of "
      "these metrics held the true value in at least {:.1f} % of "
      "the "
      "samples ({}), and tests at 5 % raised a false alarm in at most {:.1f} % ({}). Beyond 93 and 6 % by more than "
      "the "
      "simulation's own error (Clopper and Pearson's 95 %): {}. Every line, and the methods that were tried beside "
      "those in "
      "use, stand in {}.",
      code("make coverage"), counted(extremes.lines, "line"), with_thousands(extremes.samples), extremes.least,
      extremes.least_at, extremes.most, extremes.most_at,
      extremes.missed == 0 ? "none" : counted(extremes.missed, "line"), code(kFile))});
  List list;
  for (const Simulated& each : found) {
    if (each.in_use) list.items.push_back(item_of(each));
  }
  section.blocks.emplace_back(std::move(list));
}

}  // namespace flnas::reports
