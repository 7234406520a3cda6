#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "harness/base/error.h"
#include "harness/base/names.h"
#include "harness/nn/architecture/architecture.h"

namespace flnas::nn {
namespace {

template <class Enum>
using Words = std::vector<std::pair<const char*, Enum>>;

const Words<Norm>& words(Norm) {
  static const Words<Norm> table = {
      {"none", Norm::kNone}, {"batch", Norm::kBatch}, {"group", Norm::kGroup}, {"layer", Norm::kLayer}};
  return table;
}
const Words<Activation>& words(Activation) {
  static const Words<Activation> table = {{"none", Activation::kNone},   {"relu", Activation::kRelu},
                                          {"relu6", Activation::kRelu6}, {"leaky_relu", Activation::kLeakyRelu},
                                          {"elu", Activation::kElu},     {"gelu", Activation::kGelu},
                                          {"silu", Activation::kSilu},   {"hardswish", Activation::kHardswish},
                                          {"tanh", Activation::kTanh}};
  return table;
}
const Words<Pooling>& words(Pooling) {
  static const Words<Pooling> table = {
      {"none", Pooling::kNone}, {"max", Pooling::kMax}, {"average", Pooling::kAverage}};
  return table;
}
const Words<Form>& words(Form) {
  static const Words<Form> table = {
      {"plain", Form::kPlain}, {"depthwise_separable", Form::kDepthwiseSeparable}, {"residual", Form::kResidual}};
  return table;
}
const Words<Reduce>& words(Reduce) {
  static const Words<Reduce> table = {{"flatten", Reduce::kFlatten}, {"global_average", Reduce::kGlobalAverage}};
  return table;
}

template <class Enum>
const char* word(Enum value) {
  for (const auto& [text, known] : words(value)) {
    if (known == value) return text;
  }
  return "";
}

/// Reads the fields of one JSON object and collects what is wrong with it.
class ObjectReader {
 public:
  ObjectReader(const Json& json, std::string place, std::vector<std::string>& problems)
      : json_(json), place_(std::move(place)), problems_(problems) {
    if (!json.is_object()) problem("", "expected an object");
  }
  /// Reports the keys that no `read` asked for.
  void finish() {
    if (!json_.is_object()) return;
    for (const auto& [key, unused] : json_.items()) {
      if (std::find(known_.begin(), known_.end(), key) == known_.end()) {
        problems_.push_back(fmt::format("{}{}", prefix(), unknown_name("key", key, known_)));
      }
    }
  }

  const Json* find(const char* key) {
    known_.emplace_back(key);
    if (!json_.is_object()) return nullptr;
    const auto found = json_.find(key);
    return found == json_.end() ? nullptr : &*found;
  }
  void read(const char* key, std::string& value) {
    const Json* json = find(key);
    if (json == nullptr) return;
    if (!json->is_string()) return problem(key, "expected a text");
    value = json->get<std::string>();
  }
  void read(const char* key, bool& value) {
    const Json* json = find(key);
    if (json == nullptr) return;
    if (!json->is_boolean()) return problem(key, "expected true or false");
    value = json->get<bool>();
  }
  void read(const char* key, std::int64_t& value, std::int64_t low, std::int64_t high) {
    if (const Json* json = find(key)) check_integer(*json, key, value, low, high);
  }
  void read(const char* key, std::optional<std::int64_t>& value, std::int64_t low, std::int64_t high) {
    const Json* json = find(key);
    std::int64_t number = 0;
    if (json != nullptr && check_integer(*json, key, number, low, high)) value = number;
  }
  void read(const char* key, std::vector<std::int64_t>& value, std::int64_t low, std::int64_t high, std::size_t most) {
    const Json* json = find(key);
    if (json == nullptr) return;
    if (!json->is_array()) return problem(key, "expected a list of integers");
    if (json->size() > most) return problem(key, fmt::format("at most {} entries", most));
    value.assign(json->size(), 0);
    for (std::size_t i = 0; i < value.size(); ++i) {
      check_integer((*json)[i], fmt::format("{}[{}]", key, i), value[i], low, high);
    }
  }
  void read_fraction(const char* key, double& value) {
    const Json* json = find(key);
    if (json == nullptr) return;
    if (!json->is_number()) return problem(key, "expected a number");
    const double number = json->get<double>();
    if (!(number >= 0 && number < 1))
      return problem(key, fmt::format("{} is not in 0 up to, not including, 1", number));
    value = number;
  }
  template <class Enum>
  void read_word(const char* key, Enum& value) {
    const Json* json = find(key);
    if (json == nullptr) return;
    std::vector<std::string> valid;
    for (const auto& [text, known] : words(value)) {
      if (json->is_string() && json->get<std::string>() == text) {
        value = known;
        return;
      }
      valid.emplace_back(text);
    }
    if (!json->is_string()) return problem(key, fmt::format("expected one of {}", fmt::join(valid, ", ")));
    problems_.push_back(prefix() + unknown_name(key, json->get<std::string>(), valid));
  }
  void problem(const std::string& key, const std::string& text) {
    problems_.push_back(fmt::format("{}{}{}{}", prefix(), key, key.empty() ? "" : ": ", text));
  }

