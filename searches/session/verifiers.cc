#include "searches/session/verifiers.h"

#include "searches/session/verify_searches.h"
#include "searches/spaces/autoformer/verify_proxies.h"
#include "searches/spaces/nas_bench_201/tables/verify_tables.h"

namespace flnas::searches {

std::vector<Verifier> verifiers() {
  return {
      {"search.json", "flnas search", verify_search},
      {"comparison.json", "flnas search compare, ablate", verify_comparison},
      {"nas_search.json", "flnas search", verify_nas_tables},
      {"transformer_search.json", "flnas search", verify_proxy_search},
  };
}

}  // namespace flnas::searches
