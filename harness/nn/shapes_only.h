#pragma once

#include <c10/core/impl/LocalDispatchKeySet.h>

namespace flnas::nn {

/// While it lives, convolutions, matrix products, norms and sums on this thread give tensors of the right shapes with
/// whatever is in memory, and random initialisations leave weights as they are. A network that is built and run inside
/// is counted (cost.h) in a few milliseconds, and its outputs mean nothing. libtorch 1.13's meta device has no
/// convolutions.
class ShapesOnly {
 public:
  ShapesOnly();

 private:
  c10::impl::IncludeDispatchKeyGuard guard_;
};

}  // namespace flnas::nn
