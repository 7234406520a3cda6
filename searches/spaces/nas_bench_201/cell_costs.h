#pragma once

#include <string>
#include <vector>

#include "datasets/nas/nas_table.h"
#include "harness/nn/registry.h"

namespace flnas::searches {

/// Adds params_M and flops_M to the proxies of the whole space where the table has none of that name, as a folder that
/// was converted from the official files has: by nn::cell_cost, for the cells of the table. Networks are taken at the
/// data set's own classes and size (cifar10, cifar100, ImageNet16-120), and at cifar10's for any other one, whose cells
/// come in the same order then. Returns the names that were added.
std::vector<std::string> add_cell_costs(NasSearchView& view);

/// Classes and image size of a data set's networks, as above.
nn::ModelOptions geometry_of(const std::string& dataset);

}  // namespace flnas::searches
