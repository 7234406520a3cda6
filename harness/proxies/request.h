#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "harness/base/fields.h"
#include "harness/nn/registry.h"
#include "harness/proxies/proxies.h"

namespace flnas::proxies {

/// The request of `flnas proxies`.
struct ProxiesRequest {
  static constexpr char kCommand[] = "flnas proxies";
  std::vector<std::string> models;
  std::string cells;                 ///< in the models' place: "0,117", architecture strings or "random:200"
  std::string data_set = "cifar10";  ///< geometry of cells
  nn::ModelOptions options{.classes = 2, .size = 32};
  std::vector<std::string> proxies = proxy_names();
  std::string images = "noise";  ///< or a folder of images that an adapter describes
  std::int64_t batch = 64;
  std::uint64_t seed = 1;             ///< draws cells, weights and images
  int threads = 0;                    ///< 0: one per core
  std::filesystem::path tables, out;  ///< published values; CSV to be written

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("model", self.models, "names (flnas models), architecture .json or nn.Sequential .py files, or cell:INDEX",
          {.value = "MODEL", .positional = true});
    visit("cells", self.cells,
          "cells of NAS-Bench-201 instead: indices 0,117,..., architecture strings, or random:N without unreachable "
          "operations",
          {.value = "CELLS"});
    visit("dataset", self.data_set, "geometry of the cells", {.value = "cifar10|cifar100|ImageNet16-120"});
    visit("tables", self.tables, "folder with the published values, zc13_DATASET.csv: compare", {.value = "DIR"});
    visit("classes", self.options.classes, "outputs of models", {.value = "N"});
    visit("size", self.options.size, "models see 3 x SIZE x SIZE images", {.value = "PIXELS"});
    visit("proxies", self.proxies, "only these", {.value = "A,B"});
    visit("images", self.images, "what the networks see: noise, or a folder of images", {.value = "noise|DIR"});
    visit("batch", self.batch, "images", {.value = "N"});
    visit("seed", self.seed, "draws cells, weights and images", {.value = "N"});
    visit("threads", self.threads, "CPU threads; 0: one per core", {.value = "N"});
    visit("out", self.out, "CSV to write, one row per network", {.value = "FILE"});
  }
};

}  // namespace flnas::proxies
