#pragma once

#include <string>
#include <vector>

#include "searches/spaces/cnn/designs/choices.h"

namespace flnas::searches {

/// FaHaNa's form of a design: a stack of blocks, after a head of the template's stages that may be frozen.
///
///     number of blocks, then for each: type (MB, DB, RB, CB), kernel, channels, downsampling; then how the map is
///     reduced
///
/// MB is a 1x1 expansion to four times the channels and a depthwise-separable stage (two stages; the space has no
/// linear bottleneck and no shortcut around one), DB a depthwise-separable, RB a residual and CB a plain stage.
/// Everything else is fixed: batch norm, ReLU and a bias where they are offered, no dropout, no hidden layers.
/// Source: Sheng et al., FaHaNa, arXiv 2202.11317, from memory. Differs: see strategies/fahana.cc.
class BlockSequence {
 public:
  /// A frozen head that require_frozen_head accepts.
  BlockSequence(const CnnDefinition& definition, int frozen_head);

  /// How many actions each decision has.
  std::vector<int> options() const;
  /// The design that a row of actions stands for.
  Json decode(const std::vector<int>& actions) const;

 private:
  Json stage(const std::string& form, const Json& kernel, const Json& channels) const;

  CnnDefinition definition_;
  int frozen_head_;
  std::vector<std::string> blocks_;
  std::vector<Json> kernels_, channels_, downsampling_, reductions_;
  std::int64_t least_blocks_ = 0, most_blocks_ = 0, most_stages_ = 0;
};

/// Throws ConfigError where the head is longer than the template or leaves no stage to choose.
void require_frozen_head(const CnnDefinition& definition, int frozen_head);

}  // namespace flnas::searches
