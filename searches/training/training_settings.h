// Flags of searches by training, whatever the space.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "harness/base/fields.h"
#include "harness/train/run_data.h"

namespace flnas::searches {

inline constexpr char kOnData[] = "On images or tables (spaces cnn and mlp)";

/// The data that designs are trained on, or shown.
struct DataSettings {
  DataSource data;

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("data", self.data.folder, "folder with the data; by proxies none means noise",
          {.value = "DIR", .group = kOnData});
    visit("split", self.data.split,
          "file that `flnas dataset split` wrote (default on mlp: all rows by protocol clean, written to OUT)",
          {.value = "FILE", .group = kOnData});
    visit("fold", self.data.fold, "of a crossfit split: the fold to be tested on, from 1",
          {.value = "N", .group = kOnData});
    visit("adapter", self.data.adapter, "data set: a known name or an adapter .json",
          {.value = "NAME|FILE", .group = kOnData});
  }
};

/// What may be proposed.
struct ChoicesSettings {
  std::filesystem::path file;
  std::int64_t max_macs = 0;  ///< of one example; 0: what the file says

  /// The choices of a space, with its `limits` and its `json`, by these settings.
  template <class Allowed>
  Allowed limited(Allowed choices) const {
    if (max_macs > 0) {
      choices.limits.macs = max_macs;
      choices.json["limits"]["macs"] = max_macs;
    }
    return choices;
  }

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("choices", self.file, "choices of the space and limits on costs (default: built in)",
          {.value = "FILE", .group = kOnData});
    visit("max_macs", self.max_macs,
          "multiply-accumulates of a design at most, for one image or row; 0: as --choices says",
          {.value = "N", .group = kOnData});
  }
};

/// What only searches by training have.
struct TrainingSettings {
  std::string best = "paper";
  int repeats = 0;

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("best", self.best, "designs to report: the first three by the paper's priorities, or the front",
          {.value = "paper|pareto", .group = kOnData});
    visit("repeats", self.repeats,
          "with --llm: trainings of the basic network with seeds of their own before the search, whose spread prompts "
          "tell; the budget does not count them",
          {.value = "N", .group = kOnData});
  }
};

}  // namespace flnas::searches
