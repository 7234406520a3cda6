#include "searches/session/verifiers.h"

#include <fmt/format.h>

#include "harness/base/error.h"
#include "harness/records/files.h"
#include "harness/records/proxy_search.h"
#include "searches/proxies/verify_proxies.h"
#include "searches/session/spaces.h"
#include "searches/session/verify_searches.h"
#include "searches/spaces/nas_bench_201/tables/verify_tables.h"

namespace flnas::searches {
namespace {

std::shared_ptr<const SearchSpace> recorded_space(const Json& settings) {
  const SpaceEntry& space = find_space(settings.at("space").get<std::string>());
  if (!space.recorded) throw DataError(fmt::format("space {} has no searches by proxies", space.name));
  return space.recorded(settings);
}

void verify_proxies(Check& check, const std::string& file, const VerifyRequest&) {
  verify_proxy_search(check, file, recorded_space);
}

}  // namespace

std::vector<Verifier> verifiers() {
  return {
      {kSearchFile, "flnas search", verify_search},
      {kComparisonFile, "flnas search compare, ablate", verify_comparison},
      {kNasSearchFile, "flnas search", verify_nas_tables},
      {kProxySearchFile, "flnas search --evaluator proxies", verify_proxies},
      {kTransformerSearchFile, "flnas search, earlier versions", verify_proxies},
  };
}

}  // namespace flnas::searches
