#include "searches/session/request.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "searches/session/spaces.h"

namespace flnas::searches {

const std::string& space_words() {
  static const std::string words = [] {
    std::vector<std::string> names;
    for (const SpaceEntry& space : space_entries()) names.push_back(space.name);
    return fmt::format("{}", fmt::join(names, "|"));
  }();
  return words;
}

const std::string& evaluator_words() {
  static const std::string words = [] {
    std::vector<std::string> names;
    for (const SpaceEntry& space : space_entries()) {
      for (const EvaluatorEntry& evaluator : space.evaluators) {
        if (std::find(names.begin(), names.end(), evaluator.name) == names.end()) names.push_back(evaluator.name);
      }
    }
    return fmt::format("{}", fmt::join(names, "|"));
  }();
  return words;
}

SearchRequest::SearchRequest() {
  for (const SpaceEntry& entry : space_entries()) {
    for (const EvaluatorEntry& row : entry.evaluators) own.add(row.settings);
  }
}

}  // namespace flnas::searches
