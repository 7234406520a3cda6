#include "searches/spaces/cnn/block_sequence.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/base/error.h"
#include "searches/spaces/cnn/designs/design.h"

namespace flnas::searches {
namespace {

constexpr std::size_t kMostChannels = 8;  ///< widths that the controller chooses among
constexpr int kExpansion = 4;
constexpr int kDecisionsPerBlock = 4;

/// `wanted` where it is offered, else the first value.
const Json& offered(const Choice& choice, const Json& wanted) {
  return choice.offers(wanted) ? wanted : choice.values.front();
}

const Choice& of_head(const Choices& choices, const std::string& key) {
  return *std::find_if(choices.head.begin(), choices.head.end(), [&](const Choice& c) { return c.key == key; });
}

/// A few widths, evenly by rank on a logarithmic scale: 8, 16, 32, ...
std::vector<Json> few_channels(const Choice& channels) {
  std::vector<Json> sorted = channels.values, kept;
  std::sort(sorted.begin(), sorted.end(), [](const Json& a, const Json& b) { return a.get<int>() < b.get<int>(); });
  for (const Json& value : sorted) {
    if (kept.empty() || value.get<int>() >= 2 * kept.back().get<int>()) kept.push_back(value);
  }
  if (kept.size() > kMostChannels) kept.resize(kMostChannels);
  return kept;
}

/// The offered value nearest to `wanted` from above, or the largest.
Json at_least(const Choice& choice, std::int64_t wanted) {
  Json best = *std::max_element(choice.values.begin(), choice.values.end());
  for (const Json& value : choice.values) {
    if (value.get<std::int64_t>() >= wanted && value < best) best = value;
  }
  return best;
}

}  // namespace

void require_frozen_head(const CnnDefinition& definition, int frozen_head) {
  const auto stages = static_cast<std::int64_t>(definition.basic.stages.size());
  const auto most = std::min(stages, definition.choices.most_stages - 1);
  if (frozen_head >= 0 && frozen_head <= most) return;
  throw ConfigError(
      fmt::format("--frozen-head must be 0 to {}, not {}: so many stages has the template, and one at least is left to "
                  "choose",
                  most, frozen_head));
}

BlockSequence::BlockSequence(const CnnDefinition& definition, int frozen_head)
    : definition_(definition), frozen_head_(frozen_head) {
  const Choices& choices = definition_.choices;
  const Choice& form = choices.of_stage("form");
  const bool separable = form.offers("depthwise_separable"), plain = form.offers("plain");
  if (separable && plain && choices.of_stage("kernel").offers(1)) blocks_.emplace_back("MB");
  if (separable) blocks_.emplace_back("DB");
  if (form.offers("residual")) blocks_.emplace_back("RB");
  if (plain) blocks_.emplace_back("CB");
  kernels_ = choices.of_stage("kernel").values;
  channels_ = few_channels(choices.of_stage("channels"));
  for (const Json& pooling : choices.of_stage("pooling").values) downsampling_.push_back(pooling);
  for (const Json& stride : choices.of_stage("stride").values) {
    if (stride != 1) downsampling_.push_back(stride);
  }
  reductions_ = of_head(choices, "reduce").values;
  most_stages_ = choices.most_stages;
  most_blocks_ = choices.most_stages - frozen_head_;
  least_blocks_ = std::clamp(choices.least_stages - frozen_head_, std::int64_t{1}, most_blocks_);
}

std::vector<int> BlockSequence::options() const {
  std::vector<int> options = {static_cast<int>(most_blocks_ - least_blocks_ + 1)};
  for (std::int64_t block = 0; block < most_blocks_; ++block) {
    for (const std::size_t count : {blocks_.size(), kernels_.size(), channels_.size(), downsampling_.size()}) {
      options.push_back(static_cast<int>(count));
    }
  }
  options.push_back(static_cast<int>(reductions_.size()));
  return options;
}

Json BlockSequence::stage(const std::string& form, const Json& kernel, const Json& channels) const {
  const Choices& choices = definition_.choices;
  Json made = {{"channels", channels}, {"kernel", kernel}, {"form", form}};
  made["stride"] = offered(choices.of_stage("stride"), 1);
  made["padding"] = *padding_for(choices, kernel.get<std::int64_t>(), form == "residual");
  made["bias"] = offered(choices.of_stage("bias"), true);
  made["norm"] = offered(choices.of_stage("norm"), "batch");
  made["activation"] = offered(choices.of_stage("activation"), "relu");
  made["pooling"] = offered(choices.of_stage("pooling"), "none");
  made["dropout"] = offered(choices.of_stage("dropout"), 0);
  return made;
}

Json BlockSequence::decode(const std::vector<int>& actions) const {
  const Choices& choices = definition_.choices;
  Json stages = Json::array();
  const Json basic = canonical(definition_.basic);
  for (int i = 0; i < frozen_head_; ++i) stages.push_back(basic["stages"][i]);
  const std::int64_t blocks = least_blocks_ + actions[0];
  const auto full = [&] { return static_cast<std::int64_t>(stages.size()) >= most_stages_; };
  for (std::int64_t block = 0; block < blocks && !full(); ++block) {
    const int* const decided = actions.data() + 1 + kDecisionsPerBlock * block;
    const std::string type = blocks_[decided[0]];
    const Json &kernel = kernels_[decided[1]], &channels = channels_[decided[2]], &down = downsampling_[decided[3]];
    // An MB for which only one stage is left goes without its expansion.
    if (type == "MB" && static_cast<std::int64_t>(stages.size()) + 2 <= most_stages_) {
      stages.push_back(
          stage("plain", 1, at_least(choices.of_stage("channels"), kExpansion * channels.get<std::int64_t>())));
    }
    const char* form = type == "RB" ? "residual" : type == "CB" ? "plain" : "depthwise_separable";
    stages.push_back(stage(form, kernel, channels));
    (down.is_string() ? stages.back()["pooling"] : stages.back()["stride"]) = down;
  }
  Json head = {{"reduce", reductions_[actions.back()]}, {"hidden", Json::array()}};
  for (std::int64_t i = 0; i < choices.least_hidden; ++i) head["hidden"].push_back(choices.width.values.back());
  head["activation"] = offered(of_head(choices, "activation"), "relu");
  head["dropout"] = offered(of_head(choices, "dropout"), 0);
  return {{"stages", stages}, {"head", head}};
}

}  // namespace flnas::searches
