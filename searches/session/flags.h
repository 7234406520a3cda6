#pragma once

#include <string>
#include <vector>

#include "searches/problem/request.h"

namespace flnas::searches {

/// Fields of SearchRequest that are not for every search.
struct FlagUse {
  std::vector<std::string> fields;      ///< "predictor_cells"
  std::vector<std::string> spaces;      ///< beginnings of their names: "cnn", "autoformer-"; empty: all
  std::vector<std::string> strategies;  ///< empty: all
};

/// Which field belongs to what. A field that is in no row is for every search.
const std::vector<FlagUse>& flag_uses();

/// Throws ConfigError for a field that differs from its default and is for another space, or for another strategy where
/// the request names one.
void require_flags_of(const SearchRequest& request);

}  // namespace flnas::searches
