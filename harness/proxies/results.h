#pragma once

#include <map>
#include <string>
#include <vector>

#include "harness/base/json.h"
#include "harness/base/text_table.h"
#include "harness/proxies/inputs.h"
#include "harness/proxies/published.h"

namespace flnas::proxies {

struct MeasuredProxies {
  std::map<std::string, double> values;
  double seconds = 0;
};

/// The results: a measurement for each network, and the agreement with published tables if there are any.
struct ProxyResults {
  nn::ModelOptions options;  ///< of the networks
  std::vector<ProxyCandidate> candidates;
  std::vector<MeasuredProxies> measured;
  std::vector<ProxyAgreement> agreements;
};

/// One row per network: model, index of a cell, proxies, seconds. A value that is not finite is blank.
std::string proxies_csv(const ProxyResults& results);
Json proxies_json(const ProxyResults& results, const ProxiesRequest& request);
/// A row per proxy in tables of at most 80 columns; of a whole form, a row per network.
std::string proxies_text(const ProxyResults& results, const TableForm& form);

}  // namespace flnas::proxies
