#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "searches/problem/problem.h"
#include "searches/problem/request.h"

namespace flnas::searches {

/// A row of the table of spaces.
struct SpaceEntry {
  std::string name;           ///< as on the command line
  std::string holds;          ///< "vision transformers (AutoFormer)"
  std::string evaluator;      ///< "train"
  std::string needs;          ///< "--data DIR --split FILE"; blank where nothing is
  std::string flags;          ///< heading of the flags that are for this space alone (request.h)
  std::int64_t budget = 100;  ///< where none is asked for
  int attempts = 3;           ///< the same
  /// What is searched, of a completed request. `command` repeats the search. Null for tables, whose thousands of
  /// searches table_session.h runs together.
  std::function<std::unique_ptr<Problem>(const SearchRequest&, const std::string& command)> open;
};

/// Every space, in the order of tables.
const std::vector<SpaceEntry>& space_entries();

/// Throws ConfigError naming the nearest.
const SpaceEntry& find_space(const std::string& name);

}  // namespace flnas::searches
