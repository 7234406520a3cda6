#include "harness/nn/architecture/pytorch_source.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <numeric>

namespace flnas::nn {
namespace {

/// The same network as BasicBlock in harness/nn/blocks.h.
constexpr std::string_view kBasicBlock = R"(class BasicBlock(nn.Module):
    """Two convolutions and a shortcut: He et al., Deep Residual Learning, CVPR 2016."""

    def __init__(self, in_channels, out_channels, kernel_size=3, stride=1, bias=True, norm="none", activation="relu"):
        super().__init__()

        def make_norm():
            if norm == "batch":
                return nn.BatchNorm2d(out_channels)
            if norm == "none":
                return nn.Identity()
            return nn.GroupNorm(math.gcd(8, out_channels) if norm == "group" else 1, out_channels)

        padding = (kernel_size - 1) // 2
        self.conv1 = nn.Conv2d(in_channels, out_channels, kernel_size, stride, padding, bias=bias)
        self.bn1 = make_norm()
        self.conv2 = nn.Conv2d(out_channels, out_channels, kernel_size, 1, padding, bias=bias)
        self.bn2 = make_norm()
        self.downsample = nn.Identity()
        if stride != 1 or in_channels != out_channels:
            shortcut = nn.Conv2d(in_channels, out_channels, 1, stride, bias=bias)
            self.downsample = nn.Sequential(shortcut, make_norm())
        self.activation = {
            "none": nn.Identity, @ACTIVATIONS@
        }[activation]()

    def forward(self, x):
        y = self.activation(self.bn1(self.conv1(x)))
        return self.activation(self.bn2(self.conv2(y)) + self.downsample(x))


)";

/// Fit for the inside of a docstring: one line, no quotes, no backslashes.
std::string harmless(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
    if (c == '"') c = '\'';
    if (c == '\\') c = '/';
  }
  return text;
}

/// "search-3" -> "Search3"; "Net..." where that is no name for a class.
std::string class_name(const std::string& name) {
  std::string result;
  bool upper = true;
  for (const char c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) {
      upper = true;
      continue;
    }
    result += upper ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
    upper = false;
  }
  const std::vector<std::string_view> taken = {"", "None", "True", "False", "BasicBlock"};
  const bool bad = std::find(taken.begin(), taken.end(), result) != taken.end();
  return bad || std::isdigit(static_cast<unsigned char>(result[0])) != 0 ? "Net" + result : result;
}

std::string_view torch_class(std::string_view activation) {
  for (const auto& [word, name] : torch_activations()) {
    if (word == activation) return name;
  }
  return "";
}

/// The layers of one network, line by line.
class Layers {
 public:
  void comment(const std::string& text) { lines_.push_back("# " + text); }
  void add(const std::string& layer) { line("nn." + layer); }
  /// One with weights.
  void add_weighted(const std::string& layer) {
    weighted_.push_back(std::to_string(layers_));
    line(layer);
  }
  void activation(const std::string& word) {
    if (word != "none") add(fmt::format("{}()", torch_class(word)));
  }
  void conv(std::int64_t in, std::int64_t out, std::int64_t kernel, std::int64_t stride, std::int64_t padding,
            std::int64_t groups, bool bias) {
    std::string text = fmt::format("Conv2d({}, {}, kernel_size={}", in, out, kernel);
    if (stride != 1) text += fmt::format(", stride={}", stride);
    if (padding != 0) text += fmt::format(", padding={}", padding);
    if (groups != 1) text += fmt::format(", groups={}", groups);
    if (!bias) text += ", bias=False";
    add_weighted("nn." + text + ")");
  }
  void norm(const std::string& word, std::int64_t channels) {
    if (word == "batch") add_weighted(fmt::format("nn.BatchNorm2d({})", channels));
    if (word == "group") {
      add_weighted(fmt::format("nn.GroupNorm({}, {})", std::gcd(std::int64_t{8}, channels), channels));
    }
    if (word == "layer") add_weighted(fmt::format("nn.GroupNorm(1, {})", channels));
  }
  void stage(const Stage& stage, const Json& words, std::int64_t in) {
    const std::string activation_word = words["activation"], norm_word = words["norm"], pooling = words["pooling"];
    const std::int64_t padding = words["padding"];
    if (stage.form == Form::kResidual) {
      add_weighted(fmt::format("BasicBlock({}, {}, kernel_size={}, stride={}, bias={}, norm=\"{}\", activation=\"{}\")",
                               in, stage.channels, stage.kernel, stage.stride, stage.bias ? "True" : "False", norm_word,
                               activation_word));
    } else if (stage.form == Form::kDepthwiseSeparable) {
      conv(in, in, stage.kernel, stage.stride, padding, in, stage.bias);
      norm(norm_word, in);
      activation(activation_word);
      conv(in, stage.channels, 1, 1, 0, 1, stage.bias);
    } else {
      conv(in, stage.channels, stage.kernel, stage.stride, padding, 1, stage.bias);
    }
    if (stage.form != Form::kResidual) {
      norm(norm_word, stage.channels);
      activation(activation_word);
    }
    if (pooling == "max") add("MaxPool2d(2)");
    if (pooling == "average") add("AvgPool2d(2)");
    if (stage.dropout > 0) add(fmt::format("Dropout2d({})", stage.dropout));
  }
  void head(const Head& head, const std::string& activation_word, const MapShape& last) {
    comment("head");
    std::int64_t width = last.channels;
    if (head.reduce == Reduce::kGlobalAverage) {
      add("AdaptiveAvgPool2d(1)");
    } else {
      width *= last.height * last.width;
    }
    add("Flatten()");
    const auto linear = [&](const std::string& out) {
      if (head.dropout > 0) add(fmt::format("Dropout({})", head.dropout));
      add_weighted(fmt::format("nn.Linear({}, {})", width, out));
    };
    for (const std::int64_t hidden : head.hidden) {
      linear(fmt::format("{}", hidden));
      activation(activation_word);
      width = hidden;
    }
    linear("classes");
  }
  const std::vector<std::string>& lines() const { return lines_; }
  const std::vector<std::string>& weighted() const { return weighted_; }

