// The choices of the search space, as values. They do not know strategies, training or prompts.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "harness/base/json.h"
#include "harness/nn/architecture/architecture.h"
#include "searches/core/choice.h"

namespace flnas::searches {

/// Choices as in searches/spaces/cnn/choices.json: a list of values, or {"from", "to", "step"} (step 1 when left out).
///
///     {"stages": {"from": 2, "to": 6},      how many convolutional stages
///      "stage": {"channels": ..., "kernel": ..., "stride": ..., "padding": ..., "bias": ..., "norm": ...,
///                "activation": ..., "pooling": ..., "dropout": ..., "form": ...},
///      "head": {"reduce": ..., "hidden": how many linear layers before the last, "width": of each of these,
///               "activation": ..., "dropout": ...},
///      "limits": {"parameters": N, "macs": N, "memory_bytes": N, "latency_us": N}}     each may be left out or null
struct Choices {
  std::int64_t least_stages = 0, most_stages = 0;
  std::vector<Choice> stage;
  std::int64_t least_hidden = 0, most_hidden = 0;
  Choice width;
  std::vector<Choice> head;
  Limits limits;
  Json json;  ///< as it was given

  const Choice& of_stage(const std::string& key) const;
};

/// A template (a basic CNN that is itself a member) and the ranges around it.
struct CnnDefinition {
  nn::Architecture basic;
  Choices choices;
};

/// Throws ConfigError listing everything that is wrong: unknown or missing keys, empty or reversed ranges, values that
/// the architecture's schema does not know, kernels for which no padding is offered.
Choices parse_choices(const Json& json, const std::string& where);

/// Blank: the built-in file. Throws ConfigError when a file is missing or wrong, or the template is not a member.
CnnDefinition load_cnn(const std::filesystem::path& template_file = {}, const std::filesystem::path& choices_file = {});

/// Every value of the design that is not among the choices, one line each; empty for a member (limits aside).
/// `design` is a canonical form (see design.h): all keys are there and valid by the schema.
std::vector<std::string> outside_choices(const Json& design, const Choices& choices);

/// The padding that goes with a kernel: the one that keeps the side where it is offered, else the largest offered one
/// that the schema allows; empty where there is none. The residual form takes the first kind only.
std::optional<std::int64_t> padding_for(const Choices& choices, std::int64_t kernel, bool residual);

}  // namespace flnas::searches
