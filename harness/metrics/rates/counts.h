#pragma once

#include <cstdint>
#include <vector>

#include "harness/metrics/rates/outcomes.h"

namespace flnas::metrics {

/// Counts over one set of rows, each class against the rest. Rates are in [0, 1]; one whose denominator is empty is
/// NaN, never zero.
class Counts {
 public:
  explicit Counts(std::size_t classes) : actual_(classes), predicted_(classes), hits_(classes) {}

  void add(int label, int prediction, std::int64_t times);
  void clear();

  std::size_t classes() const { return actual_.size(); }
  std::int64_t rows() const { return rows_; }
  std::int64_t correct() const { return correct_; }
  std::int64_t positives(std::size_t c) const { return actual_[c]; }
  std::int64_t negatives(std::size_t c) const { return rows_ - actual_[c]; }
  std::int64_t true_positives(std::size_t c) const { return hits_[c]; }
  std::int64_t false_positives(std::size_t c) const { return predicted_[c] - hits_[c]; }

  double accuracy() const;           // correct / rows
  double tpr(std::size_t c) const;   // recall of class c: TP / P
  double fpr(std::size_t c) const;   // FP / N
  double tnr(std::size_t c) const;   // TN / N
  double balanced_accuracy() const;  // mean recall of the classes that have rows

 private:
  std::int64_t rows_ = 0;
  std::int64_t correct_ = 0;
  std::vector<std::int64_t> actual_;
  std::vector<std::int64_t> predicted_;
  std::vector<std::int64_t> hits_;
};

/// The counts that every metric is a function of.
struct Tally {
  explicit Tally(const Outcomes& outcomes);
  void clear();
  /// Adds rows that share their groups ([A], -1 unknown), label and prediction.
  void add(const std::vector<int>& group, int label, int prediction, std::int64_t times);

  Counts all;                               // every row, unknown groups too
  Counts unknown;                           // rows with at least one unknown attribute
  std::vector<std::vector<Counts>> groups;  // [A][group]
};

/// The tally of all rows.
Tally tally(const Outcomes& outcomes);

}  // namespace flnas::metrics
