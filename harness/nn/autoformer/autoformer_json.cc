#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>

#include "harness/base/error.h"
#include "harness/base/names.h"
#include "harness/nn/autoformer/autoformer.h"

namespace flnas::nn {
namespace {

/// Reads an object's fields and collects what is wrong.
class Reader {
 public:
  Reader(const Json& json, std::string place, std::vector<std::string> known, std::vector<std::string>& problems)
      : json_(json), place_(std::move(place)), problems_(problems) {
    if (!json.is_object()) {
      problem("expected an object");
      return;
    }
    for (const auto& [key, unused] : json.items()) {
      if (std::find(known.begin(), known.end(), key) == known.end()) problem(unknown_name("key", key, known));
    }
  }

  void problem(const std::string& text) { problems_.push_back(place_.empty() ? text : place_ + ": " + text); }

  /// A missing key is a problem where `required`.
  const Json* find(const char* key, bool required) {
    if (json_.is_object() && json_.contains(key)) return &json_.at(key);
    if (required && json_.is_object()) problem(fmt::format("key '{}' is missing", key));
    return nullptr;
  }

  std::string text(const char* key, bool required) {
    const Json* value = find(key, required);
    if (value == nullptr) return {};
    if (value->is_string()) return value->get<std::string>();
    problem(fmt::format("{} must be a text, not {}", key, value->dump()));
    return {};
  }

  template <class Number, class Choices>
  Number choice(const char* key, const Choices& choices) {
    const Json* value = find(key, true);
    if (value == nullptr) return {};
    const double number = value->is_number() ? value->get<double>() : -1;
    for (const auto& one : choices) {
      if (static_cast<double>(one) == number) return one;
    }
    problem(fmt::format("{} must be one of {}, not {}", key, fmt::join(choices, ", "), value->dump()));
    return {};
  }

 private:
  const Json& json_;
  std::string place_;
  std::vector<std::string>& problems_;
};

AutoFormerLayer parse_layer(const Json& json, std::size_t i, const AutoFormerSpace& space,
                            std::vector<std::string>& problems) {
  Reader reader(json, fmt::format("layers[{}]", i), {"heads", "mlp_ratio"}, problems);
  AutoFormerLayer layer;
  layer.heads = reader.choice<std::int64_t>("heads", space.heads);
  layer.mlp_ratio = reader.choice<double>("mlp_ratio", kMlpRatios);
  return layer;
}

}  // namespace

bool is_autoformer(const Json& json) { return json.is_object() && json.contains("space"); }

AutoFormer parse_autoformer(const Json& json, std::string_view where) {
  std::vector<std::string> problems;
  Reader reader(json, "", {"space", "name", "title", "source", "width", "layers"}, problems);
  AutoFormer subnet{.space = reader.text("space", true),
                    .name = reader.text("name", false),
                    .title = reader.text("title", false),
                    .source = reader.text("source", false)};
  const auto fail = [&] { throw ConfigError(fmt::format("{}: {}", where, fmt::join(problems, "; "))); };
  if (subnet.space.empty()) fail();
  const AutoFormerSpace* space = nullptr;
  try {
    space = &autoformer_space(subnet.space);
  } catch (Error& error) {
    error.add_context(where);
    throw;
  }
  subnet.width = reader.choice<std::int64_t>("width", space->widths);
  if (const Json* layers = reader.find("layers", true)) {
    const auto depth = static_cast<std::int64_t>(layers->is_array() ? layers->size() : 0);
    if (std::find(space->depths.begin(), space->depths.end(), depth) == space->depths.end()) {
      reader.problem(fmt::format("layers must be a list of {} layers, not {}", fmt::join(space->depths, ", "),
                                 layers->is_array() ? std::to_string(depth) : layers->dump()));
    } else {
      for (std::size_t i = 0; i < layers->size(); ++i) {
        subnet.layers.push_back(parse_layer((*layers)[i], i, *space, problems));
      }
    }
  }
  if (!problems.empty()) fail();
  return subnet;
}

Json to_json(const AutoFormer& subnet) {
  Json json = {{"space", subnet.space}};
  if (!subnet.name.empty()) json["name"] = subnet.name;
  if (!subnet.title.empty()) json["title"] = subnet.title;
  if (!subnet.source.empty()) json["source"] = subnet.source;
  json["width"] = subnet.width;
  json["layers"] = Json::array();
  for (const auto& layer : subnet.layers) {
    json["layers"].push_back({{"heads", layer.heads}, {"mlp_ratio", layer.mlp_ratio}});
  }
  return json;
}

}  // namespace flnas::nn
