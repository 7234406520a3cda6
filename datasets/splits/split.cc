#include "datasets/splits/split.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "datasets/splits/crossfit.h"
#include "datasets/tabular/check.h"
#include "harness/base/error.h"
#include "harness/base/names.h"
#include "harness/base/random.h"

namespace flnas {
namespace {

using Rows = RowIndices;

constexpr double kRatios[] = {0.7, 0.2, 0.1};
constexpr double kInferredTrain = 0.7;

// Streams of random numbers under one seed.
enum Stream : std::uint64_t { kSelect = 1, kDivide = 2 };

Rows all_rows(const Table& table) {
  Rows rows(table.rows.size());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  // By id, so that the order of the file does not matter.
  std::sort(rows.begin(), rows.end(), [&](auto a, auto b) { return table.rows[a].image < table.rows[b].image; });
  return rows;
}

/// How many to take of each cell: equal shares, and what a small cell lacks is spread over the others.
std::vector<std::size_t> fill_evenly(const std::vector<std::size_t>& sizes, std::size_t wanted) {
  std::vector<std::size_t> order(sizes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return sizes[a] < sizes[b]; });
  std::vector<std::size_t> taken(sizes.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    taken[order[i]] = std::min(sizes[order[i]], wanted / (order.size() - i));
    wanted -= taken[order[i]];
  }
  return taken;
}

std::string cell_name(const Adapter& adapter, const std::vector<int>& groups) {
  std::vector<std::string> names;
  for (std::size_t a = 0; a < groups.size(); ++a) {
    names.push_back(adapter.attributes[a].groups[static_cast<std::size_t>(groups[a])].name);
  }
  return fmt::format("{}", fmt::join(names, " x "));
}

Rows select_balanced(const Table& table, std::size_t wanted, Random& random, std::vector<std::string>& notes) {
  std::map<std::vector<int>, Rows> cells;
  Rows unknown;
  for (const std::size_t row : all_rows(table)) {
    const auto& groups = table.rows[row].groups;
    const bool known = std::find(groups.begin(), groups.end(), -1) == groups.end();
    (known ? cells[groups] : unknown).push_back(row);
  }
  std::vector<std::size_t> sizes;
  for (const auto& [groups, rows] : cells) sizes.push_back(rows.size());
  const auto taken = fill_evenly(sizes, wanted);
  const std::size_t share = cells.empty() ? 0 : wanted / cells.size();
  Rows selected;
  std::size_t cell = 0;
  for (auto& [groups, rows] : cells) {
    random.shuffle(rows);
    selected.insert(selected.end(), rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(taken[cell++]));
    if (wanted == table.rows.size() || rows.size() >= share) continue;
    notes.push_back(fmt::format("{} has {} {}s, fewer than the share of {}: all are taken and the rest is spread",
                                cell_name(table.adapter, groups), rows.size(), table.adapter.example, share));
  }
  random.shuffle(unknown);
  const std::size_t rest = std::min(unknown.size(), wanted - selected.size());
  selected.insert(selected.end(), unknown.begin(), unknown.begin() + static_cast<std::ptrdiff_t>(rest));
  return selected;
}

Rows select(const Table& table, const SplitConfig& config, std::size_t wanted, std::vector<std::string>& notes) {
  Random random(mix_seed(config.seed, kSelect));
  if (config.protocol != "inferred") return select_balanced(table, wanted, random, notes);
  Rows rows = all_rows(table);
  random.shuffle(rows);
  rows.resize(wanted);
  return rows;
}

void divide_by_lesion(const Table& table, const Rows& selected, Random& random, Rows (&subsets)[3]) {
  const auto parts = divide_units(units_of(table, selected), {std::begin(kRatios), std::end(kRatios)}, random);
  for (std::size_t i = 0; i < 3; ++i) subsets[i] = rows_of(parts[i]);
}

void divide_by_image(const SplitConfig& config, Rows rows, Random& random, Rows (&subsets)[3]) {
  random.shuffle(rows);
  const bool inferred = config.protocol == "inferred";
  const auto count = static_cast<double>(rows.size());
  const auto train = std::lround((inferred ? kInferredTrain : kRatios[0]) * count);
  const auto validation = inferred ? std::lround(count) - train : std::lround(kRatios[1] * count);
  subsets[0].assign(rows.begin(), rows.begin() + train);
  subsets[1].assign(rows.begin() + train, rows.begin() + train + validation);
  if (inferred)
    subsets[2] = subsets[1];
  else
    subsets[2].assign(rows.begin() + train + validation, rows.end());
}

/// A group that no selected image belongs to is an error.
void check_groups(const Table& table, const Rows& selected) {
  for (std::size_t a = 0; a < table.adapter.attributes.size(); ++a) {
    const Attribute& attribute = table.adapter.attributes[a];
    for (std::size_t g = 0; g < attribute.groups.size(); ++g) {
      const auto belongs = [&](auto row) { return table.rows[row].groups[a] == static_cast<int>(g); };
      if (std::any_of(selected.begin(), selected.end(), belongs)) continue;
      throw DataError(
          fmt::format("{0}: no {3} of the group '{1}' ({2}), so its fairness cannot be measured; add such "
                      "{3}s, select more, or drop the group from the adapter",
                      table.folder.string(), attribute.groups[g].name, attribute.name, table.adapter.example));
    }
  }
}

/// Notes on the classes and groups that a subset lacks. `fold`: what the notes begin with, such as "fold 2: ".
void note_absent(const Table& table, const Subsets& subsets, const std::string& fold, std::vector<std::string>& notes) {
  const std::pair<const char*, Rows> parts[] = {{"train", table.find(subsets.train)},
                                                {"validation", table.find(subsets.validation)},
                                                {"test", table.find(subsets.test)}};
  const auto note = [&](auto&& belongs, const std::string& what) {
    for (const auto& [name, rows] : parts) {
      if (std::any_of(rows.begin(), rows.end(), [&](auto row) { return belongs(table.rows[row]); })) continue;
      notes.push_back(fmt::format("{}{} has no {} of {}", fold, name, table.adapter.example, what));
    }
  };
  for (std::size_t label = 0; label < table.adapter.classes.size(); ++label) {
    note([&](const Row& row) { return row.label == static_cast<int>(label); }, "class " + table.adapter.classes[label]);
  }
  for (std::size_t a = 0; a < table.adapter.attributes.size(); ++a) {
    const Attribute& attribute = table.adapter.attributes[a];
    for (std::size_t g = 0; g < attribute.groups.size(); ++g) {
      note([&](const Row& row) { return row.groups[a] == static_cast<int>(g); },
           fmt::format("group {} ({})", attribute.groups[g].name, attribute.name));
    }
  }
}

/// The first fold, subset and class of the task without an image, for people; empty where there is none.
std::string absent_class(const Split& split, const Table& table, const Task& task) {
  for (std::size_t fold = 0; fold < split.folds.size(); ++fold) {
    for (const auto& [name, images] :
         {std::pair{"train", &split.folds[fold].train}, {"test", &split.folds[fold].test}}) {
      std::vector<bool> has(task.classes.size(), false);
      for (const std::size_t row : table.find(*images)) {
        has[static_cast<std::size_t>(task.class_of[static_cast<std::size_t>(table.rows[row].label)])] = true;
      }
      const auto absent = std::find(has.begin(), has.end(), false) - has.begin();
      if (static_cast<std::size_t>(absent) == has.size()) continue;
      return fmt::format("fold {} of {} has no {} of class {} (task {}) in its {} part", fold + 1, split.folds.size(),
                         table.adapter.example, task.classes[static_cast<std::size_t>(absent)], task.name, name);
    }
  }
  return {};
}

constexpr char kFewerFolds[] = "take fewer --folds, more --images, or a task without that class";

void cross_fit(const Table& table, const Rows& selected, const SplitConfig& config, const FindAlike& find_alike,
               Split& split) {
  const bool looks = find_alike && !table.adapter.is_table() &&
                     std::filesystem::is_directory(table.folder / table.adapter.image_folder);
  const RowPairs joined = looks ? find_alike(table, selected) : RowPairs{};
  for (const auto& [a, b] : joined) split.joined.emplace_back(table.rows[a].image, table.rows[b].image);
  split.folds = crossfit_folds(table, selected, config, joined);
  for (auto& note : notes_on_units(table, selected, joined, looks)) split.notes.push_back(std::move(note));
  for (std::size_t fold = 0; fold < split.folds.size(); ++fold) {
    note_absent(table, split.folds[fold], fmt::format("fold {}: ", fold + 1), split.notes);
  }
  std::string absent;
  for (const Task& task : table.adapter.tasks) {
    absent = absent_class(split, table, task);
    if (absent.empty()) return;
  }
  if (!absent.empty()) throw DataError(fmt::format("{}: {}; {}", table.folder.string(), absent, kFewerFolds));
}

std::vector<std::string> ids(const Table& table, const Rows& rows) {
  std::vector<std::string> images;
  for (const std::size_t row : rows) images.push_back(table.rows[row].image);
  std::sort(images.begin(), images.end());
  return images;
}

}  // namespace

