#include "datasets/split.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <numeric>

#include "harness/base/error.h"
#include "harness/base/names.h"
#include "harness/base/random.h"

namespace flnas {
namespace {

using Rows = std::vector<std::size_t>;

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
    notes.push_back(fmt::format("{} has {} images, fewer than the share of {}: all are taken and the rest is spread",
                                cell_name(table.adapter, groups), rows.size(), share));
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

struct Unit {
  std::vector<int> stratum;  ///< class, then the group of each attribute
  Rows rows;
  /// 0 for 1 image, 1 for 2, 2 for 3 and 4, 3 for 5 to 8, ...
  int magnitude() const { return static_cast<int>(std::bit_width(rows.size() - 1)); }
};

/// Lesions from those with many images to those with one, within that by class, then groups, shuffled within each
/// such stratum. Each goes to the subset that lags its ratio the most, counted in images; so every contiguous part,
/// hence every class and group, is close to the ratios, and no subset gets more than its share of large lesions.
void divide_by_lesion(const Table& table, const Rows& selected, Random& random, Rows (&subsets)[3]) {
  std::map<std::string, Unit> by_name;
  for (const std::size_t row : selected) {
    Unit& unit = by_name[table.rows[row].unit()];
    if (unit.rows.empty()) {
      unit.stratum = {table.rows[row].label};
      unit.stratum.insert(unit.stratum.end(), table.rows[row].groups.begin(), table.rows[row].groups.end());
    }
    unit.rows.push_back(row);
  }
  std::vector<Unit> units;
  for (auto& [name, unit] : by_name) units.push_back(std::move(unit));
  random.shuffle(units);
  std::stable_sort(units.begin(), units.end(), [](const Unit& a, const Unit& b) {
    const int order = a.magnitude() - b.magnitude();
    return order != 0 ? order > 0 : a.stratum < b.stratum;
  });
  double seen = 0;
  for (const Unit& unit : units) {
    seen += static_cast<double>(unit.rows.size());
    std::size_t target = 0;
    double most = -INFINITY;
    for (std::size_t i = 0; i < 3; ++i) {
      const double lag = kRatios[i] * seen - static_cast<double>(subsets[i].size());
      if (lag > most) target = i;
      most = std::max(most, lag);
    }
    subsets[target].insert(subsets[target].end(), unit.rows.begin(), unit.rows.end());
  }
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

/// Notes on what a subset lacks; a group that no image at all belongs to is an error.
void check_groups(const Table& table, const Rows& selected, const Rows (&subsets)[3], std::vector<std::string>& notes) {
  constexpr const char* kNames[] = {"train", "validation", "test"};
  const auto has_class = [&](const Rows& rows, int label) {
    return std::any_of(rows.begin(), rows.end(), [&](auto row) { return table.rows[row].label == label; });
  };
  for (std::size_t label = 0; label < table.adapter.classes.size(); ++label) {
    for (std::size_t i = 0; i < 3; ++i) {
      if (has_class(subsets[i], static_cast<int>(label))) continue;
      notes.push_back(fmt::format("{} has no image of class {}", kNames[i], table.adapter.classes[label]));
    }
  }
  for (std::size_t a = 0; a < table.adapter.attributes.size(); ++a) {
    const Attribute& attribute = table.adapter.attributes[a];
    const auto has_group = [&](const Rows& rows, int group) {
      return std::any_of(rows.begin(), rows.end(), [&](auto row) { return table.rows[row].groups[a] == group; });
    };
    for (std::size_t g = 0; g < attribute.groups.size(); ++g) {
      const auto group = static_cast<int>(g);
      if (!has_group(selected, group)) {
        throw DataError(
            fmt::format("{}: no image of the group '{}' ({}), so its fairness cannot be measured; add such "
                        "images, select more, or drop the group from the adapter",
                        table.folder.string(), attribute.groups[g].name, attribute.name));
      }
      for (std::size_t i = 0; i < 3; ++i) {
        if (has_group(subsets[i], group)) continue;
        notes.push_back(
            fmt::format("{} has no image of group {} ({})", kNames[i], attribute.groups[g].name, attribute.name));
      }
    }
  }
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
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

Split make_split(const Table& table, const SplitConfig& config) {
  find_name("protocol", config.protocol, {"clean", "stated", "inferred"});
  if (config.images < 0)
    throw ConfigError(fmt::format("--images {}: expected a number from 1, or 0 for all", config.images));
  Split split{.adapter = table.adapter.name,
              .data_name = table.name,
              .fingerprint = table.fingerprint,
              .protocol = config.protocol,
              .unit = config.protocol == "clean" ? "lesion" : "image",
              .seed = config.seed,
              .requested = config.images,
              .notes = {},
              .train = {},
              .validation = {},
              .test = {}};
  const auto requested = static_cast<std::size_t>(config.images);
  const std::size_t wanted = requested == 0 ? table.rows.size() : std::min(requested, table.rows.size());
  if (wanted < requested) {
    split.notes.push_back(
        fmt::format("{} images were asked for and the data has {}: all are taken", requested, wanted));
  }
  Rows selected = select(table, config, wanted, split.notes);
  std::sort(selected.begin(), selected.end(),
            [&](auto a, auto b) { return table.rows[a].image < table.rows[b].image; });
  if (std::filesystem::is_directory(table.folder / table.adapter.image_folder)) require_images(table, selected);

  Rows subsets[3];
  Random random(mix_seed(config.seed, kDivide));
  if (config.protocol == "clean")
    divide_by_lesion(table, selected, random, subsets);
  else
    divide_by_image(config, selected, random, subsets);
  if (std::any_of(std::begin(subsets), std::end(subsets), [](const Rows& rows) { return rows.empty(); })) {
    throw DataError(fmt::format("{}: {} images are too few for three subsets; give at least 30", table.folder.string(),
                                selected.size()));
  }
  check_groups(table, selected, subsets, split.notes);
  split.train = ids(table, subsets[0]);
  split.validation = ids(table, subsets[1]);
  split.test = ids(table, subsets[2]);
  return split;
}

}  // namespace flnas
