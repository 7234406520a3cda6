#include "datasets/splits/crossfit.h"

#include <fmt/format.h>

#include <algorithm>

#include "datasets/adapters/adapter_files.h"
#include "harness/base/error.h"
#include "harness/base/plural.h"
#include "harness/base/random.h"

namespace flnas {
namespace {

constexpr double kValidation = 1.0 / 8;  // of what a fold does not test

// Streams of random numbers under one seed, beside those of split.cc.
constexpr std::uint64_t kDeal = 3, kValidate = 100;

std::vector<std::string> ids(const Table& table, const std::vector<LesionUnit>& units) {
  std::vector<std::string> images;
  for (const std::size_t row : rows_of(units)) images.push_back(table.rows[row].image);
  std::sort(images.begin(), images.end());
  return images;
}

}  // namespace

int number_of_folds(const SplitConfig& config) {
  if (config.protocol != kCrossfit) {
    if (config.folds == 0) return 0;
    throw ConfigError(fmt::format("--folds needs --protocol crossfit, not {}", config.protocol));
  }
  const int count = config.folds == 0 ? kFolds : config.folds;
  if (count >= 2 && count <= kMostFolds) return count;
  throw ConfigError(fmt::format("--folds {}: expected 2 to {}", count, kMostFolds));
}

std::vector<Subsets> crossfit_folds(const Table& table, const RowIndices& selected, const SplitConfig& config,
                                    const RowPairs& joined) {
  const int count = number_of_folds(config);
  Random deal(mix_seed(config.seed, kDeal));
  const std::vector<double> equal(static_cast<std::size_t>(count), 1.0 / count);
  const auto tested = divide_units(units_of(table, selected, joined), equal, deal);
  std::vector<Subsets> folds;
  for (std::size_t fold = 0; fold < tested.size(); ++fold) {
    std::vector<LesionUnit> rest;
    for (std::size_t other = 0; other < tested.size(); ++other) {
      if (other != fold) rest.insert(rest.end(), tested[other].begin(), tested[other].end());
    }
    // In an order of its own, so that the division does not depend on how the other folds were filled.
    std::sort(rest.begin(), rest.end(), [](const LesionUnit& a, const LesionUnit& b) { return a.name < b.name; });
    Random random(mix_seed(config.seed, kValidate + fold));
    const auto parts = divide_units(std::move(rest), {1 - kValidation, kValidation}, random);
    Subsets& made = folds.emplace_back(ids(table, parts[0]), ids(table, parts[1]), ids(table, tested[fold]));
    if (made.train.empty() || made.validation.empty() || made.test.empty()) {
      throw DataError(fmt::format("{}: {} {}s are too few for {} folds; take fewer folds or more {}s",
                                  table.folder.string(), selected.size(), table.adapter.example, count,
                                  table.adapter.example));
    }
  }
  return folds;
}

std::vector<std::string> notes_on_units(const Table& table, const RowIndices& selected, const RowPairs& joined,
                                        bool looked) {
  std::vector<std::string> notes;
  const std::string unit = unit_word(table.adapter);
  const auto alone =
      std::count_if(selected.begin(), selected.end(), [&](std::size_t row) { return table.rows[row].lesion.empty(); });
  const std::string& example = table.adapter.example;
  if (alone > 0 && unit != example) {
    notes.push_back(fmt::format("{} without {} id: each is a unit of its own",
                                counted(static_cast<long long>(alone), example), unit));
  }
  if (table.adapter.is_table()) return notes;
  if (!looked) {
    notes.push_back(
        fmt::format("the images are not here: nearly equal images of different {}s were not looked for", unit));
  } else if (!joined.empty()) {
    notes.push_back(fmt::format("{} of nearly equal images of different {}s: each is kept together",
                                counted(joined.size(), "pair", "pairs"), unit));
  }
  return notes;
}

}  // namespace flnas
