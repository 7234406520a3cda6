#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "harness/nn/registry.h"
#include "harness/proxies/proxies.h"
#include "searches/core/search_space.h"
#include "searches/problem/request.h"

namespace flnas::searches {

/// A space whose members can be built as networks: what a search by proxies needs of it.
struct NetworkSpace {
  std::shared_ptr<const SearchSpace> space;
  nn::ModelOptions options;                          ///< classes and image size of its networks
  std::function<nn::ModelEntry(Candidate)> network;  ///< with random weights when it is made; keeps the space
  Json settings = Json::object();                    ///< what, with `options`, the space is made from again
  std::string target = kNoTarget;                    ///< of latencies, where none is asked for
  std::map<std::string, double> accuracies = {};     ///< known from elsewhere, by text; shown and not searched by
  std::string accuracies_from = {};                  ///< "a table: own.csv"
  /// What proxies see: so many images, drawn by a seed. Empty: noise.
  std::function<proxies::ProxyBatch(std::int64_t images, std::uint64_t seed)> images = {};
  /// Writes a member as a file that `flnas train` takes. Empty: there is none.
  std::function<void(const std::filesystem::path& file, const std::string& title, const Json& design)> write = {};
};

}  // namespace flnas::searches
