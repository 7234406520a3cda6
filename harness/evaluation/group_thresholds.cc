#include "harness/evaluation/group_thresholds.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "datasets/adapters/groups.h"
#include "harness/base/error.h"

namespace flnas {
namespace {

struct Scored {
  double score;
  bool positive;
};

/// What a threshold gives on a group: true and false positives.
struct RocPoint {
  double threshold;
  double true_positives;
  double false_positives;
};

struct Roc {
  double positives = 0;
  double negatives = 0;
  std::vector<RocPoint> points;  ///< from none positive to all

  double tpr(const RocPoint& point) const { return point.true_positives / positives; }
  double fpr(const RocPoint& point) const { return point.false_positives / negatives; }
};

/// Thresholds lie half way between neighbouring scores, so that rounding decides nothing.
Roc roc_of(std::vector<Scored> scored) {
  std::sort(scored.begin(), scored.end(), [](const Scored& a, const Scored& b) { return a.score > b.score; });
  Roc roc;
  roc.points.push_back({(scored.front().score + 2) / 2, 0, 0});
  for (std::size_t i = 0; i < scored.size(); ++i) {
    (scored[i].positive ? roc.positives : roc.negatives) += 1;
    const bool last = i + 1 == scored.size();
    if (!last && scored[i + 1].score == scored[i].score) continue;
    const double threshold = last ? 0 : (scored[i].score + scored[i + 1].score) / 2;
    roc.points.push_back({threshold, roc.positives, roc.negatives});
  }
  return roc;
}

const RocPoint& nearest(const Roc& roc, double tpr, double fpr, bool odds) {
  const auto distance = [&](const RocPoint& point) {
    const double d = roc.tpr(point) - tpr, e = odds ? roc.fpr(point) - fpr : 0;
    return d * d + e * e;
  };
  return *std::min_element(roc.points.begin(), roc.points.end(),
                           [&](const RocPoint& a, const RocPoint& b) { return distance(a) < distance(b); });
}

/// Group of each row.
std::vector<std::string> groups_of(const Predictions& predictions, const Adapter& adapter,
                                   const std::vector<std::size_t>& attributes) {
  std::vector<std::string> names;
  for (const auto& row : predictions.rows) {
    std::vector<int> groups;
    for (const auto& attribute : adapter.attributes) {
      const auto column = std::find(predictions.attributes.begin(), predictions.attributes.end(), attribute.name);
      const auto at = static_cast<std::size_t>(column - predictions.attributes.begin());
      groups.push_back(at < row.attributes.size() ? group_of(attribute, row.attributes[at]) : -1);
    }
    names.push_back(joint_group(adapter, attributes, groups));
  }
  return names;
}

std::vector<Scored> scores_of(const Predictions& predictions, const Task& task) {
  const auto positive = static_cast<std::size_t>(task.positive);
  std::vector<Scored> scored;
  for (const auto& row : predictions.rows) {
    if (row.probabilities.size() != task.classes.size()) {
      throw DataError(fmt::format("{}: thresholds need a probability per class", predictions.where));
    }
    scored.push_back({row.probabilities[positive], row.label == task.classes[positive]});
  }
  return scored;
}

}  // namespace

void require_positive_class(const Task& task) {
  if (task.positive >= 0 && task.classes.size() == 2) return;
  throw ConfigError(
      fmt::format("mitigation thresholds needs a task with a positive and a negative class; '{}' has {} "
                  "classes; take another --task or --mitigation",
                  task.name, task.classes.size()));
}

GroupThresholds choose_thresholds(const Predictions& validation, const Adapter& adapter, const Task& task,
                                  const std::vector<std::size_t>& attributes, const std::string& criterion,
                                  int support) {
  require_positive_class(task);
  const auto scored = scores_of(validation, task);
  const auto groups = groups_of(validation, adapter, attributes);
  std::map<std::string, std::vector<Scored>> by_group;
  for (std::size_t i = 0; i < scored.size(); ++i) by_group[groups[i]].push_back(scored[i]);
  std::map<std::string, Roc> own;
  std::vector<Scored> rest;
  for (auto& [name, members] : by_group) {
    Roc roc = roc_of(members);
    if (roc.positives >= support && roc.negatives >= support) {
      own.emplace(name, std::move(roc));
    } else {
      rest.insert(rest.end(), members.begin(), members.end());
    }
  }
  const Roc pooled = scored.empty() ? Roc{} : roc_of(scored);
  if (pooled.positives == 0 || pooled.negatives == 0) {
    throw DataError("thresholds are chosen on the validation part, which has no image of one of the two classes");
  }

  const bool odds = criterion == "odds";
  GroupThresholds best;
  double highest = -1;
  for (const RocPoint& target : pooled.points) {
    const double tpr = pooled.tpr(target), fpr = pooled.fpr(target);
    double true_positives = 0, false_positives = 0;
    std::map<std::string, double> thresholds;
    for (const auto& [name, roc] : own) {
      const RocPoint& point = nearest(roc, tpr, fpr, odds);
      thresholds[name] = point.threshold;
      true_positives += point.true_positives;
      false_positives += point.false_positives;
    }
    for (const Scored& image : rest) {
      if (image.score >= target.threshold) (image.positive ? true_positives : false_positives) += 1;
    }
    const double balanced = (true_positives / pooled.positives + 1 - false_positives / pooled.negatives) / 2;
    if (balanced <= highest) continue;
    highest = balanced;
    best = {.criterion = criterion,
            .target_tpr = tpr,
            .target_fpr = fpr,
            .pooled = target.threshold,
            .by_group = std::move(thresholds)};
  }
  best.attributes = attribute_names(adapter, attributes);
  return best;
}

void apply_thresholds(const GroupThresholds& thresholds, const Adapter& adapter, const Task& task,
                      Predictions& predictions) {
  std::vector<std::size_t> attributes;
  for (const auto& name : thresholds.attributes) attributes.push_back(attribute_indices(adapter, name).front());
  const auto scored = scores_of(predictions, task);
  const auto groups = groups_of(predictions, adapter, attributes);
  const auto positive = static_cast<std::size_t>(task.positive);
  for (std::size_t i = 0; i < scored.size(); ++i) {
    const auto found = thresholds.by_group.find(groups[i]);
    const double threshold = found == thresholds.by_group.end() ? thresholds.pooled : found->second;
    predictions.rows[i].prediction = task.classes[scored[i].score >= threshold ? positive : 1 - positive];
  }
}

}  // namespace flnas
