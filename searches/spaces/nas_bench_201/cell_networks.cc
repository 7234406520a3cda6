#include "searches/spaces/nas_bench_201/cell_networks.h"

#include <string>

#include "harness/base/error.h"
#include "harness/base/names.h"
#include "harness/nn/models/model.h"
#include "searches/proxies/proxy_problem.h"
#include "searches/spaces/nas_bench_201/cell_costs.h"
#include "searches/spaces/nas_bench_201/cell_settings.h"
#include "searches/spaces/nas_bench_201/cell_space.h"

namespace flnas::searches {
namespace {

Partition partition_of(const std::string& name) {
  find_name("--niches by proxies", name, {"convolutions", "none"});
  return name == "none" ? no_partition() : convolution_partition();
}

/// All cells whose output sees the image, with what their space refers to.
struct ConnectedCells {
  ConnectedCells(const std::string& dataset, const std::string& partition_name)
      : cells(connected_problem(dataset)), partition(partition_of(partition_name)), space(cells, partition) {}
  const CellProblem cells;
  const Partition partition;
  const CellSpace space;
};

std::shared_ptr<const SearchSpace> cell_space(const std::string& dataset, const std::string& partition) {
  const auto cells = std::make_shared<const ConnectedCells>(dataset, partition);
  return {cells, &cells->space};
}

}  // namespace

std::unique_ptr<ProblemSet> open_cell_networks(const SearchPlan& plan) {
  const auto& datasets = plan.request.own.of<CellSettings>().datasets;
  if (datasets.size() > 1) throw ConfigError("--dataset: a search by proxies takes one data set, for its geometry");
  const std::string dataset = datasets.empty() ? "cifar10" : datasets[0];
  find_name("data set", dataset, {"cifar10", "cifar100", "ImageNet16-120"});
  const std::string usual = plan.needs_niches() ? "convolutions" : "none";
  const std::string partition = plan.request.niches.empty() ? usual : plan.request.niches;
  return open_proxies(plan, {.space = cell_space(dataset, partition),
                             .options = geometry_of(dataset),
                             .network = [](Candidate candidate) { return nn::cell_entry(nn::cell_at(candidate)); },
                             .settings = {{"partition", partition}, {"dataset", dataset}}});
}

std::shared_ptr<const SearchSpace> recorded_cell_space(const Json& settings) {
  return cell_space(settings.at("dataset").get<std::string>(), settings.at("partition").get<std::string>());
}

}  // namespace flnas::searches
