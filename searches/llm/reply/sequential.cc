#include "searches/llm/reply/sequential.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "harness/base/error.h"
#include "harness/nn/architecture/pytorch_source.h"
#include "searches/llm/reply/sequential_layers.h"
#include "searches/llm/reply/torch_layer.h"

namespace flnas::searches {
namespace {

constexpr std::size_t kMostLayers = 512;

using Problems = std::vector<std::string>;

/// The word for an activation layer, blank for any other.
std::string activation_word(const TorchLayer& layer) {
  for (const auto& [word, name] : nn::torch_activations()) {
    if (layer.name() == name) return std::string(word);
  }
  return "";
}

/// The layers with their arguments; Identity is left out.
std::vector<TorchLayer> bind_layers(const std::vector<SequentialLayer>& written, Problems& problems) {
  std::vector<TorchLayer> layers;
  for (std::size_t i = 0; i < written.size(); ++i) {
    const PyValue& value = *written[i].value;
    const std::string place = fmt::format("layer {} (line {})", i + 1, value.line);
    if (value.kind != PyValue::Kind::kCall) {
      problems.push_back(fmt::format("{}: {} is no layer", place, describe(value)));
    } else if (auto layer = TorchLayer::bind(value, place, problems); layer && layer->name() != "Identity") {
      layers.push_back(std::move(*layer));
    }
  }
  return layers;
}

/// Norm and activation after a convolution.
struct Tail {
  std::string norm = "none", activation = "none";
  bool one_group = false;  ///< channels that allow one group only: "layer" and "group" are the same
};

class Reader {
 public:
  Reader(std::vector<TorchLayer> layers, const nn::ModelOptions& options, Problems& problems)
      : layers_(std::move(layers)), options_(options), problems_(problems) {}

  Json read() {
    Json json = {{"stages", Json::array()}};
    while (more() && !at({"AdaptiveAvgPool2d", "Flatten", "Linear"})) {
      if (at({"Conv2d", "BasicBlock"})) {
        json["stages"].push_back(stage());
      } else {
        misplaced("a stage is Conv2d, norm, activation, pooling and Dropout2d in this order, all but Conv2d optional");
      }
    }
    if (json["stages"].empty()) problems_.push_back("the nn.Sequential has no Conv2d before its Flatten or Linear");
    json["head"] = head(json);
    return json;
  }

 private:
  bool more() const { return next_ < layers_.size(); }
  bool at(std::initializer_list<std::string_view> names) const {
    return more() && std::find(names.begin(), names.end(), layers_[next_].name()) != names.end();
  }
  const TorchLayer& take() { return layers_[next_++]; }
  void problem(const TorchLayer& layer, const std::string& text) {
    problems_.push_back(fmt::format("{}: {}", layer.place(), text));
  }
  void misplaced(const char* order) { problem(take(), std::string("out of order: ") + order); }

  /// A size that has to follow from the layers before.
  void expect(const TorchLayer& layer, const char* key, std::optional<std::int64_t> expected) {
    const auto given = layer.known_integer(key, problems_);
    if (given && expected && *given != *expected) {
      problem(layer, fmt::format("{} is {}, but {} come in", key, *given, *expected));
    }
  }

  Json stage() {
    Json json = at({"BasicBlock"}) ? residual() : convolution();
    if (at({"MaxPool2d", "AvgPool2d"})) json["pooling"] = take().name() == "MaxPool2d" ? "max" : "average";
    if (at({"Dropout2d"})) json["dropout"] = take().number("p", problems_);
    return json;
  }

  Json residual() {
    const TorchLayer& block = take();
    expect(block, "in_channels", channels_);
    channels_ = block.integer("out_channels", problems_);
    return {{"channels", channels_.value_or(1)},
            {"kernel", block.integer("kernel_size", problems_).value_or(3)},
            {"stride", block.integer("stride", problems_).value_or(1)},
            {"bias", block.boolean("bias", problems_)},
            {"norm", block.text("norm", problems_)},
            {"activation", block.text("activation", problems_)},
            {"form", "residual"}};
  }

