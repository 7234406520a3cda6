#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "harness/nn/models/model.h"
#include "harness/proxies/request.h"

namespace flnas::proxies {

/// One network to compute proxies of.
struct ProxyCandidate {
  nn::ModelEntry entry;
  std::uint64_t seed = 1;           ///< of its weights
  std::optional<std::size_t> cell;  ///< index in NAS-Bench-201
};

/// The requested networks. `random:N` draws distinct cells without unreachable operations, for which values are
/// published. Throws ConfigError for unknown names, indices and architectures.
std::vector<ProxyCandidate> proxy_candidates(const ProxiesRequest& request, const nn::Registry& registry);

/// Noise, or images of the folder, drawn by the seed and normalised, with their classes. `options`: of the networks.
/// Throws DataError where there are fewer images than asked for, ConfigError where the networks have fewer classes.
ProxyBatch proxy_batch(const ProxiesRequest& request, const nn::ModelOptions& options);

}  // namespace flnas::proxies
