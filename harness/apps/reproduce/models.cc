#include "harness/apps/reproduce/models.h"

#include <fmt/format.h>

#include <filesystem>
#include <map>

#include "harness/base/error.h"
#include "harness/base/hash.h"
#include "harness/nn/model.h"

namespace flnas::apps {

std::vector<ReproducedModel> reproduced_models(const nn::Registry& registry, const std::vector<std::string>& models) {
  std::vector<ReproducedModel> found;
  std::map<std::string, std::string> asked;  // by what makes a model the same: its name, or its file's bytes
  for (const auto& model : models) {
    nn::find_model(registry, model);
    const bool named = registry.find(model) != nullptr;
    const std::string identity = named ? model : sha256_file(model);
    if (const auto [first, added] = asked.emplace(identity, model); !added) {
      throw ConfigError(
          first->second == model
              ? fmt::format("--models: '{}' is there twice; name each model once", model)
              : fmt::format("--models: '{}' and '{}' are the same file; name each model once", first->second, model));
    }
    const std::string stem = std::filesystem::path(model).stem().string();
    found.push_back({model, named ? model : fmt::format("{}-{:.8}", stem, identity)});
  }
  return found;
}

}  // namespace flnas::apps
