#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "harness/base/json.h"
#include "harness/nn/mlp/mlp.h"
#include "searches/core/choice.h"

namespace flnas::searches {

/// Choices as in searches/spaces/mlp/choices.json: a list of values, or {"from", "to", "step"} (step 1 when left out).
///
///     {"blocks": {"from": 0, "to": 6},      how many hidden layers; 0 is logistic regression
///      "width": ...,                        of each of them
///      "norm": ..., "activation": ..., "dropout": ..., "residual": ..., "embedding": ...,
///      "limits": {"parameters": N, "macs": N, "memory_bytes": N, "latency_us": N}}     each may be left out or null
struct MlpChoices {
  std::int64_t least_blocks = 0, most_blocks = 0;
  Choice width;
  std::vector<Choice> options;  ///< norm, activation, dropout, residual and embedding, in this order
  Limits limits;
  Json json;  ///< as it was given
};

/// Throws ConfigError listing everything that is wrong: unknown or missing keys, empty or reversed ranges, values that
/// nn::Mlp does not take.
MlpChoices parse_mlp_choices(const Json& json, const std::string& where);

/// Blank: the built-in file. Throws ConfigError where there is no such file, and as parse_mlp_choices.
MlpChoices load_mlp_choices(const std::filesystem::path& file = {});

/// What each value may be, a line each.
std::string choices_text(const MlpChoices& choices);

/// JSON schema of the designs whose every value is among the choices; all keys but "format" are required.
Json choices_schema(const MlpChoices& choices);

}  // namespace flnas::searches
