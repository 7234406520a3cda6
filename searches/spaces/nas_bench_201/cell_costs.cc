#include "searches/spaces/nas_bench_201/cell_costs.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "harness/nn/nas_bench_201/nas_bench_201.h"

namespace flnas::searches {

nn::ModelOptions geometry_of(const std::string& dataset) {
  if (dataset == "cifar100") return {.classes = 100, .size = 32};
  if (dataset == "ImageNet16-120") return {.classes = 120, .size = 16};
  return {.classes = 10, .size = 32};
}

std::vector<std::string> add_cell_costs(NasSearchView& view) {
  std::vector<std::string> added;
  const nn::ModelOptions geometry = geometry_of(view.dataset());
  const auto add = [&](const char* name, double nn::CellCost::*figure) {
    const auto& names = view.zc_full().names;
    if (std::find(names.begin(), names.end(), name) != names.end()) return;
    std::vector<double> values(kNasCells, std::numeric_limits<double>::quiet_NaN());
    for (std::size_t index = 0; index < kNasCells; ++index) {
      if (!std::isnan(view.validation()[index])) values[index] = nn::cell_cost(nn::cell_at(index), geometry).*figure;
    }
    view.add_zc_full(name, std::move(values));
    added.emplace_back(name);
  };
  add("params_M", &nn::CellCost::parameters_m);
  add("flops_M", &nn::CellCost::flops_m);
  return added;
}

}  // namespace flnas::searches
