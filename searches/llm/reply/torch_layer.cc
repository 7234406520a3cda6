#include "searches/llm/reply/torch_layer.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "harness/base/names.h"
#include "harness/base/text.h"

namespace flnas::searches {
namespace {

using Kind = PyValue::Kind;

/// A parameter in torch's order.
struct Parameter {
  const char* name;
  const char* standard = nullptr;  ///< the default in Python's syntax; nullptr where the argument is required
  const char* only = nullptr;      ///< the values that an architecture can express, '|' between them; nullptr: free
};

struct Signature {
  const char* name;
  std::vector<Parameter> parameters;
};

constexpr char kAny[] = "";             // an argument that changes nothing
constexpr char kMissing[] = "missing";  // in place of a required argument

const std::vector<Signature>& signatures() {
  static const Parameter kInplace{"inplace", "False", kAny}, kDevice{"device", "None", kAny},
      kType{"dtype", "None", kAny}, kEps{"eps", "1e-05", "1e-05"}, kAffine{"affine", "True", "True"},
      kCeil{"ceil_mode", "False", "False"};
  static const std::vector<Signature> table = {
      {"Conv2d",
       {{"in_channels"},
        {"out_channels"},
        {"kernel_size"},
        {"stride", "1"},
        {"padding", "0"},
        {"dilation", "1", "1"},
        {"groups", "1"},
        {"bias", "True"},
        {"padding_mode", "'zeros'", "'zeros'"},
        kDevice,
        kType}},
      {"BatchNorm2d",
       {{"num_features"},
        kEps,
        {"momentum", "0.1", "0.1"},
        kAffine,
        {"track_running_stats", "True", "True"},
        kDevice,
        kType}},
      {"GroupNorm", {{"num_groups"}, {"num_channels"}, kEps, kAffine, kDevice, kType}},
      {"ReLU", {kInplace}},
      {"ReLU6", {kInplace}},
      {"LeakyReLU", {{"negative_slope", "0.01", "0.01"}, kInplace}},
      {"ELU", {{"alpha", "1.0", "1"}, kInplace}},
      {"GELU", {{"approximate", "'none'", "'none'"}}},
      {"SiLU", {kInplace}},
      {"Hardswish", {kInplace}},
      {"Tanh", {}},
      {"Identity", {}},
      {"MaxPool2d",
       {{"kernel_size", nullptr, "2"},
        {"stride", "None", "2|None"},
        {"padding", "0", "0"},
        {"dilation", "1", "1"},
        {"return_indices", "False", "False"},
        kCeil}},
      {"AvgPool2d",
       {{"kernel_size", nullptr, "2"},
        {"stride", "None", "2|None"},
        {"padding", "0", "0"},
        kCeil,
        {"count_include_pad", "True", kAny},
        {"divisor_override", "None", "None"}}},
      {"AdaptiveAvgPool2d", {{"output_size", nullptr, "1"}}},
      {"Flatten", {{"start_dim", "1", "1"}, {"end_dim", "-1", "-1"}}},
      {"Linear", {{"in_features"}, {"out_features"}, {"bias", "True", "True"}, kDevice, kType}},
      {"Dropout", {{"p", "0.5"}, kInplace}},
      {"Dropout2d", {{"p", "0.5"}, kInplace}},
      {"BasicBlock",
       {{"in_channels"},
        {"out_channels"},
        {"kernel_size", "3"},
        {"stride", "1"},
        {"bias", "True"},
        {"norm", "'none'"},
        {"activation", "'relu'"}}}};
  return table;
}

/// What to write instead of layers that are often tried.
std::string advice(const std::string& name) {
  if (name == "Softmax" || name == "LogSoftmax" || name == "Sigmoid") return "; leave it out, the output is logits";
  if (name.starts_with("LayerNorm") || name.starts_with("InstanceNorm")) return "; use GroupNorm(1, channels)";
  return "";
}

/// A default of the table above.
PyValue literal(std::string_view text) {
  PyValue value;
  if (text == "None") return value;
  if (text == "True" || text == "False") {
    value.kind = Kind::kBool;
    value.integer = text == "True" ? 1 : 0;
  } else if (text[0] == '\'') {
    value.kind = Kind::kText;
    value.text = text.substr(1, text.size() - 2);
  } else {
    value.number = std::stod(std::string(text));
    value.kind = text.find_first_of(".e") == text.npos ? Kind::kInteger : Kind::kFloat;
    value.integer = static_cast<std::int64_t>(value.number);
  }
  return value;
}

/// A tuple of equal integers is that integer, as torch takes them.
PyValue single(const PyValue& value) {
  const auto& items = value.items;
  const bool pair = value.kind == Kind::kList && (items.size() == 1 || items.size() == 2) &&
                    std::all_of(items.begin(), items.end(), [&](const PyValue& item) {
                      return item.kind == Kind::kInteger && item.integer == items[0].integer;
                    });
  return pair ? items[0] : value;
}

}  // namespace

std::optional<TorchLayer> TorchLayer::bind(const PyValue& call, const std::string& place,
                                           std::vector<std::string>& problems) {
  const auto& table = signatures();
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const Signature& signature) { return signature.name == call.text; });
  if (found == table.end()) {
    std::vector<std::string> names;
    for (const Signature& signature : table) names.emplace_back(signature.name);
    problems.push_back(fmt::format("{}: {}{}", place, unknown_name("layer", call.text, names), advice(call.text)));
    return std::nullopt;
  }
  TorchLayer layer;
  layer.name_ = call.text;
  layer.place_ = fmt::format("{}: {}", place, call.text);
  const auto& parameters = found->parameters;
  const bool takes_any = layer.name_ == "Identity";
  if (call.items.size() > parameters.size() && !takes_any) {
    problems.push_back(
        fmt::format("{}: {} arguments, but it takes {}", layer.place_, call.items.size(), parameters.size()));
  }
  for (std::size_t i = 0; i < std::min(call.items.size(), parameters.size()); ++i) {
    layer.values_[parameters[i].name] = single(call.items[i]);
  }
  std::vector<std::string> keys;
  for (const Parameter& parameter : parameters) keys.emplace_back(parameter.name);
  for (const auto& [key, value] : call.named) {
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
      if (!takes_any) problems.push_back(fmt::format("{}: {}", layer.place_, unknown_name("argument", key, keys)));
    } else if (!layer.values_.emplace(key, single(value)).second) {
      problems.push_back(fmt::format("{}: {} is given twice", layer.place_, key));
    }
  }
  for (const Parameter& parameter : parameters) {
    const auto given = layer.values_.find(parameter.name);
    if (given == layer.values_.end()) {
      if (parameter.standard == nullptr) {
        problems.push_back(fmt::format("{}: {} is missing", layer.place_, parameter.name));
      }
      PyValue& value = layer.values_[parameter.name];
      if (parameter.standard != nullptr) value = literal(parameter.standard);
      if (parameter.standard == nullptr) value.text = kMissing;
    } else if (parameter.only != nullptr && parameter.only != kAny) {
      const auto valid = split(parameter.only, '|');
      const std::string value = describe(given->second);
      if (std::find(valid.begin(), valid.end(), value) == valid.end()) {
        problems.push_back(
            fmt::format("{}: {} is {}; only {} is possible", layer.place_, parameter.name, value, valid[0]));
      }
    }
  }
  return layer;
}