  Json convolution() {
    const TorchLayer& conv = take();
    const auto in = channels_;
    expect(conv, "in_channels", in);
    channels_ = conv.integer("out_channels", problems_);
    const auto groups = conv.known_integer("groups", problems_).value_or(1);
    Json json = {{"channels", channels_.value_or(1)},
                 {"kernel", conv.integer("kernel_size", problems_).value_or(3)},
                 {"stride", conv.integer("stride", problems_).value_or(1)},
                 {"padding", 0},
                 {"bias", conv.boolean("bias", problems_)}};
    json["padding"] = padding(conv, json["kernel"], json["stride"]);
    Tail tail = read_tail();
    if (groups != 1) {
      if (groups != in || groups != channels_) {
        problem(conv,
                fmt::format("groups is {}; it is 1, or for a depthwise convolution all channels in and out", groups));
      } else if (!pointwise(json, tail)) {
        problem(conv,
                "a depthwise convolution needs a Conv2d with kernel_size 1, the same bias, norm and activation "
                "after it");
      }
      json["form"] = "depthwise_separable";
    }
    json["norm"] = tail.norm;
    json["activation"] = tail.activation;
    return json;
  }

  std::int64_t padding(const TorchLayer& conv, std::int64_t kernel, std::int64_t stride) {
    if (!conv.is_text("padding")) return conv.integer("padding", problems_).value_or(0);
    const std::string word = conv.text("padding", problems_);
    if (word == "valid") return 0;
    if (word != "same" || stride != 1 || kernel % 2 == 0) {
      problem(conv, fmt::format("padding is '{}'; 'same' is possible with stride 1 and an odd kernel", word));
    }
    return (kernel - 1) / 2;
  }

  /// The second half of a depthwise-separable stage.
  bool pointwise(Json& json, Tail& tail) {
    if (!at({"Conv2d"})) return false;
    const TorchLayer& conv = take();
    expect(conv, "in_channels", channels_);
    channels_ = conv.integer("out_channels", problems_);
    json["channels"] = channels_.value_or(1);
    const bool plain = conv.integer("kernel_size", problems_) == 1 && conv.integer("stride", problems_) == 1 &&
                       padding(conv, 1, 1) == 0 && conv.known_integer("groups", problems_).value_or(1) == 1;
    const bool same_bias = conv.boolean("bias", problems_) == json["bias"].get<bool>();
    Tail second = read_tail();
    if (tail.one_group && second.norm == "group") tail.norm = "group";
    if (second.one_group && tail.norm == "group") second.norm = "group";
    return second.norm == tail.norm && second.activation == tail.activation && plain && same_bias;
  }

  Tail read_tail() {
    Tail tail;
    if (at({"BatchNorm2d"})) {
      expect(take(), "num_features", channels_);
      tail.norm = "batch";
    } else if (at({"GroupNorm"})) {
      const TorchLayer& norm = take();
      expect(norm, "num_channels", channels_);
      const auto groups = norm.integer("num_groups", problems_);
      const std::int64_t most = std::gcd(std::int64_t{8}, channels_.value_or(8));
      if (groups && channels_ && *groups != 1 && *groups != most) {
        problem(norm, fmt::format("num_groups is {}; 1 and {} are possible", *groups, most));
      }
      tail.norm = groups == 1 ? "layer" : "group";
      tail.one_group = groups == 1 && most == 1;
    }
    if (more() && !activation_word(layers_[next_]).empty()) tail.activation = activation_word(take());
    return tail;
  }

