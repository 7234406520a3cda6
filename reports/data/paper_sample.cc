#include "reports/data/paper_sample.h"

#include <cmath>
#include <map>
#include <numeric>

#include "harness/metrics/figures/figures.h"
#include "harness/metrics/intervals/rate_interval.h"
#include "reports/paper/paper.h"

namespace flnas::reports {
namespace {

using Interval = std::pair<double, double>;
using ByColumn = std::map<std::string, Interval>;

constexpr double kPrinted = 1e4;  ///< the paper's last digit
constexpr int kDraws = 1000;

struct GapColumn {
  const char* column;
  double metrics::MetricSet<double>::*metric;
};
constexpr GapColumn kGapColumns[] = {{"unfairness", &metrics::MetricSet<double>::unfairness_sum},
                                     {"eodd", &metrics::MetricSet<double>::eodd},
                                     {"eopp1", &metrics::MetricSet<double>::eopp1},
                                     {"eopp2", &metrics::MetricSet<double>::eopp2}};

Interval outwards(double low, double high) {
  return {std::floor(low * kPrinted) / kPrinted, std::ceil(high * kPrinted) / kPrinted};
}

/// The sample answered by a model that is equally often right in every group and class.
metrics::Outcomes answered(const PaperSample& sample, double accuracy) {
  metrics::Outcomes outcomes;
  outcomes.classes = {"benign", "malignant"};
  outcomes.positive = 1;
  outcomes.attributes = {{"sex", {"male", "female"}, {{0, 1}}},
                         {"age", {"young", "middle", "old"}, {{0, 1}, {0, 2}, {1, 2}}}};
  outcomes.groups.resize(2);
  double carried = 0;  // what rounding to whole images leaves over
  for (const PaperCell& cell : sample.cells) {
    const int age = cell.age == "young" ? 0 : cell.age == "middle" ? 1 : 2;
    for (const int label : {0, 1}) {
      const int count = label == 0 ? cell.benign : cell.malignant;
      const double wanted = accuracy * count + carried;
      const int right = static_cast<int>(std::lround(wanted));
      carried = wanted - right;
      for (int image = 0; image < count; ++image) {
        outcomes.labels.push_back(label);
        outcomes.predictions.push_back(image < right ? label : 1 - label);
        outcomes.groups[0].push_back(cell.sex == "male" ? 0 : 1);
        outcomes.groups[1].push_back(age);
      }
    }
  }
  outcomes.lesions.resize(outcomes.labels.size());
  std::iota(outcomes.lesions.begin(), outcomes.lesions.end(), 0);
  return outcomes;
}

Interval accuracy_interval(const metrics::Outcomes& outcomes) {
  std::vector<std::uint8_t> hits;
  for (std::size_t row = 0; row < outcomes.labels.size(); ++row) {
    hits.push_back(outcomes.labels[row] == outcomes.predictions[row] ? 1 : 0);
  }
  const auto found = metrics::rate_interval(outcomes.lesions, hits);
  return outwards(found.low, found.high);
}

ByColumn intervals_of(const PaperRow& row) {
  ByColumn found;
  const auto accuracy = row.value("accuracy");
  if (!accuracy) return found;
  const metrics::Outcomes outcomes = answered(fl_nas().sample, *accuracy);
  found["accuracy"] = accuracy_interval(outcomes);
  const auto support = metrics::support_of(outcomes, metrics::tally(outcomes));
  const metrics::GapTerms terms(outcomes, support);
  metrics::NoisyGaps noisy = metrics::noisy_gaps(outcomes, terms, {.resamples = kDraws});
  for (std::size_t i = 0; i < metrics::kGapMetrics.size(); ++i) {
    for (const auto& [column, metric] : kGapColumns) {
      const auto value = row.value(column);
      if (metrics::kGapMetrics[i] != metric || !value) continue;
      const auto& sum = terms.sums()[i];
      noisy.gaps.assign(terms.size(), 1);
      noisy.gaps.assign(terms.size(), *value / metrics::gap_sum(sum, noisy.gaps));
      const auto estimate = metrics::gap_interval(sum, noisy);
      found[column] = outwards(estimate.low, estimate.high);
    }
  }
  return found;
}

}  // namespace

std::optional<Interval> paper_interval(const std::string& model, const std::string& column) {
  static const auto all = [] {
    std::map<std::string, ByColumn> rows;
    for (const PaperRow& row : fl_nas().rows) rows[row.model] = intervals_of(row);
    return rows;
  }();
  const auto row = all.find(model);
  if (row == all.end()) return std::nullopt;
  const auto found = row->second.find(column);
  return found == row->second.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace flnas::reports
