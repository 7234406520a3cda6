#include "harness/metrics/rates/counts.h"

#include <algorithm>
#include <limits>

namespace flnas::metrics {
namespace {

double ratio(std::int64_t part, std::int64_t whole) {
  if (whole == 0) return std::numeric_limits<double>::quiet_NaN();
  return static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

void Counts::add(int label, int prediction, std::int64_t times) {
  rows_ += times;
  actual_[static_cast<std::size_t>(label)] += times;
  predicted_[static_cast<std::size_t>(prediction)] += times;
  if (label != prediction) return;
  correct_ += times;
  hits_[static_cast<std::size_t>(label)] += times;
}

void Counts::clear() {
  rows_ = correct_ = 0;
  for (auto* column : {&actual_, &predicted_, &hits_}) std::fill(column->begin(), column->end(), 0);
}

double Counts::accuracy() const { return ratio(correct_, rows_); }
double Counts::tpr(std::size_t c) const { return ratio(true_positives(c), positives(c)); }
double Counts::fpr(std::size_t c) const { return ratio(false_positives(c), negatives(c)); }
double Counts::tnr(std::size_t c) const { return ratio(negatives(c) - false_positives(c), negatives(c)); }

double Counts::balanced_accuracy() const {
  double sum = 0;
  int present = 0;
  for (std::size_t c = 0; c < classes(); ++c) {
    if (actual_[c] == 0) continue;
    sum += tpr(c);
    ++present;
  }
  return present == 0 ? std::numeric_limits<double>::quiet_NaN() : sum / present;
}

Tally::Tally(const Outcomes& outcomes) : all(outcomes.classes.size()), unknown(outcomes.classes.size()) {
  for (const auto& attribute : outcomes.attributes) {
    groups.emplace_back(attribute.groups.size(), Counts(outcomes.classes.size()));
  }
}

void Tally::clear() {
  all.clear();
  unknown.clear();
  for (auto& attribute : groups) {
    for (auto& counts : attribute) counts.clear();
  }
}

void Tally::add(const std::vector<int>& group, int label, int prediction, std::int64_t times) {
  all.add(label, prediction, times);
  bool known = true;
  for (std::size_t a = 0; a < group.size(); ++a) {
    known = known && group[a] >= 0;
    if (group[a] >= 0) groups[a][static_cast<std::size_t>(group[a])].add(label, prediction, times);
  }
  if (!known) unknown.add(label, prediction, times);
}

Tally tally(const Outcomes& outcomes) {
  Tally result(outcomes);
  std::vector<int> group(outcomes.attributes.size());
  for (std::size_t row = 0; row < outcomes.labels.size(); ++row) {
    for (std::size_t a = 0; a < group.size(); ++a) group[a] = outcomes.groups[a][row];
    result.add(group, outcomes.labels[row], outcomes.predictions[row], 1);
  }
  return result;
}

}  // namespace flnas::metrics
