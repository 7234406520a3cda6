// How often the intervals of the records hold the true value, by simulation (tests/benchmarks/coverage).
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

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

/// All lines of one figure and method.
struct Simulated {
  std::string figure, method;
  bool in_use = false;
  int lines = 0, covering = 0, testing = 0;
  int least_samples = 1 << 30, most_samples = 0, least_n = 1 << 30, most_n = 0;
  double least = 101, sum = 0, width = 0, most_alarms = -1;
  std::string least_at, most_at;

  void add(const Csv& csv, std::size_t row) {
    ++lines;
    const int samples = static_cast<int>(csv.number(row, csv.column("samples")));
    least_samples = std::min(least_samples, samples);
    most_samples = std::max(most_samples, samples);
    const int n = static_cast<int>(csv.number(row, csv.column("n")));
    least_n = std::min(least_n, n);
    most_n = std::max(most_n, n);
    const auto at = fmt::format("n = {}, {}", csv.at(row, csv.column("n")), csv.at(row, csv.column("population")));
    if (!csv.at(row, csv.column("coverage")).empty()) {
      const double coverage = csv.number(row, csv.column("coverage"));
      ++covering;
      sum += coverage;
      width += csv.number(row, csv.column("width"));
      if (coverage < least) least = coverage, least_at = at;
    }
    if (!csv.at(row, csv.column("false_alarms")).empty()) {
      ++testing;
      const double alarms = csv.number(row, csv.column("false_alarms"));
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

}  // namespace

void add_coverage(const ReportInputs& inputs, Section& section) {
  const Run* run = inputs.first_measured();
  if (run == nullptr || run->metrics->version.value_or(1) < 3) return;
  List list;
  int least_samples = 1 << 30, most_samples = 0;
  for (const Simulated& each : simulated()) {
    if (!each.in_use) continue;
    least_samples = std::min(least_samples, each.least_samples);
    most_samples = std::max(most_samples, each.most_samples);
    std::string item =
        fmt::format("{} ({}; n = {}): ", each.figure, each.method,
                    each.least_n == each.most_n ? with_thousands(each.most_n)
                                                : fmt::format("{} to {}", each.least_n, with_thousands(each.most_n)));
    if (each.covering > 0) {
      item += fmt::format("{:.1f} % covered in the mean of {}, least {:.1f} % ({})", each.sum / each.covering,
                          counted(each.covering, "population"), each.least, each.least_at);
    }
    if (each.testing > 0) {
      item += fmt::format("{}false alarms at most {:.1f} % ({})", each.covering > 0 ? "; " : "", each.most_alarms,
                          each.most_at);
    }
    list.items.push_back(std::move(item));
  }
  if (list.items.empty()) return;
  section.blocks.emplace_back(Paragraph{fmt::format(
      "How often the 95 % intervals of these metrics hold the true value, and tests at 5 % raise a false alarm, "
      "in simulated data sets of known truth with groups of ISIC 2019's sizes ({}; {} samples of each, so that {:.1f} "
      "points are one standard error):",
      code("make coverage"),
      least_samples == most_samples ? std::to_string(most_samples)
                                    : fmt::format("{} to {}", least_samples, most_samples),
      100 * std::sqrt(0.95 * 0.05 / least_samples))});
  section.blocks.emplace_back(std::move(list));
}

}  // namespace flnas::reports
