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

/// The models of `--models`. One that is known by name keeps it; one from a file is called by the file's stem
/// and the first 8 digits of its SHA-256 ("best-1a2b3c4d"): files of one name are told apart, and a file that has
/// changed is another model; tables have the file's own title, unless two have the same. "search1@reweight" is search1
/// trained with --mitigation reweight, and a row of its own under that name. Throws ConfigError for what is not a
/// model, and where two are the same.
std::vector<ReproducedModel> reproduced_models(const nn::Registry& registry, const std::vector<std::string>& models);

}  // namespace flnas::study
