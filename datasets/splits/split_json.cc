#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "datasets/splits/split.h"
#include "harness/base/error.h"

namespace flnas {
namespace {

constexpr char kFormat[] = "flnas-split/1";       // three subsets
constexpr char kFoldsFormat[] = "flnas-split/2";  // crossfit: folds of a validation and a test part, the rest is train

std::vector<std::string> sorted_union(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  std::vector<std::string> all;
  std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(all));
  return all;
}

void require_apart(const std::vector<std::string>& a, const std::vector<std::string>& b, const char* names,
                   const std::string& where) {
  std::vector<std::string> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  if (both.empty()) return;
  throw DataError(fmt::format("{}: image '{}' is in two subsets ({}); make the split anew", where, both[0], names));
}

/// The images that the folds test, all together.
std::vector<std::string> tested_images(const Json& folds) {
  std::vector<std::string> all;
  for (const Json& fold : folds) {
    for (const Json& image : fold.at("test")) all.push_back(image.get<std::string>());
  }
  std::sort(all.begin(), all.end());
  return all;
}

Subsets fold_of(const Json& fold, const std::vector<std::string>& all) {
  Subsets subsets{{}, fold.at("validation"), fold.at("test")};
  const auto others = sorted_union(subsets.validation, subsets.test);
  std::set_difference(all.begin(), all.end(), others.begin(), others.end(), std::back_inserter(subsets.train));
  return subsets;
}

void check_subset(const std::vector<std::string>& images, const std::string& name, const Table& table,
                  const std::string& where) {
  if (images.empty()) throw DataError(fmt::format("{}: subset '{}' is empty; make the split anew", where, name));
  if (!std::is_sorted(images.begin(), images.end()) ||
      std::adjacent_find(images.begin(), images.end()) != images.end()) {
    throw DataError(fmt::format("{}: subset '{}' is not sorted and unique; make the split anew", where, name));
  }
  try {
    table.find(images);
  } catch (Error& error) {
    error.add_context(where);
    throw;
  }
}

/// `prefix`: "fold 2: ", or blank.
void check_subsets(const Subsets& subsets, bool same_test, const std::string& prefix, const Table& table,
                   const std::string& where) {
  check_subset(subsets.train, prefix + "train", table, where);
  check_subset(subsets.validation, prefix + "validation", table, where);
  check_subset(subsets.test, prefix + "test", table, where);
  require_apart(subsets.train, subsets.validation, "train, validation", where);
  require_apart(subsets.train, subsets.test, "train, test", where);
  if (!same_test) require_apart(subsets.validation, subsets.test, "validation, test", where);
}

void read_folds(const Json& json, Split& split) {
  const Json& folds = json.at("folds");
  const auto all = tested_images(folds);
  for (const Json& fold : folds) split.folds.push_back(fold_of(fold, all));
  json.at("joined").get_to(split.joined);
}

void check_folds(const Split& split, const Table& table, const std::string& where) {
  if (split.folds.size() < 2) throw DataError(fmt::format("{}: fewer than two folds; make the split anew", where));
  for (std::size_t i = 0; i < split.folds.size(); ++i) {
    check_subsets(split.folds[i], false, fmt::format("fold {}: ", i + 1), table, where);
    for (std::size_t j = 0; j < i; ++j) {
      const auto names = fmt::format("test of fold {}, test of fold {}", j + 1, i + 1);
      require_apart(split.folds[j].test, split.folds[i].test, names.c_str(), where);
    }
  }
}

void choose_fold(Split& split, int fold, const std::string& where) {
  if (split.folds.empty() && fold != 0) {
    throw ConfigError(
        fmt::format("--fold {}: {} is a split by protocol {}, which has no folds; leave --fold out, or "
                    "make the split with --protocol crossfit",
                    fold, where, split.protocol));
  }
  if (fold == 0) return;
  if (fold < 0 || static_cast<std::size_t>(fold) > split.folds.size()) {
    throw ConfigError(fmt::format("--fold {}: {} has folds 1 to {}", fold, where, split.folds.size()));
  }
  const Subsets& chosen = split.folds[static_cast<std::size_t>(fold) - 1];
  split.fold = fold;
  split.train = chosen.train, split.validation = chosen.validation, split.test = chosen.test;
}

}  // namespace

Json split_to_json(const Split& split) {
  Json json{{"format", split.folds.empty() ? kFormat : kFoldsFormat},
            {"adapter", split.adapter},
            {"data", {{"name", split.data_name}, {"fingerprint", split.fingerprint}}},
            {"protocol", split.protocol},
            {"unit", split.unit},
            {"seed", split.seed},
            {"requested_images", split.requested},
            {"notes", split.notes}};
  if (split.folds.empty()) {
    json["subsets"] = {{"train", split.train}, {"validation", split.validation}, {"test", split.test}};
    return json;
  }
  json["joined"] = Json::array();
  for (const auto& [a, b] : split.joined) json["joined"].push_back(Json::array({a, b}));
  json["folds"] = Json::array();
  for (const Subsets& fold : split.folds) {
    json["folds"].push_back({{"validation", fold.validation}, {"test", fold.test}});
  }
  return json;
}

Subsets subsets_of(const Json& split, int fold) {
  if (!split.contains("folds")) {
    const Json& subsets = split.at("subsets");
    return {subsets.at("train"), subsets.at("validation"), subsets.at("test")};
  }
  const Json& folds = split.at("folds");
  const auto all = tested_images(folds);
  return fold == 0 ? Subsets{{}, {}, all} : fold_of(folds.at(static_cast<std::size_t>(fold) - 1), all);
}

Split read_split(const std::filesystem::path& file, const Table& table, int fold) {
  const Json json = read_json(file);
  const std::string where = file.string();
  Split split;
  try {
    const bool has_folds = json.at("format") == kFoldsFormat;
    if (!has_folds && json.at("format") != kFormat) {
      throw DataError(fmt::format("{}: not a {} or {} file", where, kFormat, kFoldsFormat));
    }
    json.at("adapter").get_to(split.adapter);
    json.at("data").at("name").get_to(split.data_name);
    json.at("data").at("fingerprint").get_to(split.fingerprint);
    json.at("protocol").get_to(split.protocol);
    json.at("unit").get_to(split.unit);
    json.at("seed").get_to(split.seed);
    json.at("requested_images").get_to(split.requested);
    json.at("notes").get_to(split.notes);
    if (has_folds) {
      read_folds(json, split);
    } else {
      json.at("subsets").at("train").get_to(split.train);
      json.at("subsets").at("validation").get_to(split.validation);
      json.at("subsets").at("test").get_to(split.test);
    }
  } catch (const Json::exception&) {
    throw DataError(fmt::format("{}: not a {} file; make one with `flnas dataset split`", where, kFormat));
  }
  if (split.adapter != table.adapter.name || split.fingerprint != table.fingerprint) {
    throw DataError(
        fmt::format("{}: this split was made for other data ({}, {:.12}) than {} ({:.12}); make a split of "
                    "this data with `flnas dataset split`",
                    where, split.data_name, split.fingerprint, table.folder.string(), table.fingerprint));
  }
  if (split.folds.empty()) {
    check_subsets({split.train, split.validation, split.test}, split.protocol == "inferred", "", table, where);
  } else {
    check_folds(split, table, where);
  }
  choose_fold(split, fold, where);
  return split;
}

}  // namespace flnas
