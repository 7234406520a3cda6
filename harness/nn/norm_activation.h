#pragma once

namespace flnas::nn {

/// kGroup: 8 groups, or as many as divide both 8 and the channels; kLayer: one group, over channels, height and width.
enum class Norm { kNone, kBatch, kGroup, kLayer };
enum class Activation { kNone, kRelu, kRelu6, kLeakyRelu, kElu, kGelu, kSilu, kHardswish, kTanh };

}  // namespace flnas::nn