  /// Features after Flatten, where stages and reduction are sound.
  std::optional<std::int64_t> features(const Json& json, bool global_average) {
    Problems of_schema;
    const nn::Architecture architecture = nn::parse_architecture(json, of_schema);
    if (!of_schema.empty() || !problems_.empty()) return std::nullopt;
    try {
      const nn::MapShape last = nn::map_shapes(architecture, options_.size).back();
      return global_average ? last.channels : last.channels * last.height * last.width;
    } catch (const ConfigError&) {
      return std::nullopt;  // the validator explains it
    }
  }

  Json head(const Json& stages) {
    const bool global_average = at({"AdaptiveAvgPool2d"});
    if (global_average) take();
    auto width = features(stages, global_average);
    if (at({"Flatten"})) {
      take();
    } else {
      problems_.push_back("the nn.Sequential has no Flatten() after its stages");
    }
    std::vector<std::int64_t> hidden;
    std::vector<std::string> activations;
    std::vector<double> dropouts;
    std::string activation;
    while (more()) {
      const double dropout = at({"Dropout"}) ? take().number("p", problems_) : 0;
      if (!at({"Linear"})) {
        if (more()) misplaced("a head is Linear, activation, Dropout and so on, and ends with a Linear");
        continue;
      }
      const TorchLayer& linear = take();
      expect(linear, "in_features", width);
      width = linear.known_integer("out_features", problems_);
      dropouts.push_back(dropout);
      activation = "none";
      if (more() && !activation_word(layers_[next_]).empty()) activation = activation_word(take());
      hidden.push_back(width.value_or(0));
      activations.push_back(activation);
    }
    return finish_head(global_average, std::move(hidden), std::move(activations), dropouts);
  }

  Json finish_head(bool global_average, std::vector<std::int64_t> hidden, std::vector<std::string> activations,
                   const std::vector<double>& dropouts) {
    if (hidden.empty()) {
      problems_.push_back("the nn.Sequential has no Linear at its end");
      return Json::object();
    }
    const std::int64_t classes = hidden.back();
    if (classes != 0 && classes != options_.classes) {
      problems_.push_back(
          fmt::format("the last Linear gives {} outputs; there are {} classes", classes, options_.classes));
    }
    if (activations.back() != "none") {
      problems_.push_back("an activation after the last Linear; leave it out, the output is logits");
    }
    hidden.pop_back();
    activations.pop_back();
    if (std::find(hidden.begin(), hidden.end(), 0) != hidden.end()) {
      problems_.push_back("a hidden Linear needs a number as its out_features");
    }
    const auto differ = [](const auto& values) {
      return std::adjacent_find(values.begin(), values.end(), std::not_equal_to<>()) != values.end();
    };
    if (differ(activations)) problems_.push_back("the hidden Linear layers need the same activation");
    if (differ(dropouts))
      problems_.push_back("Dropout has to stand before each Linear, with the same p, or before none");
    return {{"reduce", global_average ? "global_average" : "flatten"},
            {"hidden", hidden},
            {"activation", activations.empty() ? "relu" : activations[0]},
            {"dropout", dropouts[0]}};
  }

  std::vector<TorchLayer> layers_;
  const nn::ModelOptions& options_;
  Problems& problems_;
  std::size_t next_ = 0;
  std::optional<std::int64_t> channels_ = 3;
};

}  // namespace

std::optional<Json> read_sequential(const PyValue& call, const nn::ModelOptions& options, Problems& problems) {
  const std::size_t before = problems.size();
  const std::vector<SequentialLayer> layers = sequential_layers(call);
  if (layers.size() > kMostLayers) {
    problems.push_back(fmt::format("the nn.Sequential has more than {} layers", kMostLayers));
    return std::nullopt;
  }
  Json json = Reader(bind_layers(layers, problems), options, problems).read();
  if (problems.size() > before) return std::nullopt;
  Problems of_schema;  // what keeps the schema gets all its keys; the rest is left to the validator
  const nn::Architecture architecture = nn::parse_architecture(json, of_schema);
  return of_schema.empty() ? nn::to_json(architecture) : json;
}

}  // namespace flnas::searches
