#include "searches/spaces/cnn/designs/estimate.h"

#include <algorithm>

namespace flnas::searches {
namespace {

using nn::Activation;
using nn::Form;
using nn::Norm;
using nn::Pooling;

/// Adds up layer by layer; elements are counted per image.
class Sum {
 public:
  explicit Sum(std::int64_t input) : largest_(input), saved_(input) {}

  /// A convolution without what follows it.
  void conv(std::int64_t in, std::int64_t out, std::int64_t kernel, std::int64_t groups, bool bias, std::int64_t area) {
    const std::int64_t weights = out * (in / groups) * kernel * kernel;
    parameters += weights + (bias ? out : 0);
    macs += weights * area;
    save(out * area);
  }
  void norm(Norm norm, std::int64_t channels, std::int64_t area) {
    if (norm == Norm::kNone) return;
    parameters += 2 * channels;
    save(channels * area);
  }
  /// Those that work in place keep nothing of their own.
  void activation(Activation activation, std::int64_t elements) {
    const bool in_place = activation == Activation::kNone || activation == Activation::kRelu ||
                          activation == Activation::kRelu6 || activation == Activation::kLeakyRelu;
    if (!in_place) save(elements);
  }
  void linear(std::int64_t in, std::int64_t out) {
    parameters += in * out + out;
    macs += in * out;
    save(out);
  }
  void save(std::int64_t elements) {
    saved_ += elements;
    largest_ = std::max(largest_, elements);
  }
  std::int64_t activations(int batch) const { return 4 * batch * saved_; }
  std::int64_t memory(int batch) const { return 4 * 4 * parameters + 4 * batch * (saved_ + largest_); }

  std::int64_t parameters = 0;
  std::int64_t macs = 0;

 private:
  std::int64_t largest_;
  std::int64_t saved_;
};

void add_conv_norm_act(Sum& sum, const nn::Stage& stage, std::int64_t in, std::int64_t out, std::int64_t kernel,
                       std::int64_t groups, std::int64_t area) {
  sum.conv(in, out, kernel, groups, stage.bias, area);
  sum.norm(stage.norm, out, area);
  sum.activation(stage.activation, out * area);
}

/// The form; `area` is that of its output.
void add_form(Sum& sum, const nn::Stage& stage, std::int64_t in, std::int64_t area) {
  const std::int64_t out = stage.channels;
  switch (stage.form) {
    case Form::kPlain:
      return add_conv_norm_act(sum, stage, in, out, stage.kernel, 1, area);
    case Form::kDepthwiseSeparable:
      add_conv_norm_act(sum, stage, in, in, stage.kernel, in, area);
      return add_conv_norm_act(sum, stage, in, out, 1, 1, area);
    case Form::kResidual:
      add_conv_norm_act(sum, stage, in, out, stage.kernel, 1, area);
      add_conv_norm_act(sum, stage, out, out, stage.kernel, 1, area);
      if (stage.stride != 1 || in != out) {
        sum.conv(in, out, 1, 1, stage.bias, area);
        sum.norm(stage.norm, out, area);
      }
      return;
  }
}

/// Side of the map between the form and its pooling.
std::int64_t side_of_form(const nn::Stage& stage, std::int64_t side) {
  return (side + 2 * stage.padding.value_or((stage.kernel - 1) / 2) - stage.kernel) / stage.stride + 1;
}

/// `stages`: what each adds, with the head last.
Sum sum_of(const nn::Architecture& architecture, const nn::ModelOptions& options, std::vector<StageCost>& stages) {
  const auto shapes = nn::map_shapes(architecture, options.size);
  Sum sum(3 * options.size * options.size);
  std::int64_t width = 3, side = options.size;
  std::int64_t parameters = 0, macs = 0;  // before the stage
  const auto note = [&] {
    stages.push_back({width, side, sum.parameters - parameters, sum.macs - macs});
    parameters = sum.parameters, macs = sum.macs;
  };
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    const nn::Stage& stage = architecture.stages[i];
    const std::int64_t inner = side_of_form(stage, side);
    add_form(sum, stage, width, inner * inner);
    width = stage.channels, side = shapes[i].height;
    // Max pooling also keeps its indices, of eight bytes.
    if (stage.pooling != Pooling::kNone) sum.save((stage.pooling == Pooling::kMax ? 3 : 1) * width * side * side);
    if (stage.dropout > 0) sum.save(width * side * side);
    note();
  }
  if (architecture.head.reduce == nn::Reduce::kFlatten) width *= side * side;
  for (const std::int64_t hidden : architecture.head.hidden) {
    sum.linear(width, hidden);
    width = hidden;
  }
  sum.linear(width, options.classes);
  width = options.classes, side = 1;
  note();
  return sum;
}

}  // namespace

CostEstimate estimate_cost(const nn::Architecture& architecture, const nn::ModelOptions& options, int batch) {
  std::vector<StageCost> stages;
  const Sum sum = sum_of(architecture, options, stages);
  return {.parameters = sum.parameters,
          .macs = sum.macs,
          .memory_bytes = sum.memory(batch),
          .activation_bytes = sum.activations(batch)};
}

std::vector<StageCost> stage_costs(const nn::Architecture& architecture, const nn::ModelOptions& options) {
  std::vector<StageCost> stages;
  sum_of(architecture, options, stages);
  return stages;
}

}  // namespace flnas::searches
