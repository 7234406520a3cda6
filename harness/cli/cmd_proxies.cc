#include <ATen/Parallel.h>
#include <fmt/format.h>
#include <torch/utils.h>

#include <chrono>
#include <filesystem>
#include <memory>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/names.h"
#include "harness/base/progress.h"
#include "harness/cli/commands.h"
#include "harness/cli/model_registry.h"
#include "harness/latency/calibration/hw_nas_bench_table.h"
#include "harness/nn/classifier.h"
#include "harness/proxies/inputs.h"
#include "harness/proxies/proxies.h"
#include "harness/proxies/results.h"

namespace flnas::cli {
namespace {

using namespace proxies;

MeasuredProxies measure(const ProxyCandidate& candidate, const nn::ModelOptions& options,
                        const proxies::ProxyBatch& batch, const ProxiesRequest& request) {
  torch::manual_seed(candidate.seed);
  const auto model = candidate.entry.make(options);
  const auto start = std::chrono::steady_clock::now();
  MeasuredProxies measured;
  measured.values = proxies::compute_proxies(*model, batch, request.proxies, candidate.seed);
  measured.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return measured;
}

/// Agreement with the tables, beside how far the published values of another data set agree with them.
std::vector<proxies::ProxyAgreement> agreement(const ProxiesRequest& request, const ProxyResults& results) {
  proxies::PublishedProxies ours, other;
  for (std::size_t i = 0; i < results.candidates.size(); ++i) {
    for (const auto& [name, value] : results.measured[i].values) ours[name][*results.candidates[i].cell] = value;
  }
  const std::string second = request.data_set == "cifar10" ? "ImageNet16-120" : "cifar10";
  if (std::filesystem::exists(request.tables / ("zc13_" + second + ".csv"))) {
    other = proxies::read_published(request.tables, second);
  }
  return proxies::compare_published(ours, proxies::read_published(request.tables, request.data_set), other);
}

void require_valid_request(const ProxiesRequest& request) {
  if (request.models.empty() == request.cells.empty()) throw ConfigError("give either models or --cells");
  if (!request.tables.empty() && request.cells.empty()) {
    throw ConfigError("--tables holds values of NAS-Bench-201's cells: give --cells, too");
  }
  if (request.batch < 2 || request.batch > 4096) throw ConfigError("--batch must be 2 to 4096");
  if (request.threads < 0 || request.threads > 1024) throw ConfigError("--threads must be 0 to 1024");
  for (const auto& name : request.proxies) find_name("proxy", name, proxies::proxy_names());
}

void run(const ProxiesRequest& request) {
  require_valid_request(request);
  if (request.threads > 0) at::set_num_threads(request.threads);
  nn::ModelOptions options = request.options;
  if (!request.cells.empty()) {
    const CellDataSet& set = cell_data_set(request.data_set);
    options = {.classes = set.classes, .size = set.size};
  }
  ProxyResults results;
  results.candidates = proxy_candidates(request, named_models());
  const proxies::ProxyBatch batch = proxy_batch(request, options);
  {
    Progress progress("proxies", static_cast<std::int64_t>(results.candidates.size()));
    for (const auto& candidate : results.candidates) {
      progress.update(static_cast<std::int64_t>(results.measured.size()), candidate.entry.name);
      results.measured.push_back(measure(candidate, options, batch, request));
    }
  }
  if (!request.tables.empty()) results.agreements = agreement(request, results);
  if (!request.out.empty()) write_file(request.out, proxies_csv(results));
  fmt::print("{}", request.json ? proxies_json(results, request, options).dump(2) + "\n" : proxies_text(results));
}

}  // namespace

void add_proxies(CLI::App& app, int&) {
  auto* command =
      app.add_subcommand("proxies", "zero-cost proxies of networks with random weights, before any training");
  auto request = std::make_shared<proxies::ProxiesRequest>();
  command->add_option("MODEL", request->models, "zoo names, architecture .json files, or cell:INDEX");
  command->add_option("--cells", request->cells,
                      "cells of NAS-Bench-201 instead: indices 0,117,..., architecture strings, or random:N without "
                      "unreachable operations");
  command->add_option("--dataset", request->data_set, "geometry of the cells: cifar10, cifar100 or ImageNet16-120")
      ->capture_default_str();
  command->add_option("--tables", request->tables, "folder with the published values, zc13_DATASET.csv: compare");
  command->add_option("--classes", request->options.classes, "outputs of models")->capture_default_str();
  command->add_option("--size", request->options.size, "models see 3 x SIZE x SIZE images")->capture_default_str();
  command->add_option("--proxies", request->proxies, "only these: A,B,...")->delimiter(',');
  command->add_option("--images", request->images, "noise, or a folder in ISIC 2019 layout")->capture_default_str();
  command->add_option("--batch", request->batch, "images")->capture_default_str();
  command->add_option("--seed", request->seed, "draws cells, weights and images")->capture_default_str();
  command->add_option("--threads", request->threads, "CPU threads; 0: one per core")->capture_default_str();
  command->add_option("--out", request->out, "CSV, one row per network");
  command->add_flag("--json", request->json, "print JSON");
  command->callback([request] { run(*request); });
}

}  // namespace flnas::cli
