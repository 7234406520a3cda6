// Flags of spaces autoformer-*.
#pragma once

#include <cstdint>
#include <filesystem>

#include "harness/base/fields.h"

namespace flnas::searches {

struct SubnetSettings {
  std::int64_t classes = 1000;
  std::filesystem::path accuracies;

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    constexpr char kOnSubnets[] = "Vision transformers (spaces autoformer-*)";
    visit("classes", self.classes, "outputs", {.group = kOnSubnets});
    visit("accuracies", self.accuracies, "CSV with columns subnet and accuracy; without it accuracy is not measured",
          {.value = "FILE", .group = kOnSubnets});
  }
};

}  // namespace flnas::searches
