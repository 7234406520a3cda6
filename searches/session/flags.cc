#include "searches/session/flags.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "harness/base/command_line.h"
#include "harness/base/error.h"
#include "searches/session/spaces.h"

namespace flnas::searches {
namespace {

using Names = std::vector<std::string>;

bool has(const Names& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// The fields that differ from their defaults.
Names changed_fields(const SearchRequest& request) {
  const SearchRequest unchanged;
  Names usual, changed;
  SearchRequest::for_each_field(unchanged, [&](const char*, const auto& value, const char*, FieldTraits = {}) {
    usual.push_back(value_word(value));
  });
  std::size_t field = 0;
  SearchRequest::for_each_field(request, [&](const char* name, const auto& value, const char*, FieldTraits = {}) {
    if (value_word(value) != usual[field++]) changed.emplace_back(name);
  });
  return changed;
}

bool takes(const EvaluatorEntry& evaluator, const std::string& field) {
  return has(evaluator.training, field) || has(evaluator.settings.names(), field);
}

/// The names of the space's evaluators that take the field.
Names takers_of(const SpaceEntry& space, const std::string& field) {
  Names names;
  for (const EvaluatorEntry& evaluator : space.evaluators) {
    if (takes(evaluator, field)) names.push_back(evaluator.name);
  }
  return names;
}

void require_taken(const SearchRequest& request, const std::string& field) {
  Names spaces;
  for (const SpaceEntry& space : space_entries()) {
    if (!takers_of(space, field).empty()) spaces.push_back(space.name);
  }
  const SpaceEntry& space = find_space(request.space);
  const EvaluatorEntry& evaluator = find_evaluator(space, request.evaluator);
  if (spaces.empty() || takes(evaluator, field)) return;  // for every search, or for this one
  if (!has(spaces, space.name)) {
    throw ConfigError(fmt::format("--{} is for another space, and this one is {}: it is for {}", flag_name(field),
                                  space.name, fmt::join(spaces, ", ")));
  }
  throw ConfigError(fmt::format("--{} is for --evaluator {}, and this search of {} is evaluated by {}",
                                flag_name(field), fmt::join(takers_of(space, field), " and "), space.name,
                                evaluator.name));
}

void require_strategy(const SearchRequest& request, const std::string& field) {
  static const std::map<std::string, Names> kOnlyFor = {
      {"frozen_head", {"fahana"}}, {"prompt", {"flnas"}}, {"repeats", {"flnas", "llmnas"}}};
  const auto only = kOnlyFor.find(field);
  if (only == kOnlyFor.end() || request.strategy.empty() || has(only->second, request.strategy)) return;
  throw ConfigError(fmt::format("--{} is for strategy {}, and this one is {}", flag_name(field),
                                fmt::join(only->second, " and "), request.strategy));
}

}  // namespace

std::vector<std::string> spaces_meant(const SearchRequest& request) {
  const Names own = request.own.names();
  Names changed = changed_fields(request);
  std::erase_if(changed, [&](const std::string& field) { return !has(own, field); });
  Names meant;
  std::ptrdiff_t most = 1;
  for (const SpaceEntry& space : space_entries()) {
    const auto is_own = [&](const std::string& field) {
      return std::any_of(space.evaluators.begin(), space.evaluators.end(),
                         [&](const EvaluatorEntry& evaluator) { return has(evaluator.settings.names(), field); });
    };
    const auto taken = std::count_if(changed.begin(), changed.end(), is_own);
    if (taken > most) meant.clear();
    if (taken >= most) meant.push_back(space.name), most = taken;
  }
  return meant;
}

void require_flags_of(const SearchRequest& request) {
  for (const auto& field : changed_fields(request)) {
    require_taken(request, field);
    require_strategy(request, field);
  }
}

}  // namespace flnas::searches
