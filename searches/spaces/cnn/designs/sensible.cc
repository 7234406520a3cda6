#include "searches/spaces/cnn/designs/sensible.h"

#include <algorithm>
#include <vector>

#include "searches/spaces/cnn/designs/design.h"

namespace flnas::searches {
namespace {

Json stage(const Choices& choices, bool is_first, Random& random) {
  Json stage = Json::object();
  for (const Choice& choice : choices.stage) {
    const std::string& key = choice.key;
    if (key == "padding") continue;
    const auto is_sensible = [&](const Json& value) {
      if (key == "kernel") return value == 3 || value == 5 || (is_first && value == 7);
      if (key == "norm") return value != "none";
      if (key == "bias") return value == false;
      if (key == "activation") return value != "none" && value != "tanh";
      if (key == "stride") return value == 1 || (value == 2 && stage.value("pooling", "none") == "none");
      if (key == "pooling") return stage.value("stride", 1) == 1 || value == "none";
      if (key == "dropout") return value.get<double>() <= 0.1;
      return true;
    };
    stage[key] = pick_sensible(choice, is_sensible, random);
  }
  stage["padding"] =
      *padding_for(choices, stage["kernel"].get<std::int64_t>(), stage["form"].get<std::string>() == "residual");
  return stage;
}

Json head(const Choices& choices, Random& random) {
  Json head = {{"hidden", Json::array()}};
  const std::int64_t most = std::max(choices.least_hidden, std::min<std::int64_t>(choices.most_hidden, 1));
  const auto layers =
      choices.least_hidden +
      static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(most - choices.least_hidden + 1)));
  for (std::int64_t i = 0; i < layers; ++i) {
    head["hidden"].push_back(choices.width.values[random.below(choices.width.values.size())]);
  }
  for (const Choice& choice : choices.head) {
    head[choice.key] = pick_sensible(
        choice, [&](const Json& value) { return choice.key != "reduce" || value == "global_average"; }, random);
  }
  return head;
}

}  // namespace

Json sample_sensible(const Choices& choices, Random& random) {
  Json design = {{"stages", Json::array()}};
  const auto span = static_cast<std::uint64_t>(choices.most_stages - choices.least_stages + 1);
  const auto stages = choices.least_stages + static_cast<std::int64_t>(random.below(span));
  std::vector<std::int64_t> channels;
  for (std::int64_t i = 0; i < stages; ++i) {
    design["stages"].push_back(stage(choices, i == 0, random));
    channels.push_back(design["stages"].back()["channels"].get<std::int64_t>());
  }
  std::sort(channels.begin(), channels.end());
  for (std::size_t i = 0; i < channels.size(); ++i) design["stages"][i]["channels"] = channels[i];
  design["head"] = head(choices, random);
  return canonical(nn::parse_architecture(design, "design"));
}

}  // namespace flnas::searches
