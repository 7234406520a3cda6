#pragma once

#include <c10/core/impl/LocalDispatchKeySet.h>

namespace flnas::nn {

/// While it is alive, convolutions, matrix products, norms and sums on this thread return uninitialised tensors of the
/// right shapes, and random initialisations leave weights unchanged. A network that is built and run meanwhile can be
/// counted (cost.h) in a few milliseconds; its outputs are meaningless. (libtorch 1.13's meta device has no
/// convolutions.)
class ShapesOnly {
 public:
  ShapesOnly();

 private:
  c10::impl::IncludeDispatchKeyGuard guard_;
};

}  // namespace flnas::nn
