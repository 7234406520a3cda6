#include "harness/train/run_data.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "datasets/adapters/adapter_files.h"
#include "datasets/adapters/groups.h"
#include "datasets/images/content.h"
#include "datasets/tables/features.h"
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
      used_rows_(table_.find(split_.images())) {
  if (table_.adapter.is_table())
    read_features();
  else
    cache_.emplace(ImageCache::open_or_build(table_, used_rows_, size));
  require_classes(split_, table_, task_);
  join_units(table_, split_.joined);
}

nn::ModelOptions RunData::model_options() const {
  return {
      .classes = static_cast<std::int64_t>(task_.classes.size()), .size = size(), .columns = table_.adapter.columns()};
}

/// Without a training part nothing is known of categories that it lacks.
void RunData::read_features() {
  const auto& features = table_.adapter.features;
  std::vector<std::set<float>> seen(features.size());
  for (const std::size_t row : rows("train")) {
    for (std::size_t i = 0; i < features.size(); ++i) seen[i].insert(table_.rows[row].features[i]);
  }
  for (const std::size_t row : used_rows_) {
    for (std::size_t i = 0; i < features.size(); ++i) {
      float value = table_.rows[row].features[i];
      const bool known = features[i].categories.empty() || value == 0 || seen[i].empty() || seen[i].contains(value);
      if (!known) {
        ++unseen_[features[i].name];
        value = 0;
      }
      features_.push_back(value);
    }
  }
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

Examples RunData::examples_of(const std::string& subset) const {
  std::map<std::size_t, std::int64_t> place;
  for (std::size_t i = 0; i < used_rows_.size(); ++i) place[used_rows_[i]] = static_cast<std::int64_t>(i);
  Examples examples;
  if (cache_) {
    examples.pixels = cache_->data();
    examples.size = cache_->side();
  } else {
    examples.features = features_.data();
    examples.columns = table_.adapter.columns();
  }
  for (const std::size_t row : rows(subset)) {
    examples.row.push_back(place.at(row));
    examples.label.push_back(task_.class_of[static_cast<std::size_t>(table_.rows[row].label)]);
  }
  return examples;
}

ExampleData RunData::examples() const {
  return {examples_of("train"), examples_of("validation"), examples_of("test"), task_.classes};
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
  const Adapter& adapter = table_.adapter;
  if (adapter.is_table()) {
    hashes["labels"] = sha256_file(table_file(adapter, table_.folder));
  } else {
    if (!adapter.labels_file.empty()) hashes["labels"] = sha256_file(table_.folder / adapter.labels_file);
    if (!adapter.metadata_file.empty()) hashes["metadata"] = sha256_file(table_.folder / adapter.metadata_file);
  }
  if (!source_.split.empty()) hashes["split"] = sha256_file(source_.split);
  if (!cache_) return hashes;
  try {
    hashes["images"] = content_digest(table_, used_rows_, ImageCache::default_folder());
  } catch (const DataError&) {
    hashes["images"] = "missing";
  }
  return hashes;
}

std::map<std::string, std::string> RunData::inputs_read() const {
  auto hashes = input_hashes();
  if (cache_) hashes["images"] = cache_->content();
  return hashes;
}

}  // namespace flnas
