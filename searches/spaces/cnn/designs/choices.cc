#include "searches/spaces/cnn/designs/choices.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "harness/base/error.h"
#include "resources/searches.h"
#include "searches/spaces/cnn/designs/design.h"

namespace flnas::searches {
namespace {

namespace fs = std::filesystem;

Json read_or_default(const fs::path& file, const char* name) {
  if (file.empty()) {
    const std::string where = std::string("searches/spaces/cnn/") + name;
    return parse_json(*resource(where), where);
  }
  if (!fs::is_regular_file(file)) throw ConfigError(fmt::format("{}: no such file", file.string()));
  return read_json(file);
}

}  // namespace

const Choice& Choices::of_stage(const std::string& key) const {
  return *std::find_if(stage.begin(), stage.end(), [&](const Choice& choice) { return choice.key == key; });
}

CnnDefinition load_cnn(const fs::path& template_file, const fs::path& choices_file) {
  CnnDefinition space;
  const std::string where = choices_file.empty() ? "choices" : choices_file.string();
  space.choices = parse_choices(read_or_default(choices_file, "choices.json"), where);
  const std::string template_name = template_file.empty() ? "template" : template_file.string();
  space.basic = nn::parse_architecture(read_or_default(template_file, "template.json"), template_name);
  const auto outside = outside_choices(canonical(space.basic), space.choices);
  if (!outside.empty()) {
    throw ConfigError(fmt::format("{}: the template is no member of the space: {}; change the template or the choices",
                                  template_name, fmt::join(outside, "; ")));
  }
  return space;
}

std::vector<std::string> outside_choices(const Json& design, const Choices& choices) {
  std::vector<std::string> problems;
  const Json& stages = design.at("stages");
  require_count(problems, "stages", "stages", stages.size(), choices.least_stages, choices.most_stages);
  for (std::size_t i = 0; i < stages.size(); ++i) {
    for (const Choice& choice : choices.stage) {
      require_offered(problems, fmt::format("stages[{}].{}", i, choice.key), stages[i].at(choice.key), choice);
    }
  }
  const Json& head = design.at("head");
  const Json& hidden = head.at("hidden");
  require_count(problems, "head.hidden", "layers", hidden.size(), choices.least_hidden, choices.most_hidden);
  for (std::size_t i = 0; i < hidden.size(); ++i) {
    require_offered(problems, fmt::format("head.hidden[{}]", i), hidden[i], choices.width);
  }
  for (const Choice& choice : choices.head) {
    // Without hidden layers the activation is never used, and its canonical value need not be offered.
    if (choice.key == "activation" && hidden.empty()) continue;
    require_offered(problems, "head." + choice.key, head.at(choice.key), choice);
  }
  return problems;
}

std::optional<std::int64_t> padding_for(const Choices& choices, std::int64_t kernel, bool residual) {
  std::optional<std::int64_t> largest;
  for (const Json& value : choices.of_stage("padding").values) {
    const auto padding = value.get<std::int64_t>();
    if (padding == (kernel - 1) / 2) return padding;
    if (!residual && padding <= kernel / 2) largest = std::max(padding, largest.value_or(0));
  }
  return largest;
}

}  // namespace flnas::searches
