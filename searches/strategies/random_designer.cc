#include "searches/strategies/random_designer.h"

#include "harness/base/random.h"
#include "searches/spaces/cnn/sample.h"

namespace flnas::searches {

Answer RandomDesigner::propose(const History&, int round, int attempt) {
  Random random(mix_seed(mix_seed(seed_, static_cast<std::uint64_t>(round)), static_cast<std::uint64_t>(attempt)));
  return {.proposal = sample(choices_, random)};
}

}  // namespace flnas::searches
