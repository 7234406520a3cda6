#pragma once

#include "harness/proxies/results.h"

namespace flnas::proxies {

/// Measures the proxies of every network asked for, with progress on stderr, compares them with the published values
/// where there are tables, and writes the CSV where it is asked for.
/// Throws ConfigError for settings and names, DataError for images and tables.
ProxyResults run_proxies(const ProxiesRequest& request, const nn::Registry& registry);

}  // namespace flnas::proxies