const std::vector<std::string>& Split::subset(std::string_view name) const {
  const std::vector<std::string>* const subsets[] = {&train, &validation, &test};
  return *subsets[find_name("subset", name, {"train", "validation", "test"})];
}

std::vector<std::string> Split::images() const {
  std::vector<std::string> all = train;
  all.insert(all.end(), validation.begin(), validation.end());
  all.insert(all.end(), test.begin(), test.end());
  for (const Subsets& fold_subsets : folds) all.insert(all.end(), fold_subsets.test.begin(), fold_subsets.test.end());
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

Split make_split(const Table& table, const SplitConfig& config, const FindAlike& find_alike) {
  find_name("protocol", config.protocol, {"clean", kCrossfit, "stated", "inferred"});
  number_of_folds(config);
  if (config.images < 0)
    throw ConfigError(fmt::format("--images {}: expected a number from 1, or 0 for all", config.images));
  Split split{.adapter = table.adapter.name,
              .data_name = table.name,
              .fingerprint = table.fingerprint,
              .protocol = config.protocol,
              .unit = config.protocol == "clean" || config.protocol == kCrossfit ? "lesion" : "image",
              .seed = config.seed,
              .requested = config.images,
              .notes = {},
              .train = {},
              .validation = {},
              .test = {},
              .folds = {},
              .joined = {}};
  const auto requested = static_cast<std::size_t>(config.images);
  const std::size_t wanted = requested == 0 ? table.rows.size() : std::min(requested, table.rows.size());
  if (wanted < requested) {
    split.notes.push_back(fmt::format("{} {}s were asked for and the data has {}: all are taken", requested,
                                      table.adapter.example, wanted));
  }
  for (auto& problem : feature_problems(table)) split.notes.push_back(std::move(problem));
  Rows selected = select(table, config, wanted, split.notes);
  std::sort(selected.begin(), selected.end(),
            [&](auto a, auto b) { return table.rows[a].image < table.rows[b].image; });
  if (std::filesystem::is_directory(table.folder / table.adapter.image_folder)) require_images(table, selected);

  if (config.protocol == kCrossfit) {
    check_groups(table, selected);
    cross_fit(table, selected, config, find_alike, split);
    return split;
  }
  Rows parts[3];
  Random random(mix_seed(config.seed, kDivide));
  if (config.protocol == "clean")
    divide_by_lesion(table, selected, random, parts);
  else
    divide_by_image(config, selected, random, parts);
  if (std::any_of(std::begin(parts), std::end(parts), [](const Rows& rows) { return rows.empty(); })) {
    throw DataError(fmt::format("{}: {} {}s are too few for three subsets; give at least 30", table.folder.string(),
                                selected.size(), table.adapter.example));
  }
  check_groups(table, selected);
  split.train = ids(table, parts[0]);
  split.validation = ids(table, parts[1]);
  split.test = ids(table, parts[2]);
  note_absent(table, {split.train, split.validation, split.test}, "", split.notes);
  return split;
}

void require_classes(const Split& split, const Table& table, const Task& task) {
  const std::string absent = absent_class(split, table, task);
  if (!absent.empty()) throw DataError(fmt::format("{}: {}; {}", table.folder.string(), absent, kFewerFolds));
}

}  // namespace flnas
