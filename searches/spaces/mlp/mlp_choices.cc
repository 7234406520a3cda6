#include "searches/spaces/mlp/mlp_choices.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>

#include "harness/base/error.h"
#include "resources/mlp_space.h"
#include "searches/core/choice_reader.h"

namespace flnas::searches {
namespace {

constexpr char kBuiltIn[] = "searches/spaces/mlp/choices.json";
constexpr std::int64_t kMostBlocks = 8;  ///< of nn::Mlp

const std::vector<std::string> kOptions = {"norm", "activation", "dropout", "residual", "embedding"};

/// Every value alone in an otherwise plain design has to be one that nn::Mlp takes.
void check_values(ChoiceReader& reader, const MlpChoices& choices) {
  const auto check = [&](const std::string& key, const Json& value) {
    Json design = {{"format", nn::Mlp{}.format}, {"widths", Json::array({8})}};
    design[key] = value;
    try {
      nn::parse_mlp(design, key);
    } catch (const ConfigError& error) {
      reader.problem("choices", error.what());
    }
  };
  for (const Json& width : choices.width.values) check("widths", Json::array({width}));
  for (const Choice& choice : choices.options) {
    for (const Json& value : choice.values) check(choice.key, value);
  }
}

}  // namespace

MlpChoices parse_mlp_choices(const Json& json, const std::string& where) {
  MlpChoices choices;
  choices.json = json;
  std::vector<std::string> problems;
  ChoiceReader reader(problems);
  if (reader.object(json, "choices",
                    {"blocks", "width", "norm", "activation", "dropout", "residual", "embedding", "limits"}, 1)) {
    std::int64_t step = 1;
    if (reader.range(json["blocks"], "blocks", choices.least_blocks, choices.most_blocks, step) &&
        (choices.most_blocks > kMostBlocks || step != 1)) {
      reader.problem("blocks", fmt::format("a perceptron has 0 to {} hidden layers, in steps of 1", kMostBlocks));
    }
    choices.width = reader.choice(json["width"], "width", "width");
    for (const auto& key : kOptions) choices.options.push_back(reader.choice(json[key], key, key));
    choices.limits = reader.limits(json);
  }
  if (problems.empty()) check_values(reader, choices);
  if (!problems.empty()) throw ConfigError(fmt::format("{}: {}", where, fmt::join(problems, "; ")));
  return choices;
}

MlpChoices load_mlp_choices(const std::filesystem::path& file) {
  if (file.empty()) return parse_mlp_choices(parse_json(*mlp_space::resource(kBuiltIn), kBuiltIn), "choices");
  if (!std::filesystem::is_regular_file(file)) throw ConfigError(fmt::format("{}: no such file", file.string()));
  return parse_mlp_choices(read_json(file), file.string());
}

std::string choices_text(const MlpChoices& choices) {
  std::string text = fmt::format("- number of widths: {} to {}\n", choices.least_blocks, choices.most_blocks);
  text += choice_line("each width", choices.width);
  for (const Choice& choice : choices.options) text += choice_line(choice.key, choice);
  text.pop_back();
  return text;
}

Json choices_schema(const MlpChoices& choices) {
  Json properties = {{"widths", list_of(one_of(choices.width), choices.least_blocks, choices.most_blocks)}};
  properties.update(properties_of(choices.options));
  return object_of(std::move(properties));
}

}  // namespace flnas::searches
