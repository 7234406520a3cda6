#pragma once

#include <string>
#include <vector>

#include "harness/nn/registry.h"

namespace flnas::study {

/// A model of a reproduction.
struct ReproducedModel {
  std::string model;                ///< a name or a file
  std::string name;                 ///< of its folders and in its records
  std::string title;                ///< in tables: the file's own; blank: as `name` says
  std::string mitigation = "none";  ///< TrainConfig::mitigation
};

/// The models of `--models`. A model of the registry keeps its name; one from a file is named by the file's stem and
/// the first 8 digits of its SHA-256 ("best-1a2b3c4d"), so that files of one name differ and a changed file is another
/// model. Tables show the title in the file, unless two have the same. "search1@reweight" is search1 trained with
/// --mitigation reweight, with a row of its own under that name. Throws ConfigError for what is not a model, and if two
/// are the same.
std::vector<ReproducedModel> reproduced_models(const nn::Registry& registry, const std::vector<std::string>& models);

}  // namespace flnas::study