 private:
  void line(const std::string& layer) {
    lines_.push_back(layer + ",");
    ++layers_;
  }

  std::vector<std::string> lines_;     ///< of Python, comments among them
  std::vector<std::string> weighted_;  ///< places of the layers with weights in the nn.Sequential
  std::size_t layers_ = 0;
};

Layers written(const Architecture& architecture, const ModelOptions& options) {
  const std::vector<MapShape> shapes = map_shapes(architecture, options.size);
  const Json words = to_json(architecture);
  Layers layers;
  MapShape in{3, options.size, options.size};
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    const MapShape& out = shapes[i];
    layers.comment(fmt::format("stages[{}]: {}x{}x{} -> {}x{}x{}", i, in.channels, in.height, in.width, out.channels,
                               out.height, out.width));
    layers.stage(architecture.stages[i], words["stages"][i], in.channels);
    in = out;
  }
  layers.head(architecture.head, words["head"]["activation"], shapes.back());
  return layers;
}

std::string basic_block() {
  std::vector<std::string> entries;
  for (const auto& [word, name] : torch_activations()) entries.push_back(fmt::format("\"{}\": nn.{}", word, name));
  std::string text(kBasicBlock);
  constexpr std::string_view kMark = "@ACTIVATIONS@";
  const auto first = entries.begin() + static_cast<std::ptrdiff_t>(entries.size() / 2);
  return text.replace(text.find(kMark), kMark.size(),
                      fmt::format("{},\n            {},", fmt::join(entries.begin(), first, ", "),
                                  fmt::join(first, entries.end(), ", ")));
}

}  // namespace

const std::vector<std::pair<std::string_view, std::string_view>>& torch_activations() {
  static const std::vector<std::pair<std::string_view, std::string_view>> table = {
      {"relu", "ReLU"}, {"relu6", "ReLU6"}, {"leaky_relu", "LeakyReLU"}, {"elu", "ELU"},
      {"gelu", "GELU"}, {"silu", "SiLU"},   {"hardswish", "Hardswish"},  {"tanh", "Tanh"}};
  return table;
}

std::string pytorch_source(const Architecture& architecture, const ModelOptions& options) {
  const Layers layers = written(architecture, options);
  const bool residual =
      std::ranges::any_of(architecture.stages, [](const Stage& stage) { return stage.form == Form::kResidual; });
  const std::string name = class_name(architecture.name);
  std::string title = architecture.title.empty() ? name : architecture.title;
  if (!architecture.source.empty()) title += " (" + architecture.source + ")";
  return fmt::format(
      "\"\"\"{0}, written by flnas.\n\nImages [N, 3, {1}, {1}] float32 in [0, 1] -> logits [N, {2}].\n\"\"\"\n"
      "{3}import torch\nfrom torch import nn\n\n\n{4}"
      "class {5}(nn.Module):\n    def __init__(self, classes={2}):\n        super().__init__()\n"
      "        self.layers = nn.Sequential(\n            {6}\n        )\n\n"
      "    def forward(self, images):\n        return self.layers(images)\n\n\n"
      "if __name__ == \"__main__\":\n    model = {5}()\n"
      "    print(sum(p.numel() for p in model.parameters()), \"parameters\")\n"
      "    print(model(torch.rand(2, 3, {1}, {1})))\n",
      harmless(title), options.size, options.classes, residual ? "import math\n\n" : "", residual ? basic_block() : "",
      name, fmt::join(layers.lines(), "\n            "));
}

std::vector<std::string> pytorch_layers(const Architecture& architecture, const ModelOptions& options) {
  return written(architecture, options).weighted();
}

}  // namespace flnas::nn
