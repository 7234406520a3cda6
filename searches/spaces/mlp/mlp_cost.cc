#include "searches/spaces/mlp/mlp_cost.h"

#include <algorithm>

namespace flnas::searches {
namespace {

/// From the columns of a table to numbers: as they are, one-hot, or an embedding.
MlpPart encoder(const nn::Mlp& mlp, const nn::ModelOptions& options) {
  MlpPart part{.in = static_cast<std::int64_t>(options.columns.size())};
  for (const std::int64_t categories : options.columns) {
    part.out += categories == 0 ? 1 : mlp.embedding == 0 ? categories : mlp.embedding;
    part.parameters += categories * mlp.embedding;
  }
  return part;
}

MlpPart linear(std::int64_t in, std::int64_t out) {
  return {.in = in, .out = out, .parameters = in * out + out, .macs = in * out};
}

}  // namespace

std::vector<MlpPart> mlp_parts(const nn::Mlp& mlp, const nn::ModelOptions& options) {
  std::vector<MlpPart> parts = {encoder(mlp, options)};
  for (const std::int64_t width : mlp.widths) {
    MlpPart layer = linear(parts.back().out, width);
    if (mlp.norm != "none") layer.parameters += 2 * width;
    parts.push_back(layer);
  }
  parts.push_back(linear(parts.back().out, options.classes));
  return parts;
}

CostEstimate mlp_cost(const nn::Mlp& mlp, const nn::ModelOptions& options, int batch) {
  const auto parts = mlp_parts(mlp, options);
  CostEstimate cost;
  std::int64_t saved = 0, largest = 0;  // values of a row
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const MlpPart& part = parts[i];
    const bool is_hidden = i > 0 && i + 1 < parts.size();
    // A hidden layer keeps what each of its steps gives.
    const int steps = is_hidden ? 2 + (mlp.norm != "none" ? 1 : 0) + (mlp.dropout > 0 ? 1 : 0) : 1;
    cost.parameters += part.parameters;
    cost.macs += part.macs;
    saved += steps * part.out;
    largest = std::max(largest, part.out);
  }
  cost.activation_bytes = 4 * batch * saved;
  cost.memory_bytes = 4 * 4 * cost.parameters + 4 * batch * (saved + largest);
  return cost;
}

bool has_equal_widths(const nn::Mlp& mlp, const nn::ModelOptions& options) {
  const auto parts = mlp_parts(mlp, options);
  return std::any_of(parts.begin() + 1, parts.end() - 1, [](const MlpPart& part) { return part.in == part.out; });
}

}  // namespace flnas::searches
