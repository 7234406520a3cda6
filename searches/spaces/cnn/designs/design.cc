#include "searches/spaces/cnn/designs/design.h"

namespace flnas::searches {

Json canonical(const nn::Architecture& architecture) {
  nn::Architecture bare{.stages = architecture.stages, .head = architecture.head};
  if (bare.head.hidden.empty()) bare.head.activation = nn::Head{}.activation;
  return nn::to_json(bare);
}

}  // namespace flnas::searches
