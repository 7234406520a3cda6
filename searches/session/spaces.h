#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "searches/problem/problem.h"

namespace flnas::searches {

/// A row of the table of spaces.
struct SpaceEntry {
  std::string name;       ///< as on the command line
  std::string holds;      ///< "vision transformers (AutoFormer)"
  std::string evaluator;  ///< "train"
  std::string needs;      ///< "--data DIR --split FILE"; blank where nothing is
  std::string where;      ///< where to get that: "`flnas dataset split` writes the split"; blank likewise
  /// Whether a request has it. Null: nothing is needed.
  bool (*has_needs)(const SearchRequest&) = nullptr;
  std::int64_t budget = 100;  ///< where none is asked for
  int attempts = 3;           ///< the same
  /// What is searched. It keeps a reference to the plan.
  std::function<std::unique_ptr<ProblemSet>(const SearchPlan&)> open;
};

/// Every space, in the order of tables.
const std::vector<SpaceEntry>& space_entries();

/// Throws ConfigError naming the nearest.
const SpaceEntry& find_space(const std::string& name);

}  // namespace flnas::searches
