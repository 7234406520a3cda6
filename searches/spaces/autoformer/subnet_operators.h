#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "harness/base/random.h"
#include "harness/nn/autoformer/autoformer.h"

namespace flnas::searches {

// Operators on AutoFormer's subnets, which always give a subnet of the same space.

/// Every layer's heads and MLP ratio uniformly.
nn::AutoFormer random_subnet(const nn::AutoFormerSpace& space, std::int64_t width, std::int64_t depth, Random& random);

/// One to three edits: of a layer's heads or MLP ratio (8 of 10), of the depth by one layer (1 of 10), of the width (1
/// of 10).
nn::AutoFormer mutated(const nn::AutoFormer& parent, Random& random);

/// Width and depth of either parent; each layer of either one that has it.
nn::AutoFormer crossed(const nn::AutoFormer& first, const nn::AutoFormer& second, Random& random);

/// All subnets that one edit away: another value in one place, the last layer removed or repeated.
std::vector<nn::AutoFormer> neighbours_of(const nn::AutoFormer& subnet);

/// "192: 3x3.5 4x3 ...": the width, then heads x MLP ratio of each layer. Equal subnets have equal texts.
std::string subnet_text(const nn::AutoFormer& subnet);
/// Throws ConfigError, one line: another form, or what the space does not have.
nn::AutoFormer read_subnet(const std::string& text, const nn::AutoFormerSpace& space);

}  // namespace flnas::searches
