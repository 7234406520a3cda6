// Flags of space cnn.
#pragma once

#include <filesystem>
#include <string>

#include "harness/base/fields.h"
#include "harness/train/run_data.h"

namespace flnas::searches {

inline constexpr char kOnImages[] = "On images (space cnn)";

/// The images that designs are trained on, or shown to.
struct ImageSettings {
  DataSource data;

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("data", self.data.folder, "folder with the images and their tables; by proxies none means noise",
          {.value = "DIR", .group = kOnImages});
    visit("split", self.data.split, "file that `flnas dataset split` wrote", {.value = "FILE", .group = kOnImages});
    visit("fold", self.data.fold, "of a crossfit split: the fold to be tested on, from 1",
          {.value = "N", .group = kOnImages});
    visit("adapter", self.data.adapter, "data set: a known name or an adapter .json",
          {.value = "NAME|FILE", .group = kOnImages});
  }
};

/// What may be proposed.
struct CnnSettings {
  std::filesystem::path template_file, choices_file;

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("template", self.template_file, "architecture .json to start from (default: built in)",
          {.value = "FILE", .group = kOnImages});
    visit("choices", self.choices_file, "what each value may be, and limits (default: built in)",
          {.value = "FILE", .group = kOnImages});
  }
};

/// What only searches by training have.
struct CnnTrainingSettings {
  std::string best = "paper";
  int frozen_head = 0;
  int repeats = 0;

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("best", self.best, "designs to report: the first three by the paper's priorities, or the front",
          {.value = "paper|pareto", .group = kOnImages});
    visit("frozen_head", self.frozen_head,
          "fahana: stages of the trained template that every design begins with, frozen", {.group = kOnImages});
    visit("repeats", self.repeats,
          "flnas: trainings of the template with seeds of their own before the search, whose spread prompts tell; the "
          "budget does not count them",
          {.value = "N", .group = kOnImages});
  }
};

}  // namespace flnas::searches
