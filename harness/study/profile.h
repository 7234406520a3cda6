#pragma once

#include <map>
#include <string>
#include <vector>

#include "datasets/synthetic/synth.h"
#include "harness/base/json.h"
#include "harness/metrics/rates/support.h"
#include "harness/train/config.h"

namespace flnas::study {

/// Every setting of a reproduction, from harness/profiles/NAME.json.
struct Profile {
  std::string name;
  bool comparable = false;      ///< with Table I, if the whole of it is run on real images
  std::string note;             ///< what a reader needs to know, in a sentence
  std::string kind = "images";  ///< images or table: what its settings are for, and what is drawn without --data
  std::string task;             ///< if blank, or not a task of the data: their first task
  std::string protocol = "clean";
  int folds = 0;                           ///< of protocol crossfit; 0: kFolds
  int images = 5000;                       ///< selected by the split
  int seeds = 1;                           ///< runs per model, with seeds 1, 2, ...
  int min_support = metrics::kMinSupport;  ///< fewest rows for a group's rate to count in the fairness figures
  Json synthetic = Json::object();         ///< SynthConfig, used without --data
  Json train = Json::object();             ///< TrainConfig, the same for all models except
  std::vector<std::string> models;         ///< of its studies; none: Table I's
  std::map<std::string, int> epochs;       ///< fewer epochs for the models named here

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("name", self.name, "");
    visit("comparable", self.comparable, "");
    visit("note", self.note, "");
    visit("kind", self.kind, "");
    visit("task", self.task, "");
    visit("protocol", self.protocol, "");
    visit("folds", self.folds, "");
    visit("images", self.images, "");
    visit("seeds", self.seeds, "");
    visit("min_support", self.min_support, "");
    visit("synthetic", self.synthetic, "");
    visit("train", self.train, "");
    visit("models", self.models, "");
    visit("epochs", self.epochs, "");
  }

  SynthConfig synth_config() const;
  /// The settings of one run.
  TrainConfig train_config(const std::string& model, std::uint64_t seed) const;
};

std::vector<std::string> profile_names();

/// The profile of data that are a table, where none is named.
inline constexpr char kTableProfile[] = "table";

/// A profile by name, or from a .json file. Throws ConfigError for an unknown name, key or setting.
Profile load_profile(const std::string& name_or_file);

}  // namespace flnas::study
