#pragma once

#include "harness/base/fields.h"
#include "searches/core/objectives.h"

namespace flnas::searches {

/// What a search by training goes by.
struct ObjectiveSettings {
  Objectives objectives;  ///< the most important first; empty: the paper's order (searches/core/best.h)

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("objectives", self.objectives,
          "by training: objectives, the most important first; `flnas search objectives` lists them (default: FL-NAS's "
          "order, unfairness_sum then macs, above a floor on balanced accuracy)",
          {.value = "METRIC,METRIC"});
  }
};

}  // namespace flnas::searches
