// Metrics layer: rates, fairness and their intervals from plain arrays of labels and predictions, and Pareto fronts.
// It does not know files, data sets, images, models or records.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace flnas::metrics {

/// A demographic attribute: its groups, and the pairs of groups that the pairwise metrics compare.
struct Attribute {
  std::string name;                        // "sex"
  std::vector<std::string> groups;         // "male", "female"
  std::vector<std::pair<int, int>> pairs;  // indices into groups
};

/// The predictions of a classifier on N rows, with the label, the groups and the sampled unit of each row.
struct Outcomes {
  std::vector<std::string> classes;      // C >= 2 names
  int positive = -1;                     // the positive class of a two-class task; unused with more classes
  std::vector<Attribute> attributes;     // A of them; group names differ across all attributes
  std::vector<int> labels;               // [N] class indices
  std::vector<int> predictions;          // [N] class indices
  std::vector<int> lesions;              // [N] 0..L-1, each used: the sampled unit (a lesion, a patient). The rows of a
                                         // unit are not independent and are resampled together
  std::vector<std::vector<int>> groups;  // [A][N] group indices, -1 where unknown
};

/// Throws DataError on arrays of unequal length, an index out of range, no rows, fewer than two classes, a two-class
/// task without a positive class, or a group name that two attributes share.
void check(const Outcomes& outcomes);

/// 1 + the largest lesion index.
int lesion_count(const Outcomes& outcomes);

}  // namespace flnas::metrics