 private:
  std::string prefix() const { return place_.empty() ? "" : place_ + ": "; }
  bool check_integer(const Json& json, const std::string& key, std::int64_t& value, std::int64_t low,
                     std::int64_t high) {
    // A huge unsigned number would wrap; it fails the range below as a double first.
    if (!json.is_number_integer()) {
      problem(key, "expected an integer");
    } else if (json.get<double>() < static_cast<double>(low) || json.get<double>() > static_cast<double>(high)) {
      problem(key, fmt::format("{} is not in {}..{}", json.dump(), low, high));
    } else {
      value = json.get<std::int64_t>();
      return true;
    }
    return false;
  }

  const Json& json_;
  std::string place_;
  std::vector<std::string>& problems_;
  std::vector<std::string> known_;
};

/// It becomes the name of a folder.
bool is_plain_name(const std::string& name) {
  const auto is_alphanumeric = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  return name.size() <= 64 && is_alphanumeric(name.front()) && std::all_of(name.begin(), name.end(), [&](char c) {
           return is_alphanumeric(c) || c == '.' || c == '-' || c == '_';
         });
}

Stage parse_stage(const Json& json, const std::string& place, std::vector<std::string>& problems) {
  Stage stage;
  ObjectReader reader(json, place, problems);
  reader.read("channels", stage.channels, 1, 4096);
  reader.read("kernel", stage.kernel, 1, 15);
  reader.read("stride", stage.stride, 1, 8);
  reader.read("padding", stage.padding, 0, 7);
  reader.read("bias", stage.bias);
  reader.read_word("norm", stage.norm);
  reader.read_word("activation", stage.activation);
  reader.read_word("pooling", stage.pooling);
  reader.read_fraction("dropout", stage.dropout);
  reader.read_word("form", stage.form);
  reader.finish();
  if (json.is_object() && !json.contains("channels")) reader.problem("channels", "missing");
  if (stage.padding.value_or(0) > stage.kernel / 2) {
    reader.problem("padding", fmt::format("{} exceeds half the kernel ({})", *stage.padding, stage.kernel / 2));
  }
  if (stage.form == Form::kResidual && stage.kernel % 2 == 0) {
    reader.problem("kernel", fmt::format("{} is even; form residual needs an odd one", stage.kernel));
  }
  if (stage.form == Form::kResidual && stage.padding && *stage.padding != (stage.kernel - 1) / 2) {
    reader.problem("padding", fmt::format("{} does not keep the shape; form residual needs {}", *stage.padding,
                                          (stage.kernel - 1) / 2));
  }
  return stage;
}

Head parse_head(const Json& json, std::vector<std::string>& problems) {
  Head head;
  ObjectReader reader(json, "head", problems);
  reader.read_word("reduce", head.reduce);
  reader.read("hidden", head.hidden, 1, 65536, 8);
  reader.read_word("activation", head.activation);
  reader.read_fraction("dropout", head.dropout);
  reader.finish();
  return head;
}

}  // namespace

Architecture parse_architecture(const Json& json, std::vector<std::string>& problems) {
  Architecture architecture;
  ObjectReader reader(json, "", problems);
  reader.read("name", architecture.name);
  if (!architecture.name.empty() && !is_plain_name(architecture.name)) {
    reader.problem("name", "use up to 64 letters, digits, '.', '-' and '_', a letter or digit first");
  }
  reader.read("title", architecture.title);
  reader.read("source", architecture.source);
  const Json* stages = reader.find("stages");
  if (stages == nullptr || !stages->is_array() || stages->empty() || stages->size() > 64) {
    if (json.is_object()) reader.problem("stages", "expected a list of 1 to 64 stages");
  } else {
    for (std::size_t i = 0; i < stages->size(); ++i) {
      architecture.stages.push_back(parse_stage((*stages)[i], fmt::format("stages[{}]", i), problems));
    }
  }
  if (const Json* head = reader.find("head")) architecture.head = parse_head(*head, problems);
  reader.finish();
  return architecture;
}

Architecture parse_architecture(const Json& json, std::string_view where) {
  std::vector<std::string> problems;
  Architecture architecture = parse_architecture(json, problems);
  if (!problems.empty()) throw ConfigError(fmt::format("{}: {}", where, fmt::join(problems, "; ")));
  return architecture;
}

Architecture read_architecture(const std::filesystem::path& file) {
  if (!std::filesystem::is_regular_file(file)) {
    throw ConfigError(fmt::format("{}: no such architecture file", file.string()));
  }
  Architecture architecture = parse_architecture(read_json(file), file.string());
  if (architecture.name.empty()) architecture.name = file.stem().string();
  return architecture;
}

Json to_json(const Architecture& architecture) {
  Json json = Json::object();
  if (!architecture.name.empty()) json["name"] = architecture.name;
  if (!architecture.title.empty()) json["title"] = architecture.title;
  if (!architecture.source.empty()) json["source"] = architecture.source;
  json["stages"] = Json::array();
  for (const Stage& stage : architecture.stages) {
    json["stages"].push_back({{"channels", stage.channels},
                              {"kernel", stage.kernel},
                              {"stride", stage.stride},
                              {"padding", stage.padding.value_or((stage.kernel - 1) / 2)},
                              {"bias", stage.bias},
                              {"norm", word(stage.norm)},
                              {"activation", word(stage.activation)},
                              {"pooling", word(stage.pooling)},
                              {"dropout", stage.dropout},
                              {"form", word(stage.form)}});
  }
  const Head& head = architecture.head;
  json["head"] = {{"reduce", word(head.reduce)},
                  {"hidden", head.hidden},
                  {"activation", word(head.activation)},
                  {"dropout", head.dropout}};
  return json;
}

}  // namespace flnas::nn
