#include "searches/session/flags.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "harness/base/command_line.h"
#include "harness/base/error.h"

namespace flnas::searches {
namespace {

constexpr char kAutoFormer[] = "autoformer-";

/// Of training, but what other evaluators have too.
std::vector<std::string> training_fields() {
  const TrainConfig usual;
  std::vector<std::string> fields;
  TrainConfig::for_each_field(usual, [&](const std::string& name, const auto&, const char*) {
    if (name != "seed" && name != "size" && name != "threads") fields.push_back(name);
  });
  return fields;
}

/// The fields that differ from their defaults.
std::vector<std::string> changed_fields(const SearchRequest& request) {
  const SearchRequest unchanged;
  std::vector<std::string> usual, changed;
  SearchRequest::for_each_field(unchanged, [&](const char*, const auto& value, const char*, FieldTraits = {}) {
    usual.push_back(value_word(value));
  });
  std::size_t field = 0;
  SearchRequest::for_each_field(request, [&](const char* name, const auto& value, const char*, FieldTraits = {}) {
    if (value_word(value) != usual[field++]) changed.emplace_back(name);
  });
  return changed;
}

bool is_one(const std::string& name, const std::vector<std::string>& beginnings) {
  return beginnings.empty() || std::any_of(beginnings.begin(), beginnings.end(),
                                           [&](const std::string& beginning) { return name.starts_with(beginning); });
}

}  // namespace

const std::vector<FlagUse>& flag_uses() {
  static const std::vector<FlagUse> uses = {
      {{"data", "split", "fold", "adapter", "template", "choices", "best"}, {kCnn}, {}},
      {{"frozen_head"}, {kCnn}, {"fahana"}},
      {training_fields(), {kCnn}, {}},
      {{"size", "threads"}, {kCnn, kAutoFormer}, {}},
      {{"tables", "dataset", "cost", "predictor_cells", "jobs"}, {kNasBench201}, {}},
      {{"proxies", "proxy_batch", "classes", "latency_batch", "latency_seconds", "accuracies"}, {kAutoFormer}, {}},
      {{"prompt"}, {}, {"flnas"}},
  };
  return uses;
}

void require_flags_of(const SearchRequest& request) {
  for (const auto& field : changed_fields(request)) {
    for (const FlagUse& use : flag_uses()) {
      if (std::find(use.fields.begin(), use.fields.end(), field) == use.fields.end()) continue;
      if (!is_one(request.space, use.spaces)) {
        throw ConfigError(fmt::format("--{} is for another space, and this one is {}: it is for {}", flag_name(field),
                                      request.space, fmt::join(use.spaces, " and ")));
      }
      if (!request.strategy.empty() && !is_one(request.strategy, use.strategies)) {
        throw ConfigError(fmt::format("--{} is for strategy {}, and this one is {}", flag_name(field),
                                      fmt::join(use.strategies, " and "), request.strategy));
      }
    }
  }
}

}  // namespace flnas::searches
