#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/base/json.h"
#include "harness/nn/norm_activation.h"
#include "harness/nn/registry.h"

namespace flnas::nn {

class Classifier;

// A convolutional network as data, as searches propose it and searches/spaces/cnn/architectures/*.json hold it. The
// JSON form is published as harness/nn/architecture/architecture.schema.json:
//
//     {"name": "search3", "title": "Search-3", "source": "...",                        all three optional
//      "stages": [{"channels": 16, "kernel": 3, "stride": 1, "padding": 1, "bias": true, "norm": "batch",
//                  "activation": "relu", "pooling": "max", "dropout": 0, "form": "plain"}, ...],
//      "head": {"reduce": "flatten", "hidden": [128], "activation": "relu", "dropout": 0}}
//
// Every key of a stage but `channels`, and every key of the head, may be left out; the defaults are below.

enum class Pooling { kNone, kMax, kAverage };  ///< 2x2, stride 2

enum class Form {
  kPlain,               ///< convolution, norm, activation
  kDepthwiseSeparable,  ///< depthwise convolution, then 1x1, each with norm and activation
  kResidual,            ///< two convolutions and a shortcut (BasicBlock)
};

enum class Reduce { kFlatten, kGlobalAverage };

/// One stage: the form, then pooling, then dropout (of whole channels).
struct Stage {
  std::int64_t channels = 0;            ///< 1..4096
  std::int64_t kernel = 3;              ///< 1..15; odd for the residual form
  std::int64_t stride = 1;              ///< 1..8
  std::optional<std::int64_t> padding;  ///< 0..kernel/2; default (kernel - 1) / 2, the only value of the residual form
  bool bias = true;                     ///< of the convolutions
  Norm norm = Norm::kNone;
  Activation activation = Activation::kRelu;
  Pooling pooling = Pooling::kNone;
  double dropout = 0;  ///< 0 up to, not including, 1
  Form form = Form::kPlain;
};

/// From the last feature map to the logits.
struct Head {
  Reduce reduce = Reduce::kFlatten;
  std::vector<std::int64_t> hidden;  ///< widths of the linear layers before the last one, each 1..65536, at most 8
  Activation activation = Activation::kRelu;
  double dropout = 0;  ///< before each linear layer; 0 up to, not including, 1
};

struct Architecture {
  std::string name, title, source;
  std::vector<Stage> stages;  ///< 1..64
  Head head;
};

/// Strict: throws ConfigError that begins with `where` and lists every unknown key (with the nearest valid one), wrong
/// type and value out of range at once.
Architecture parse_architecture(const Json& json, std::string_view where);

/// The same, with the problems appended to a list; returns what could be read.
Architecture parse_architecture(const Json& json, std::vector<std::string>& problems);

/// Reads a file; throws ConfigError when it is missing, DataError when it is not JSON.
Architecture read_architecture(const std::filesystem::path& file);

/// Every field is written, defaults included: two architectures are the same network exactly when the "stages" and
/// "head" of their JSON forms are equal.
Json to_json(const Architecture& architecture);

/// Channels, height and width after each stage for square images of `size` pixels.
/// Throws ConfigError where a map would shrink below one pixel, naming the stage and the least size that works.
struct MapShape {
  std::int64_t channels, height, width;
};
std::vector<MapShape> map_shapes(const Architecture& architecture, std::int64_t size);

/// The network in training mode, with PyTorch's default initialisation. Parameters: "stages.<i>.<block>", "head.<j>".
/// Throws ConfigError where the geometry does not fit, or a single linear layer would exceed 2^31 weights.
/// `layers`: the names of its layers with weights in the nn.Sequential that it was read from ("0", "1", "features.3"),
/// in their order, for Classifier::pytorch_names(); empty: those that pytorch_source() gives them.
/// The only function here that needs libtorch: it is in flnas_nn, the others are in flnas_architecture.
std::shared_ptr<Classifier> build_classifier(const Architecture& architecture, const ModelOptions& options,
                                             std::vector<std::string> layers = {});

/// The schema's text, as published in harness/nn/architecture/architecture.schema.json.
std::string_view architecture_schema();

}  // namespace flnas::nn
