#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "harness/nn/registry.h"
#include "harness/proxies/proxies.h"

namespace flnas::proxies {

/// What `flnas proxies` was asked for.
struct ProxiesRequest {
  std::vector<std::string> models;
  std::string cells;                 ///< in the models' place: "0,117", architecture strings or "random:200"
  std::string data_set = "cifar10";  ///< geometry of cells
  nn::ModelOptions options{.classes = 2, .size = 32};
  std::vector<std::string> proxies = proxy_names();
  std::string images = "noise";  ///< or a folder in ISIC 2019 layout
  std::int64_t batch = 64;
  std::uint64_t seed = 1;             ///< draws cells, weights and images
  int threads = 0;                    ///< 0: one per core
  std::filesystem::path tables, out;  ///< published values; CSV to be written
  bool json = false;
};

}  // namespace flnas::proxies
