#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "harness/base/json.h"
#include "harness/nn/registry.h"

namespace flnas::nn {

class Classifier;

// AutoFormer's spaces of vision transformers: a subnet is one width, a depth, and heads and MLP ratio of every layer.
// Everything but the network is free of libtorch. The JSON form is published as
// harness/nn/autoformer/autoformer.schema.json:
//
//     {"space": "autoformer-tiny", "name": "...", "title": "...", "source": "...",       the last three optional
//      "width": 192, "layers": [{"heads": 3, "mlp_ratio": 3.5}, ...]}
//
// Source: Chen, Peng, Fu, Ling, AutoFormer: Searching Transformers for Visual Recognition, ICCV 2021, table 1.

/// The choices of one space. All have MLP ratios 3, 3.5 and 4, patches of 16 pixels and heads of 64 channels.
struct AutoFormerSpace {
  std::string name;  ///< "autoformer-tiny"
  std::vector<std::int64_t> widths;
  std::vector<std::int64_t> heads;   ///< of any layer
  std::vector<std::int64_t> depths;  ///< layers
};
inline constexpr double kMlpRatios[] = {3.0, 3.5, 4.0};
inline constexpr std::int64_t kPatchSize = 16;
inline constexpr std::int64_t kHeadSize = 64;       ///< the width of queries, keys and values is 64 x heads
inline constexpr std::int64_t kLongestOffset = 14;  ///< of relative positions, in patches; longer ones are cut

/// autoformer-tiny, autoformer-small, autoformer-base.
const std::vector<AutoFormerSpace>& autoformer_spaces();
/// Throws ConfigError naming the nearest.
const AutoFormerSpace& autoformer_space(std::string_view name);

struct AutoFormerLayer {
  std::int64_t heads = 0;
  double mlp_ratio = 0;  ///< the MLP's hidden width is width x ratio, rounded down
  bool operator==(const AutoFormerLayer&) const = default;
};

struct AutoFormer {
  std::string space, name, title, source;
  std::int64_t width = 0;
  std::vector<AutoFormerLayer> layers;

  std::int64_t depth() const { return static_cast<std::int64_t>(layers.size()); }
};

/// Strict: throws ConfigError that begins with `where` and lists every unknown key, wrong type and value that the space
/// does not have at once.
AutoFormer parse_autoformer(const Json& json, std::string_view where);
Json to_json(const AutoFormer& subnet);
/// Whether a JSON file describes a subnet and not a convolutional architecture.
bool is_autoformer(const Json& json);

/// The searched subnets of the paper (harness/nn/autoformer/*.json), one per space. Expected parameters at 1,000
/// classes and 224 px: 5,867,944, 22,891,432 and 53,691,688; published: 5.7, 22.9 and 53.7 million.
std::vector<AutoFormer> published_autoformers();

/// Trainable parameters of the network, by formula.
std::int64_t parameters_of(const AutoFormer& subnet, const ModelOptions& options);

/// Multiply-accumulates for one image, by formula, where they come from:
///     products of weights, attention (queries by keys, weights by values), relative positions
/// Billions of the published subnets at 224 px, beside the published FLOPs, and how far off:
///
///     way of counting                                            tiny          small          base
///     published                                                  1.3           5.1            11
///     products and attention                                     1.283 -1.3 %  4.774  -6.4 %  11.045 +0.4 %
///     with relative positions, looked up by offset: as here      1.344 +3.4 %  4.892  -4.1 %  11.242 +2.2 %
///     the authors' get_complexity                                1.344 +3.4 %  4.892  -4.1 %  11.237 +2.2 %
///     with relative positions of every pair of tokens            1.482 +14 %   5.161  +1.2 %  11.691 +6.3 %
///
/// No way of counting gives all three within 2 %, nor within 2 % of what could be rounded to them: the small subnet has
/// exactly the published parameters, and in the authors' own counting 4.9 billion operations, not 5.1. get_complexity
/// is what they name as their way (github.com/microsoft/Cream, issue 94): 198 tokens in every layer, the classifier at
/// each of 197 tokens, norms, and relative positions as if there were one head.
struct AutoFormerMacs {
  std::int64_t products = 0, attention = 0, relative_positions = 0;
  std::int64_t total() const { return products + attention + relative_positions; }
};
AutoFormerMacs macs_of(const AutoFormer& subnet, const ModelOptions& options);

/// The network in training mode, with the authors' initialisation (normal, deviation 0.02; biases 0). Pre-norm layers
/// of multi-head self-attention and MLP with GELU; class token, learned absolute positions, learned relative positions
/// on keys and values; the mean over the patches' tokens goes to the head. Shapes: images [N, 3, S, S], S a multiple of
/// 16 -> logits [N, C]. Throws ConfigError for other sizes. Parameter names are those of the authors' supernet.
/// Differs: no dropout or stochastic depth; the supernet keeps queries, keys and values of a channel in neighbouring
/// rows of `qkv`, here they are three blocks, as the supernet has them once a subnet is cut out.
std::shared_ptr<Classifier> build_autoformer(const AutoFormer& subnet, const ModelOptions& options);

/// A subnet as a row of the zoo.
ModelEntry autoformer_entry(const AutoFormer& subnet);

/// The schema's text, as published in harness/nn/autoformer/autoformer.schema.json.
std::string_view autoformer_schema();

}  // namespace flnas::nn
