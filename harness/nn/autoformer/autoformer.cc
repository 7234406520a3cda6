#include "harness/nn/autoformer/autoformer.h"

#include <fmt/format.h>

#include "harness/base/error.h"
#include "harness/base/names.h"
#include "resources/nn.h"

namespace flnas::nn {
namespace {

std::int64_t patches_of(const ModelOptions& options) {
  return (options.size / kPatchSize) * (options.size / kPatchSize);
}

std::int64_t hidden_of(const AutoFormer& subnet, const AutoFormerLayer& layer) {
  return static_cast<std::int64_t>(static_cast<double>(subnet.width) * layer.mlp_ratio);
}

constexpr std::int64_t kPatchValues = 3 * kPatchSize * kPatchSize;
constexpr std::int64_t kOffsets = 2 * kLongestOffset + 2;  ///< -14 to 14, and one for the class token

}  // namespace

const std::vector<AutoFormerSpace>& autoformer_spaces() {
  static const std::vector<AutoFormerSpace> spaces = {
      {"autoformer-tiny", {192, 216, 240}, {3, 4}, {12, 13, 14}},
      {"autoformer-small", {320, 384, 448}, {5, 6, 7}, {12, 13, 14}},
      {"autoformer-base", {528, 576, 624}, {8, 9, 10}, {14, 15, 16}},
  };
  return spaces;
}

const AutoFormerSpace& autoformer_space(std::string_view name) {
  std::vector<std::string> names;
  for (const auto& space : autoformer_spaces()) names.push_back(space.name);
  return autoformer_spaces()[find_name("space", name, names)];
}

std::vector<AutoFormer> published_autoformers() {
  std::vector<AutoFormer> subnets;
  for (const char* size : {"tiny", "small", "base"}) {
    const std::string where = fmt::format("harness/nn/autoformer/{}.json", size);
    subnets.push_back(parse_autoformer(parse_json(*resource(where), where), where));
  }
  return subnets;
}

std::int64_t parameters_of(const AutoFormer& subnet, const ModelOptions& options) {
  const std::int64_t width = subnet.width, tokens = patches_of(options) + 1;
  std::int64_t count = (kPatchValues + 1) * width + width + tokens * width;  // patches, class token, positions
  for (const auto& layer : subnet.layers) {
    const std::int64_t inner = kHeadSize * layer.heads, hidden = hidden_of(subnet, layer);
    count += 2 * 2 * width;                                  // norms
    count += (width + 1) * 3 * inner + (inner + 1) * width;  // queries, keys, values; projection
    count += 2 * 2 * kOffsets * kHeadSize;                   // keys and values, vertical and horizontal
    count += (width + 1) * hidden + (hidden + 1) * width;    // MLP
  }
  return count + 2 * width + (width + 1) * options.classes;
}

AutoFormerMacs macs_of(const AutoFormer& subnet, const ModelOptions& options) {
  const std::int64_t width = subnet.width, patches = patches_of(options), tokens = patches + 1;
  AutoFormerMacs macs;
  macs.products = patches * kPatchValues * width + width * options.classes;
  for (const auto& layer : subnet.layers) {
    const std::int64_t inner = kHeadSize * layer.heads, hidden = hidden_of(subnet, layer);
    macs.products += tokens * (3 * width * inner + inner * width + 2 * width * hidden);
    macs.attention += 2 * tokens * tokens * inner;
    macs.relative_positions += 4 * tokens * kOffsets * inner;
  }
  return macs;
}

std::string_view autoformer_schema() { return *resource("harness/nn/autoformer/autoformer.schema.json"); }

}  // namespace flnas::nn
