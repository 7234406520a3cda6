#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/base/error.h"
#include "searches/core/choice_reader.h"
#include "searches/spaces/cnn/designs/choices.h"

namespace flnas::searches {
namespace {

const std::vector<std::string> kStageKeys = {"channels", "kernel",     "stride",  "padding", "bias",
                                             "norm",     "activation", "pooling", "dropout", "form"};
const std::vector<std::string> kHeadKeys = {"reduce", "activation", "dropout"};

/// Every value alone in an otherwise plain design has to pass the architecture's schema.
void check_by_schema(ChoiceReader& reader, const Choices& choices) {
  const auto accepted = [&](const Json& design, const std::string& place) {
    try {
      nn::parse_architecture(design, place);
    } catch (const ConfigError& error) {
      reader.problem("choices", error.what());
    }
  };
  for (const Choice& choice : choices.stage) {
    for (const Json& value : choice.values) {
      Json stage = {{"channels", 8}, {"kernel", 15}};
      stage[choice.key] = value;
      accepted({{"stages", Json::array({stage})}}, "stage." + choice.key);
    }
  }
  for (const Json& value : choices.width.values) {
    accepted({{"stages", {{{"channels", 8}}}}, {"head", {{"hidden", Json::array({value})}}}}, "head.width");
  }
  for (const Choice& choice : choices.head) {
    for (const Json& value : choice.values) {
      accepted({{"stages", {{{"channels", 8}}}}, {"head", {{choice.key, value}}}}, "head." + choice.key);
    }
  }
}

/// Kernel, padding and form are only possible together.
void check_paddings(ChoiceReader& reader, const Choices& choices) {
  for (const Json& form : choices.of_stage("form").values) {
    const bool residual = form == "residual";
    for (const Json& kernel : choices.of_stage("kernel").values) {
      const auto k = kernel.get<std::int64_t>();
      if (residual && k % 2 == 0) {
        reader.problem("stage.kernel", fmt::format("{} is even, but form residual is offered and needs odd ones", k));
      } else if (!padding_for(choices, k, residual)) {
        reader.problem("stage.padding", fmt::format("none of {} goes with kernel {} in form {}; add {}",
                                                    choices.of_stage("padding").text, k, form.dump(), (k - 1) / 2));
      }
    }
  }
}

}  // namespace

Choices parse_choices(const Json& json, const std::string& where) {
  Choices choices;
  choices.json = json;
  std::vector<std::string> problems;
  ChoiceReader reader(problems);
  std::int64_t step = 1;
  if (reader.object(json, "choices", {"stages", "stage", "head", "limits"}, 1)) {
    if (reader.range(json["stages"], "stages", choices.least_stages, choices.most_stages, step) &&
        (choices.least_stages < 1 || choices.most_stages > 64 || step != 1)) {
      reader.problem("stages", "the schema allows 1 to 64 stages, in steps of 1");
    }
    if (reader.object(json["stage"], "stage", kStageKeys)) {
      for (const auto& key : kStageKeys) {
        choices.stage.push_back(reader.choice(json["stage"][key], "stage." + key, key));
      }
    }
    const Json& head = json["head"];
    if (reader.object(head, "head", {"reduce", "hidden", "width", "activation", "dropout"})) {
      if (reader.range(head["hidden"], "head.hidden", choices.least_hidden, choices.most_hidden, step) &&
          (choices.most_hidden > 8 || step != 1)) {
        reader.problem("head.hidden", "the schema allows at most 8 layers, in steps of 1");
      }
      choices.width = reader.choice(head["width"], "head.width", "width");
      for (const auto& key : kHeadKeys) choices.head.push_back(reader.choice(head[key], "head." + key, key));
    }
    choices.limits = reader.limits(json);
  }
  if (problems.empty()) check_by_schema(reader, choices);
  if (problems.empty()) check_paddings(reader, choices);
  if (!problems.empty()) throw ConfigError(fmt::format("{}: {}", where, fmt::join(problems, "; ")));
  return choices;
}

}  // namespace flnas::searches
