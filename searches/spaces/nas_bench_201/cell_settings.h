// Flags of space nas_bench_201 by any evaluator.
#pragma once

#include <string>
#include <vector>

#include "harness/base/fields.h"

namespace flnas::searches {

inline constexpr char kOnCells[] = "On NAS-Bench-201 (space nas_bench_201)";

struct CellSettings {
  std::vector<std::string> datasets;

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("dataset", self.datasets, "data sets (default: all); by proxies the one whose geometry cells have (cifar10)",
          {.value = "A,B", .group = kOnCells});
  }
};

}  // namespace flnas::searches
