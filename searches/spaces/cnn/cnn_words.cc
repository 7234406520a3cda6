#include "searches/spaces/cnn/cnn_words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <vector>

#include "harness/base/text.h"
#include "harness/nn/architecture/architecture.h"
#include "searches/spaces/cnn/designs/design.h"
#include "searches/spaces/cnn/designs/estimate.h"
#include "searches/spaces/cnn/space_text.h"

namespace flnas::searches {

SpaceWords cnn_words(const CnnDefinition& definition, const nn::ModelOptions& options) {
  const Choices& choices = definition.choices;
  return {.networks = "convolutional neural networks",
          .network = "convolutional network",
          .inputs = fmt::format("images of {0} x {0} pixels, three channels", options.size),
          .basic = canonical(definition.basic).dump(),
          .form =
              "`stages` are applied in order; each is its form, with the normalisation and the activation after "
              "each convolution, then\n2x2 pooling, then dropout of whole channels. `head` goes from the last "
              "feature map to the classes: `reduce`, then a linear\nlayer of each width in `hidden`, then the "
              "output layer, which is added for you; dropout comes before each of them.",
          .parts = "stages",
          .choices = choices_text(choices),
          .rules =
              "A stage's padding is at most half its kernel; the form residual needs (kernel - 1) / 2. No feature "
              "map may shrink below\none pixel.",
          .notation = "A stage is written as channels, k kernel, s stride.",
          .limits = choices.limits.text(),
          .latency_limit_us = choices.limits.latency_us,
          .forms = [choices](bool costs) { return forms_text(choices, costs); },
          .brief = design_brief,
          .written = [](const Json& design) { return design.dump(); },
          .part_costs = [options](const Json& design) { return stages_text(design, options); }};
}

std::string design_brief(const Json& design) {
  std::vector<std::string> parts;
  for (const Json& stage : design["stages"]) {
    std::string text =
        fmt::format("{}k{}s{}", stage["channels"].get<int>(), stage["kernel"].get<int>(), stage["stride"].get<int>());
    for (const char* key : {"form", "norm", "activation", "pooling"}) {
      const auto word = stage[key].get<std::string>();
      if (word != "none" && word != "plain") text += " " + word;
    }
    if (stage["dropout"] != 0) text += fmt::format(" dropout {:g}", stage["dropout"].get<double>());
    parts.push_back(text);
  }
  const Json& head = design["head"];
  std::string text = head["reduce"];
  for (const Json& width : head["hidden"]) text += " " + width.dump();
  if (!head["hidden"].empty()) text += " " + head["activation"].get<std::string>();
  if (head["dropout"] != 0) text += fmt::format(" dropout {:g}", head["dropout"].get<double>());
  parts.push_back(text);
  return fmt::format("{}", fmt::join(parts, "; "));
}

std::string stages_text(const Json& design, const nn::ModelOptions& options) {
  const auto costs = stage_costs(nn::parse_architecture(design, "design"), options);
  std::int64_t all = 0;
  for (const StageCost& cost : costs) all += cost.macs;
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < costs.size(); ++i) {
    const StageCost& cost = costs[i];
    const bool is_head = i + 1 == costs.size();
    const std::string name =
        is_head ? "head" : fmt::format("stage {} (to {} x {} x {})", i + 1, cost.channels, cost.side, cost.side);
    parts.push_back(fmt::format("{} {} parameters, {} ({:.0f} %)", name, with_thousands(cost.parameters),
                                fmt::format("{:.2f} M", static_cast<double>(cost.macs) / 1e6),
                                100.0 * static_cast<double>(cost.macs) / static_cast<double>(all)));
  }
  return fmt::format("{}", fmt::join(parts, "; "));
}

}  // namespace flnas::searches