void TorchLayer::wrong(const std::string& key, const char* expected, std::vector<std::string>& problems) const {
  const PyValue& value = values_.at(key);
  if (value.kind == Kind::kNone && value.text == kMissing) return;  // bind() has said so
  problems.push_back(fmt::format("{}: {} is {}; expected {}", place_, key, describe(value), expected));
}

std::optional<std::int64_t> TorchLayer::integer(const std::string& key, std::vector<std::string>& problems) const {
  if (values_.at(key).kind == Kind::kInteger) return values_.at(key).integer;
  wrong(key, "an integer", problems);
  return std::nullopt;
}

std::optional<std::int64_t> TorchLayer::known_integer(const std::string& key,
                                                      std::vector<std::string>& problems) const {
  if (values_.at(key).kind == Kind::kName) return std::nullopt;
  return integer(key, problems);
}

bool TorchLayer::boolean(const std::string& key, std::vector<std::string>& problems) const {
  if (values_.at(key).kind != Kind::kBool) wrong(key, "True or False", problems);
  return values_.at(key).integer != 0;
}

double TorchLayer::number(const std::string& key, std::vector<std::string>& problems) const {
  const PyValue& value = values_.at(key);
  if (value.kind != Kind::kInteger && value.kind != Kind::kFloat) wrong(key, "a number", problems);
  return value.number;
}

std::string TorchLayer::text(const std::string& key, std::vector<std::string>& problems) const {
  if (!is_text(key)) wrong(key, "a text", problems);
  return values_.at(key).text;
}

bool TorchLayer::is_text(const std::string& key) const { return values_.at(key).kind == Kind::kText; }

}  // namespace flnas::searches
