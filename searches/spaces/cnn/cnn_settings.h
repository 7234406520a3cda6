// Flags of space cnn.
#pragma once

#include <filesystem>

#include "harness/base/fields.h"
#include "searches/training/training_settings.h"

namespace flnas::searches {

/// What may be proposed.
struct CnnSettings {
  std::filesystem::path template_file;

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("template", self.template_file, "architecture .json to start from (default: built in)",
          {.value = "FILE", .group = kOnData});
  }
};

/// What only searches by training have.
struct CnnTrainingSettings {
  int frozen_head = 0;

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("frozen_head", self.frozen_head,
          "fahana: stages of the trained template that every design begins with, frozen", {.group = kOnData});
  }
};

}  // namespace flnas::searches
