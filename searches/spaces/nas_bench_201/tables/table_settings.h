// Flags of searches on tables.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "harness/base/fields.h"
#include "searches/spaces/nas_bench_201/cell_settings.h"

namespace flnas::searches {

struct TableSettings {
  std::filesystem::path tables;
  std::string cost = "latency";
  std::int64_t predictor_cells = 200;
  unsigned jobs = 0;

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("tables", self.tables, "their folder (datasets/nas/README.md)", {.value = "DIR", .group = kOnCells});
    visit("cost", self.cost, "what is minimised beside the error", {.value = "latency|energy", .group = kOnCells});
    visit("predictor_cells", self.predictor_cells,
          "of the budget, the cells that the predictor is trained on; 0: search by validation accuracies",
          {.group = kOnCells});
    visit("jobs", self.jobs, "threads; 0 takes all cores", {.group = kOnCells});
  }
};

}  // namespace flnas::searches
