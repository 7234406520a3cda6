#include "harness/study/models.h"

#include <fmt/format.h>

#include <filesystem>
#include <map>

#include "harness/base/error.h"
#include "harness/base/hash.h"
#include "harness/nn/models/model.h"

namespace flnas::study {

std::vector<ReproducedModel> reproduced_models(const nn::Registry& registry, const std::vector<std::string>& models) {
  std::vector<ReproducedModel> found;
  std::map<std::string, std::string> asked;  // by what makes a model the same: its name, or its file's bytes
  for (const auto& model : models) {
    const std::string own_name = nn::find_model(registry, model).name;
    const bool is_file = registry.find(model) == nullptr && std::filesystem::is_regular_file(model);
    const std::string identity = is_file ? sha256_file(model) : own_name;
    if (const auto [first, added] = asked.emplace(identity, model); !added) {
      throw ConfigError(
          first->second == model
              ? fmt::format("--models: '{}' is there twice; name each model once", model)
              : fmt::format("--models: '{}' and '{}' are the same model; name each once", first->second, model));
    }
    const std::string stem = std::filesystem::path(model).stem().string();
    found.push_back({model, is_file ? fmt::format("{}-{:.8}", stem, identity) : own_name});
  }
  return found;
}

}  // namespace flnas::study
