#include "harness/study/models.h"

#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <utility>

#include "harness/base/error.h"
#include "harness/base/fields.h"
#include "harness/base/hash.h"
#include "harness/nn/models/model.h"
#include "harness/train/config.h"

namespace flnas::study {
namespace {

/// "search1@reweight" -> search1 and reweight; a file whose name has an @ is a file.
std::pair<std::string, std::string> split_mitigation(const std::string& asked) {
  const auto at = asked.rfind('@');
  if (at == asked.npos || std::filesystem::is_regular_file(asked)) return {asked, "none"};
  TrainConfig config;
  config.mitigation = asked.substr(at + 1);
  require_valid(config.problems());
  return {asked.substr(0, at), config.mitigation};
}

}  // namespace

std::vector<ReproducedModel> reproduced_models(const nn::Registry& registry, const std::vector<std::string>& models) {
  std::vector<ReproducedModel> found;
  std::map<std::string, std::string> asked;  // by what makes a model the same: its name, or its file's bytes
  for (const auto& asked_for : models) {
    const auto [model, mitigation] = split_mitigation(asked_for);
    const std::string suffix = mitigation == "none" ? "" : "@" + mitigation;
    const nn::ModelEntry entry = nn::find_model(registry, model);
    const std::string& own_name = entry.name;
    const bool is_file = registry.find(model) == nullptr && std::filesystem::is_regular_file(model);
    const std::string identity = is_file ? sha256_file(model) : own_name;
    if (const auto [first, added] = asked.emplace(identity + suffix, asked_for); !added) {
      throw ConfigError(
          first->second == asked_for
              ? fmt::format("--models: '{}' is there twice; name each model once", asked_for)
              : fmt::format("--models: '{}' and '{}' are the same model; name each once", first->second, asked_for));
    }
    const std::string stem = std::filesystem::path(model).stem().string();
    found.push_back({model, (is_file ? fmt::format("{}-{:.8}", stem, identity) : own_name) + suffix,
                     is_file ? entry.title + suffix : "", mitigation});
  }
  std::map<std::string, int> titles;
  for (const auto& model : found) ++titles[model.title];
  for (auto& model : found) {
    if (titles[model.title] > 1) model.title.clear();
  }
  return found;
}

}  // namespace flnas::study
