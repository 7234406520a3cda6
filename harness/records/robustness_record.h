#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/records/record.h"
#include "harness/records/record_json.h"

namespace flnas {

/// A share with its 95 % interval, whose unit is what a split keeps whole.
struct RobustShare {
  std::optional<double> value, low, high;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("value", self.value), visit("low", self.low), visit("high", self.high);
  }
};

/// The accuracy on one group's images; "unknown" is none of them.
struct RobustGroup {
  std::string name;
  std::int64_t n = 0;
  RobustShare accuracy;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("name", self.name), visit("n", self.n), visit("accuracy", self.accuracy);
  }
};

/// Figures of the same images under one condition, or their means over several.
struct RobustFigures {
  RobustShare accuracy;
  std::optional<RobustShare> unfairness_sum;  ///< of one condition alone
  std::vector<RobustGroup> groups;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("accuracy", self.accuracy), visit("unfairness_sum", self.unfairness_sum), visit("groups", self.groups);
  }
};

/// A corruption, or the attack, at one level; level 0 is the images as they are ("clean").
struct RobustCondition {
  std::string name;  ///< as its rows' subset is called before the colon: "gaussian_noise"
  int level = 0;     ///< 1 to 5
  RobustFigures figures;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("name", self.name), visit("level", self.level), visit("figures", self.figures);
  }
};

/// robustness.json: a model's answers to one set of images as they are, corrupted and attacked. The answers are in
/// predictions.csv beside it, each condition as a subset: "clean", "gaussian_noise:3".
struct RobustnessRecord {
  int schema = kRecordSchema;
  std::string kind = "robustness";
  std::string command;
  std::string model, title;  ///< of the run
  std::string adapter, task;
  std::string subset;  ///< the images that were changed
  std::int64_t n = 0, lesions = 0;
  std::string predictions_sha256;
  std::vector<RobustCondition> conditions;
  RobustFigures corrupted;  ///< means over the corruptions and their levels
  RobustFigures attacked;   ///< means over the attack's levels

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("schema", self.schema), visit("kind", self.kind), visit("command", self.command);
    visit("model", self.model), visit("title", self.title), visit("adapter", self.adapter);
    visit("task", self.task), visit("subset", self.subset), visit("n", self.n), visit("lesions", self.lesions);
    visit("predictions_sha256", self.predictions_sha256), visit("conditions", self.conditions);
    visit("corrupted", self.corrupted), visit("attacked", self.attacked);
  }
};

}  // namespace flnas
