#include "searches/session/completed.h"

#include <fmt/format.h>

#include "harness/base/error.h"
#include "searches/session/flags.h"
#include "searches/session/spaces.h"

namespace flnas::searches {
namespace {

/// The spaces that the flags may mean; of several those that are for such data.
std::vector<std::string> spaces_that_suit(const SearchRequest& request) {
  std::vector<std::string> meant = spaces_meant(request);
  if (meant.size() < 2) return meant;
  std::erase_if(meant, [&](const std::string& name) {
    const SpaceEntry& space = find_space(name);
    return space.suits != nullptr && !space.suits(request);
  });
  return meant;
}

}  // namespace

SearchRequest completed(const SearchRequest& given) {
  SearchRequest request = given;
  if (request.space.empty()) {
    const auto meant = spaces_that_suit(request);
    if (meant.size() != 1) {
      throw ConfigError(
          "what is to be searched? Give either --tables DIR (NAS-Bench-201), --data DIR with --split FILE (images), "
          "--data DIR (people in a table), or --space (`flnas search spaces` lists them)");
    }
    request.space = meant[0];
  }
  const SpaceEntry& space = find_space(request.space);
  const EvaluatorEntry& evaluator = find_evaluator(space, request.evaluator);
  request.evaluator = evaluator.name;
  if (evaluator.has_needs != nullptr && !evaluator.has_needs(request)) {
    throw ConfigError(fmt::format("--space {} needs {}; {}", space.name, evaluator.needs, evaluator.where));
  }
  require_flags_of(request);
  if (request.budget == 0) request.budget = evaluator.budget;
  if (request.attempts == 0) request.attempts = evaluator.attempts;
  if (request.budget < 1 || request.budget > 1'000'000) throw ConfigError("--budget must be 1 to 1000000");
  if (request.attempts < 1 || request.attempts > 100) throw ConfigError("--attempts must be 1 to 100");
  if (request.calls < 1 || request.calls > 64) throw ConfigError("--calls must be 1 to 64");
  request.llm.require_valid();
  return request;
}

}  // namespace flnas::searches
