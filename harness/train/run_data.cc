#include "harness/train/run_data.h"

#include <fmt/format.h>

#include <algorithm>

#include "datasets/adapter_files.h"
#include "datasets/groups.h"
#include "datasets/images/content.h"
#include "harness/base/error.h"
#include "harness/base/hash.h"

namespace flnas {

namespace {

Split everything_is_test(const Table& table) {
  Split split;
  split.protocol = "none";
  for (const Row& row : table.rows) split.test.push_back(row.image);
  std::sort(split.test.begin(), split.test.end());
  return split;
}

/// Throws ConfigError where the split has folds and none is named.
Split read_fold(const DataSource& source, const Table& table) {
  Split split = read_split(source.split, table, source.fold);
  if (!split.folds.empty() && split.fold == 0) {
    throw ConfigError(fmt::format("{}: a split by protocol {}; say which fold with --fold 1 to {}",
                                  source.split.string(), split.protocol, split.folds.size()));
  }
  return split;
}

}  // namespace

RunData::RunData(const DataSource& source, const std::string& task, int size)
    : source_(source),
      table_(read_table(source.folder, load_adapter(source.adapter, source.folder))),
      split_(source.split.empty() ? everything_is_test(table_) : read_fold(source, table_)),
      task_(task_of_data(table_.adapter, task)),
      cached_rows_(table_.find(split_.images())),
      cache_(ImageCache::open_or_build(table_, cached_rows_, size)) {
  require_classes(split_, table_, task_);
  join_units(table_, split_.joined);
}

std::vector<std::size_t> RunData::rows(const std::string& subset) const { return table_.find(split_.subset(subset)); }

Cells RunData::training_cells(const std::string& attributes) const {
  const auto chosen = attribute_indices(table_.adapter, attributes);
  std::vector<std::string> groups;
  std::vector<std::int64_t> labels;
  for (const std::size_t row : rows("train")) {
    groups.push_back(joint_group(table_.adapter, chosen, table_.rows[row].groups));
    labels.push_back(task_.class_of[static_cast<std::size_t>(table_.rows[row].label)]);
  }
  return cut_into_cells(groups, labels, task_.classes);
}

PixelRows RunData::pixel_rows(const std::string& subset) const {
  std::map<std::size_t, std::int64_t> place;
  for (std::size_t i = 0; i < cached_rows_.size(); ++i) place[cached_rows_[i]] = static_cast<std::int64_t>(i);
  PixelRows pixels{.pixels = cache_.data(), .size = cache_.side()};
  for (const std::size_t row : rows(subset)) {
    pixels.row.push_back(place.at(row));
    pixels.label.push_back(task_.class_of[static_cast<std::size_t>(table_.rows[row].label)]);
  }
  return pixels;
}

PixelData RunData::pixels() const {
  return {pixel_rows("train"), pixel_rows("validation"), pixel_rows("test"), task_.classes};
}

DataInfo RunData::info() const {
  DataInfo info;
  info.adapter = table_.adapter.name;
  info.name = table_.name;
  info.fingerprint = table_.fingerprint;
  info.synthetic = table_.synthetic;
  info.task = task_.name;
  info.protocol = split_.protocol;
  info.classes = task_.classes;
  if (!source_.split.empty()) info.split_sha256 = sha256_file(source_.split);
  info.images = {static_cast<std::int64_t>(split_.train.size()), static_cast<std::int64_t>(split_.validation.size()),
                 static_cast<std::int64_t>(split_.test.size())};
  return info;
}

std::map<std::string, std::string> RunData::input_hashes() const {
  std::map<std::string, std::string> hashes;
  const auto add = [&](const char* what, const std::string& file) {
    if (!file.empty()) hashes[what] = sha256_file(table_.folder / file);
  };
  add("labels", table_.adapter.labels_file);
  add("metadata", table_.adapter.metadata_file);
  if (!source_.split.empty()) hashes["split"] = sha256_file(source_.split);
  try {
    hashes["images"] = content_digest(table_, cached_rows_, ImageCache::default_folder());
  } catch (const DataError&) {
    hashes["images"] = "missing";
  }
  return hashes;
}

}  // namespace flnas
