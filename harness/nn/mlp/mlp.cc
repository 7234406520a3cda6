#include "harness/nn/mlp/mlp.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/base/error.h"
#include "harness/base/fields.h"

namespace flnas::nn {
namespace {

constexpr std::int64_t kWidest = 1024, kMostNumbers = 64;
constexpr std::size_t kDeepest = 8;

void require_one_of(std::vector<std::string>& found, const char* key, const std::string& value,
                    const std::vector<std::string>& valid) {
  if (std::find(valid.begin(), valid.end(), value) != valid.end()) return;
  found.push_back(fmt::format("{} must be one of {}, not '{}'", key, fmt::join(valid, ", "), value));
}

}  // namespace

std::vector<std::string> Mlp::problems() const {
  std::vector<std::string> found;
  if (format != Mlp{}.format) found.push_back(fmt::format("format must be {}, not '{}'", Mlp{}.format, format));
  if (widths.size() > kDeepest)
    found.push_back(fmt::format("widths: at most {} layers, not {}", kDeepest, widths.size()));
  for (const std::int64_t width : widths) {
    if (width < 1 || width > kWidest) found.push_back(fmt::format("widths must be 1 to {}, not {}", kWidest, width));
  }
  require_one_of(found, "norm", norm, {"none", "batch", "layer"});
  require_one_of(found, "activation", activation, {"relu", "gelu", "silu", "tanh"});
  if (!(dropout >= 0 && dropout <= 0.9)) found.push_back(fmt::format("dropout must be 0 to 0.9, not {}", dropout));
  if (embedding < 0 || embedding > kMostNumbers) {
    found.push_back(fmt::format("embedding must be 0 to {}, not {}", kMostNumbers, embedding));
  }
  return found;
}

bool is_mlp(const Json& json) { return json.is_object() && json.value("format", Json()) == Mlp{}.format; }

Mlp parse_mlp(const Json& json, std::string_view where) {
  Mlp mlp;
  config_from_json(mlp, json, where);
  const auto problems = mlp.problems();
  if (!problems.empty()) throw ConfigError(fmt::format("{}: {}", where, fmt::join(problems, "; ")));
  return mlp;
}

}  // namespace flnas::nn
