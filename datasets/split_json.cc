#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "datasets/split.h"
#include "harness/base/error.h"

namespace flnas {
namespace {

constexpr char kFormat[] = "flnas-split/1";

void require_apart(const std::vector<std::string>& a, const std::vector<std::string>& b, const char* names,
                   const std::string& where) {
  std::vector<std::string> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  if (both.empty()) return;
  throw DataError(fmt::format("{}: image '{}' is in two subsets ({}); make the split anew", where, both[0], names));
}

}  // namespace

Json split_to_json(const Split& split) {
  return {{"format", kFormat},
          {"adapter", split.adapter},
          {"data", {{"name", split.data_name}, {"fingerprint", split.fingerprint}}},
          {"protocol", split.protocol},
          {"unit", split.unit},
          {"seed", split.seed},
          {"requested_images", split.requested},
          {"notes", split.notes},
          {"subsets", {{"train", split.train}, {"validation", split.validation}, {"test", split.test}}}};
}

Split read_split(const std::filesystem::path& file, const Table& table) {
  const Json json = read_json(file);
  const std::string where = file.string();
  Split split;
  try {
    if (json.at("format") != kFormat) throw DataError(fmt::format("{}: not a {} file", where, kFormat));
    json.at("adapter").get_to(split.adapter);
    json.at("data").at("name").get_to(split.data_name);
    json.at("data").at("fingerprint").get_to(split.fingerprint);
    json.at("protocol").get_to(split.protocol);
    json.at("unit").get_to(split.unit);
    json.at("seed").get_to(split.seed);
    json.at("requested_images").get_to(split.requested);
    json.at("notes").get_to(split.notes);
    json.at("subsets").at("train").get_to(split.train);
    json.at("subsets").at("validation").get_to(split.validation);
    json.at("subsets").at("test").get_to(split.test);
  } catch (const Json::exception&) {
    throw DataError(fmt::format("{}: not a {} file; make one with `flnas dataset split`", where, kFormat));
  }
  if (split.adapter != table.adapter.name || split.fingerprint != table.fingerprint) {
    throw DataError(
        fmt::format("{}: this split was made for other data ({}, {:.12}) than {} ({:.12}); make a split of "
                    "this data with `flnas dataset split`",
                    where, split.data_name, split.fingerprint, table.folder.string(), table.fingerprint));
  }
  for (const char* name : {"train", "validation", "test"}) {
    const auto& images = split.subset(name);
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
  require_apart(split.train, split.validation, "train, validation", where);
  require_apart(split.train, split.test, "train, test", where);
  if (split.protocol != "inferred") require_apart(split.validation, split.test, "validation, test", where);
  return split;
}

}  // namespace flnas
