#pragma once

#include <map>
#include <string>
#include <vector>

#include "datasets/adapters/adapter.h"
#include "harness/base/json.h"
#include "harness/records/predictions.h"

namespace flnas {

/// One threshold on the positive class's probability for each group, chosen on the validation part so that error rates
/// are similar in all groups. Probabilities stay as they are; only the predicted class changes.
/// Source: Hardt, Price and Srebro, NeurIPS 2016 (arXiv 1610.02413), sections 3.2 and 4. Differs: they choose at random
/// between two thresholds where the groups' ROC curves do not meet. Here nothing is random: rates are as similar as one
/// threshold per group allows, and a person's prediction does not depend on chance.
struct GroupThresholds {
  std::string name = "thresholds";  ///< of the mitigation
  std::vector<std::string> attributes;
  std::string criterion = "odds";  ///< odds: equal TPR and FPR; opportunity: equal TPR
  double target_tpr = 0;           ///< the operating point that every group approaches
  double target_fpr = 0;
  double pooled = 0.5;  ///< of all groups together, for those that are not in `by_group`
  std::map<std::string, double> by_group;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("name", self.name), visit("attributes", self.attributes), visit("criterion", self.criterion);
    visit("target_tpr", self.target_tpr), visit("target_fpr", self.target_fpr);
    visit("pooled", self.pooled), visit("by_group", self.by_group);
  }
};

/// The fewest positives and negatives for a group to have its own threshold; with fewer it gets the pooled one.
inline constexpr int kThresholdSupport = 10;

/// For each point of the pooled ROC curve, every group gets the threshold of its own curve's nearest point: by TPR for
/// `opportunity` (among equal ones the one with the lower FPR), by Euclidean distance for `odds`. The pooled point
/// whose predictions have the highest balanced accuracy is chosen. `attributes`: attribute_indices() of the adapter.
/// Throws ConfigError for a task without a positive class, DataError where the predictions have no probabilities, or no
/// positive or no negative.
GroupThresholds choose_thresholds(const Predictions& validation, const Adapter& adapter, const Task& task,
                                  const std::vector<std::size_t>& attributes, const std::string& criterion,
                                  int support = kThresholdSupport);

/// Sets each row's prediction: the positive class where its probability is at least the group's threshold.
void apply_thresholds(const GroupThresholds& thresholds, const Adapter& adapter, const Task& task,
                      Predictions& predictions);

/// Throws ConfigError, with a remedy, if thresholds cannot be chosen for a task.
void require_positive_class(const Task& task);

}  // namespace flnas
