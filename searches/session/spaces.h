#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "searches/problem/problem.h"

namespace flnas::searches {

/// A way to evaluate the members of a space.
struct EvaluatorEntry {
  std::string name;  ///< "train"
  /// The settings of its own and the fields of TrainConfig that it takes; each is a flag, and an error elsewhere.
  OwnSettings settings;
  std::vector<std::string> training;
  std::string needs;  ///< "--data DIR --split FILE"; blank where nothing is
  std::string where;  ///< where to get that: "`flnas dataset split` writes the split"; blank likewise
  /// Whether a request has it. Null: nothing is needed.
  bool (*has_needs)(const CommonRequest&) = nullptr;
  std::int64_t budget = 100;  ///< where none is asked for
  int attempts = 3;           ///< the same
  /// What is searched. It keeps a reference to the plan.
  std::function<std::unique_ptr<ProblemSet>(const SearchPlan&)> open;
};

/// A row of the table of spaces.
struct SpaceEntry {
  std::string name;                        ///< as on the command line
  std::string holds;                       ///< "vision transformers (AutoFormer)"
  std::vector<EvaluatorEntry> evaluators;  ///< the first one where none is asked for
  /// The space of a search by proxies, made again from the settings in its record. Null where it has no such searches.
  std::function<std::shared_ptr<const SearchSpace>(const Json& settings)> recorded = nullptr;
  /// Whether a request's data are what its networks see, where the flags alone would mean several spaces. Null: any.
  bool (*suits)(const CommonRequest&) = nullptr;
};

/// Every space, in the order of tables.
const std::vector<SpaceEntry>& space_entries();

/// Throws ConfigError naming the nearest.
const SpaceEntry& find_space(const std::string& name);

/// Blank: its first one. Throws ConfigError naming the nearest, or those that the space has.
const EvaluatorEntry& find_evaluator(const SpaceEntry& space, const std::string& name);

}  // namespace flnas::searches
