#include "searches/spaces/mlp/mlp_words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "harness/base/fields.h"
#include "harness/base/plural.h"
#include "harness/base/text.h"
#include "harness/nn/mlp/mlp.h"
#include "searches/spaces/mlp/mlp_cost.h"

namespace flnas::searches {
namespace {

/// The usual perceptron, which baselines/zoo.cc has too.
std::string basic_text() {
  Json design = config_to_json(nn::Mlp{});
  for (const char* key : {"name", "title", "source"}) design.erase(key);
  return written(design);
}

std::string inputs_text(const nn::ModelOptions& options) {
  const auto numbers = std::count(options.columns.begin(), options.columns.end(), 0);
  const auto categories = static_cast<std::ptrdiff_t>(options.columns.size()) - numbers;
  return fmt::format("rows of {} and {}", counted(numbers, "number"), counted(categories, "category", "categories"));
}

}  // namespace

SpaceWords mlp_words(const MlpChoices& choices, const nn::ModelOptions& options) {
  return {.networks = "multilayer perceptrons",
          .network = "multilayer perceptron",
          .inputs = inputs_text(options),
          .basic = basic_text(),
          .form =
              "`widths` are the hidden layers in order; each is a linear layer, then the normalisation, the "
              "activation and dropout, and\nwhere `residual` is true and its input is as wide as its output, plus "
              "its input. The output layer is added for you. A\ncategory is a one-hot vector where `embedding` is "
              "0, else a vector of so many learned numbers.",
          .parts = "hidden layers",
          .choices = choices_text(choices),
          .rules = "Without widths it is logistic regression.",
          .notation = "A design is written as its widths, then what it is made of.",
          .limits = choices.limits.text(),
          .latency_limit_us = choices.limits.latency_us,
          .forms = {},
          .brief = mlp_brief,
          .written = written,
          .part_costs = [options](const Json& design) { return mlp_parts_text(design, options); }};
}

std::string written(const Json& design) {
  Json shown = design;
  shown.erase("format");
  return shown.dump();
}

std::string mlp_brief(const Json& design) {
  const auto widths = design["widths"].get<std::vector<std::int64_t>>();
  std::string text = widths.empty() ? "logistic regression" : fmt::format("{}", fmt::join(widths, "-"));
  if (!widths.empty()) {
    for (const char* key : {"norm", "activation"}) {
      if (const auto word = design[key].get<std::string>(); word != "none") text += " " + word;
    }
    if (design["dropout"] != 0) text += fmt::format(" dropout {:g}", design["dropout"].get<double>());
    if (design["residual"].get<bool>()) text += " residual";
  }
  if (design["embedding"] != 0) text += fmt::format(" embedding {}", design["embedding"].get<int>());
  return text;
}

std::string mlp_parts_text(const Json& design, const nn::ModelOptions& options) {
  const auto parts = mlp_parts(nn::parse_mlp(design, "design"), options);
  std::int64_t all = 0;
  for (const MlpPart& part : parts) all += part.macs;
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const MlpPart& part = parts[i];
    const std::string name = i == 0 ? "encoder" : i + 1 == parts.size() ? "output layer" : fmt::format("layer {}", i);
    texts.push_back(fmt::format("{} ({} to {}) {} parameters, {} ({:.0f} %)", name, part.in, part.out,
                                with_thousands(part.parameters), with_thousands(part.macs),
                                100.0 * static_cast<double>(part.macs) / static_cast<double>(all)));
  }
  return fmt::format("{}", fmt::join(texts, "; "));
}

}  // namespace flnas::searches
