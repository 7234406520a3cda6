#include "searches/session/spaces.h"

#include "harness/base/names.h"
#include "harness/nn/autoformer/autoformer.h"
#include "searches/spaces/autoformer/proxy_problem.h"
#include "searches/spaces/cnn/training_problem.h"
#include "searches/spaces/nas_bench_201/tables/table_problems.h"

namespace flnas::searches {
namespace {

std::vector<SpaceEntry> make_entries() {
  std::vector<SpaceEntry> entries = {
      {.name = kCnn,
       .holds = "small convolutional networks for images (FL-NAS)",
       .evaluator = "train",
       .needs = "--data DIR --split FILE",
       .where = "`flnas dataset split` writes the split",
       .has_needs = [](const SearchRequest& r) { return !r.data.folder.empty() && !r.data.split.empty(); },
       .budget = 10,
       .attempts = 10,
       .open = open_training},
      {.name = kNasBench201,
       .holds = "the 15,625 cells of NAS-Bench-201",
       .evaluator = "table",
       .needs = "--tables DIR",
       .where = "datasets/nas/README.md says where to get them",
       .has_needs = [](const SearchRequest& r) { return !r.tables.empty(); },
       .budget = 500,
       .open = open_tables}};
  for (const auto& space : nn::autoformer_spaces()) {
    entries.push_back({.name = space.name,
                       .holds = "vision transformers (AutoFormer)",
                       .evaluator = "proxies",
                       .open = open_proxies});
  }
  return entries;
}

}  // namespace

const std::vector<SpaceEntry>& space_entries() {
  static const std::vector<SpaceEntry> entries = make_entries();
  return entries;
}

const SpaceEntry& find_space(const std::string& name) {
  std::vector<std::string> names;
  for (const SpaceEntry& entry : space_entries()) names.push_back(entry.name);
  return space_entries()[find_name("space", name, names)];
}

}  // namespace flnas::searches
