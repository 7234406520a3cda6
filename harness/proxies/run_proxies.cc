#include "harness/proxies/run_proxies.h"

#include <ATen/Parallel.h>
#include <fmt/format.h>
#include <torch/utils.h>

#include <chrono>
#include <filesystem>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/progress.h"
#include "harness/latency/calibration/hw_nas_bench_table.h"
#include "harness/nn/classifier.h"

namespace flnas::proxies {
namespace {

MeasuredProxies measure(const ProxyCandidate& candidate, const nn::ModelOptions& options, const ProxyBatch& batch,
                        const ProxiesRequest& request) {
  torch::manual_seed(candidate.seed);
  const auto model = candidate.entry.make(options);
  const auto start = std::chrono::steady_clock::now();
  MeasuredProxies measured;
  measured.values = compute_proxies(*model, batch, request.proxies, candidate.seed);
  measured.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return measured;
}

/// Agreement with the tables, beside how far the published values of another data set agree with them.
std::vector<ProxyAgreement> agreement(const ProxiesRequest& request, const ProxyResults& results) {
  PublishedProxies ours, other;
  for (std::size_t i = 0; i < results.candidates.size(); ++i) {
    for (const auto& [name, value] : results.measured[i].values) ours[name][*results.candidates[i].cell] = value;
  }
  const std::string second = request.data_set == "cifar10" ? "ImageNet16-120" : "cifar10";
  if (std::filesystem::exists(request.tables / ("zc13_" + second + ".csv"))) {
    other = read_published(request.tables, second);
  }
  return compare_published(ours, read_published(request.tables, request.data_set), other);
}

void require_valid_request(const ProxiesRequest& request) {
  if (request.models.empty() == request.cells.empty()) throw ConfigError("give either models or --cells");
  if (!request.tables.empty() && request.cells.empty()) {
    throw ConfigError("--tables holds values of NAS-Bench-201's cells: give --cells, too");
  }
  if (request.batch < 2 || request.batch > 4096) throw ConfigError("--batch must be 2 to 4096");
  if (request.threads < 0 || request.threads > 1024) throw ConfigError("--threads must be 0 to 1024");
  for (const auto& name : request.proxies) find_name("proxy", name, proxy_names());
}

}  // namespace

ProxyResults run_proxies(const ProxiesRequest& request, const nn::Registry& registry) {
  require_valid_request(request);
  if (request.threads > 0) at::set_num_threads(request.threads);
  ProxyResults results{.options = request.options};
  if (!request.cells.empty()) {
    const CellDataSet& set = cell_data_set(request.data_set);
    results.options = {.classes = set.classes, .size = set.size};
  }
  results.candidates = proxy_candidates(request, registry);
  const ProxyBatch batch = proxy_batch(request, results.options);
  {
    Progress progress("proxies", static_cast<std::int64_t>(results.candidates.size()));
    for (const auto& candidate : results.candidates) {
      progress.update(static_cast<std::int64_t>(results.measured.size()), candidate.entry.name);
      results.measured.push_back(measure(candidate, results.options, batch, request));
    }
  }
  if (!request.tables.empty()) results.agreements = agreement(request, results);
  if (!request.out.empty()) write_file(request.out, proxies_csv(results));
  return results;
}

}  // namespace flnas::proxies
