#include "searches/session/completed.h"

#include <fmt/format.h>

#include "harness/base/error.h"
#include "harness/base/names.h"
#include "searches/session/flags.h"
#include "searches/session/spaces.h"

namespace flnas::searches {
SearchRequest completed(const SearchRequest& given) {
  SearchRequest request = given;
  const bool tables = !request.tables.empty(), images = !request.data.folder.empty();
  if (request.space.empty() && tables != images) request.space = tables ? kNasBench201 : kCnn;
  if (request.space.empty()) {
    throw ConfigError(
        "what is to be searched? Give either --tables DIR (NAS-Bench-201), --data DIR with --split FILE (images), or "
        "--space autoformer-tiny (vision transformers)");
  }
  const SpaceEntry& space = find_space(request.space);
  if (space.has_needs != nullptr && !space.has_needs(request)) {
    throw ConfigError(fmt::format("--space {} needs {}; {}", space.name, space.needs, space.where));
  }
  require_flags_of(request);
  if (!request.evaluator.empty()) {
    std::vector<std::string> known;
    for (const SpaceEntry& entry : space_entries()) {
      if (known.empty() || known.back() != entry.evaluator) known.push_back(entry.evaluator);
    }
    find_name("--evaluator", request.evaluator, known);
  }
  if (!request.evaluator.empty() && request.evaluator != space.evaluator) {
    throw ConfigError(fmt::format("--evaluator {}: space {} is evaluated by {} alone", request.evaluator, space.name,
                                  space.evaluator));
  }
  request.evaluator = space.evaluator;
  if (request.budget == 0) request.budget = space.budget;
  if (request.attempts == 0) request.attempts = space.attempts;
  if (request.budget < 1 || request.budget > 1'000'000) throw ConfigError("--budget must be 1 to 1000000");
  if (request.attempts < 1 || request.attempts > 100) throw ConfigError("--attempts must be 1 to 100");
  if (request.calls < 1 || request.calls > 64) throw ConfigError("--calls must be 1 to 64");
  request.llm.require_valid();
  return request;
}

}  // namespace flnas::searches
