#include "searches/spaces/cnn/design.h"

#include <algorithm>

#include "harness/base/error.h"
#include "harness/base/hash.h"

namespace flnas::searches {

Json canonical(const nn::Architecture& architecture) {
  nn::Architecture bare{.stages = architecture.stages, .head = architecture.head};
  if (bare.head.hidden.empty()) bare.head.activation = nn::Head{}.activation;
  return nn::to_json(bare);
}

std::string design_hash(const Json& canonical_form) { return sha256(canonical_form.dump()).substr(0, 12); }

const Evaluation* History::find(const std::string& hash) const {
  const auto found = std::find_if(evaluations.begin(), evaluations.end(),
                                  [&](const Evaluation& evaluation) { return evaluation.hash == hash; });
  return found == evaluations.end() ? nullptr : &*found;
}

const Json& History::design_of(const Evaluation& evaluation) const {
  const auto found = std::find_if(proposals.begin(), proposals.end(), [&](const Proposal& proposal) {
    return proposal.hash == evaluation.hash && proposal.verdict == kValid;
  });
  if (found == proposals.end()) {
    throw DataError("archive.jsonl: design " + evaluation.hash + " was evaluated but never proposed");
  }
  return found->design;
}

}  // namespace flnas::searches
