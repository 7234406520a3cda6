#include "searches/core/search_space.h"

#include "harness/base/hash.h"

namespace flnas::searches {

std::string SearchSpace::hash(Candidate candidate) const { return architecture_hash(canonical(candidate)); }

std::string architecture_hash(const Json& canonical_form) { return sha256(canonical_form.dump()).substr(0, 12); }

}  // namespace flnas::searches
