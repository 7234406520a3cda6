#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "harness/base/error.h"
#include "harness/base/names.h"
#include "searches/spaces/cnn/designs/choices.h"

namespace flnas::searches {
namespace {

/// A range longer than this is a slip of the hand.
constexpr std::int64_t kMostValues = 10'000;

const std::vector<std::string> kStageKeys = {"channels", "kernel",     "stride",  "padding", "bias",
                                             "norm",     "activation", "pooling", "dropout", "form"};
const std::vector<std::string> kHeadKeys = {"reduce", "activation", "dropout"};

/// Collects everything that is wrong with a choices file.
class Reader {
 public:
  explicit Reader(std::vector<std::string>& problems) : problems_(problems) {}

  void problem(const std::string& place, const std::string& text) { problems_.push_back(place + ": " + text); }

  /// An object with exactly these keys; the last `optional` of them may be left out.
  bool object(const Json& json, const std::string& place, const std::vector<std::string>& keys,
              std::size_t optional = 0) {
    if (!json.is_object()) {
      problem(place, "expected an object");
      return false;
    }
    for (const auto& [key, unused] : json.items()) {
      if (std::find(keys.begin(), keys.end(), key) == keys.end()) problem(place, unknown_name("key", key, keys));
    }
    bool complete = true;
    for (std::size_t i = 0; i + optional < keys.size(); ++i) {
      if (json.contains(keys[i])) continue;
      problem(place, fmt::format("no key '{}'", keys[i]));
      complete = false;
    }
    return complete;
  }

  Choice choice(const Json& json, const std::string& place, const std::string& key) {
    Choice choice{key, {}, {}};
    if (json.is_object()) {
      std::int64_t from = 0, to = 0, step = 1;
      if (!range(json, place, from, to, step)) return choice;
      for (std::int64_t value = from; value <= to; value += step) choice.values.emplace_back(value);
      choice.text = fmt::format("{} to {}{}", from, to, step == 1 ? "" : fmt::format(" in steps of {}", step));
    } else if (json.is_array() && !json.empty() && json.size() <= kMostValues) {
      choice.values.assign(json.begin(), json.end());
      std::vector<std::string> texts;
      for (const Json& value : json) texts.push_back(value.is_string() ? value.get<std::string>() : value.dump());
      choice.text = fmt::format("{}", fmt::join(texts, ", "));
    } else {
      problem(place, "expected a list of values, or {\"from\", \"to\", \"step\"}");
    }
    return choice;
  }

  bool range(const Json& json, const std::string& place, std::int64_t& from, std::int64_t& to, std::int64_t& step) {
    if (!object(json, place, {"from", "to", "step"}, 1)) return false;
    for (const auto& [key, value] : json.items()) {
      if (!value.is_number_integer() || value.get<double>() < 0 || value.get<double>() > 1e9) {
        problem(place, fmt::format("{}: expected an integer of 0 or more, not {}", key, value.dump()));
        return false;
      }
    }
    from = json["from"], to = json["to"], step = json.value("step", std::int64_t{1});
    if (from > to) {
      problem(place, fmt::format("nothing lies between {} and {}", from, to));
    } else if (step < 1 || (to - from) / step >= kMostValues) {
      problem(place, fmt::format("a step of {} gives no usable list", step));
    } else {
      return true;
    }
    return false;
  }

  template <class Number>
  void limit(const Json& json, const char* key, std::optional<Number>& value) {
    if (!json.contains(key) || json[key].is_null()) return;
    if (!json[key].is_number() || json[key].get<double>() <= 0 || json[key].get<double>() > 1e18) {
      return problem("limits", fmt::format("{}: expected a number above 0, or null", key));
    }
    value = static_cast<Number>(json[key].get<double>());
  }

 private:
  std::vector<std::string>& problems_;
};

/// Every value alone in an otherwise plain design has to pass the architecture's schema.
void check_by_schema(Reader& reader, const Choices& choices) {
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
void check_paddings(Reader& reader, const Choices& choices) {
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
  Reader reader(problems);
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
    const Json limits = json.value("limits", Json::object());
    if (reader.object(limits, "limits", {"parameters", "macs", "memory_bytes", "latency_us"}, 4)) {
      reader.limit(limits, "parameters", choices.limits.parameters);
      reader.limit(limits, "macs", choices.limits.macs);
      reader.limit(limits, "memory_bytes", choices.limits.memory_bytes);
      reader.limit(limits, "latency_us", choices.limits.latency_us);
    }
  }
  if (problems.empty()) check_by_schema(reader, choices);
  if (problems.empty()) check_paddings(reader, choices);
  if (!problems.empty()) throw ConfigError(fmt::format("{}: {}", where, fmt::join(problems, "; ")));
  return choices;
}

}  // namespace flnas::searches
