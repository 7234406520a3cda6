#include "datasets/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <numeric>
#include <unordered_map>
#include <unordered_set>

#include "harness/base/csv.h"
#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/hash.h"
#include "harness/base/names.h"

namespace flnas {
namespace {

namespace fs = std::filesystem;

constexpr int kIgnored = -1;

struct Document {
  Csv csv;
  std::string hash;
};

Document read_document(const fs::path& file) {
  if (!fs::is_regular_file(file)) {
    throw DataError(
        fmt::format("{}: no such file; give the folder that holds it, or another --adapter", file.string()));
  }
  const std::string text = read_file(file);
  return {Csv::parse(text, file.string()), sha256(text)};
}

std::string place(const Csv& csv, std::size_t row) { return fmt::format("{}:{}", csv.where(), csv.line(row)); }

/// Finds the class of a row of the labels file.
class Labels {
 public:
  Labels(const Csv& csv, const Adapter& adapter) : csv_(csv), adapter_(adapter), classes_(adapter.classes) {
    classes_.insert(classes_.end(), adapter.ignored.begin(), adapter.ignored.end());
    if (!adapter.labels_column.empty()) {
      columns_.push_back(csv.column(adapter.labels_column));
      return;
    }
    for (const auto& name : adapter.classes) columns_.push_back(csv.column(name));
    for (const auto& name : adapter.ignored) {
      if (const auto column = csv.find(name))
        columns_.push_back(*column);
      else
        classes_.erase(std::find(classes_.begin(), classes_.end(), name));
    }
    const std::string& image = adapter.labels_image;
    for (const auto& name : csv.header()) {
      const bool shared = adapter.labels_file == adapter.metadata_file;
      if (shared || name == image || std::find(classes_.begin(), classes_.end(), name) != classes_.end()) continue;
      throw DataError(
          fmt::format("{}:1: {}; add it to the adapter", csv.where(), unknown_name("class", name, classes_)));
    }
  }

  int of(std::size_t row) const {
    const std::size_t found = adapter_.labels_column.empty() ? hot_column(row) : named_class(row);
    return found < adapter_.classes.size() ? static_cast<int>(found) : kIgnored;
  }

 private:
  std::size_t named_class(std::size_t row) const {
    const std::string& name = csv_.at(row, columns_[0]);
    const auto found = std::find(classes_.begin(), classes_.end(), name);
    if (found == classes_.end()) throw DataError(place(csv_, row) + ": " + unknown_name("class", name, classes_));
    return static_cast<std::size_t>(found - classes_.begin());
  }

  std::size_t hot_column(std::size_t row) const {
    std::size_t found = columns_.size();
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const double value = csv_.number(row, columns_[i]);
      if (value == 0) continue;
      if (value != 1) {
        throw DataError(fmt::format("{}: class '{}' is {}, expected 0 or 1", place(csv_, row), classes_[i], value));
      }
      if (found < columns_.size()) {
        throw DataError(
            fmt::format("{}: two labels, '{}' and '{}'; keep one", place(csv_, row), classes_[found], classes_[i]));
      }
      found = i;
    }
    if (found == columns_.size()) throw DataError(fmt::format("{}: no label; set one class to 1", place(csv_, row)));
    return found;
  }

  const Csv& csv_;
  const Adapter& adapter_;
  std::vector<std::string> classes_;
  std::vector<std::size_t> columns_;
};

/// Throws what is wrong with a row, or notes it and goes on.
class Complaints {
 public:
  Complaints(BadRows policy, std::vector<std::string>& noted) : policy_(policy), noted_(noted) {}
  /// Whether `read` could read its row.
  bool readable(const std::function<void()>& read) {
    try {
      read();
      return true;
    } catch (const DataError& error) {
      if (policy_ == BadRows::kThrow) throw;
      noted_.emplace_back(error.what());
      return false;
    }
  }

 private:
  BadRows policy_;
  std::vector<std::string>& noted_;
};

using RowsByImage = std::unordered_map<std::string, std::size_t>;

RowsByImage index_images(const Csv& csv, std::size_t column, Complaints& complaints) {
  RowsByImage rows;
  rows.reserve(csv.rows());
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    const std::string& image = csv.at(row, column);
    complaints.readable([&] {
      if (image.empty()) throw DataError(fmt::format("{}: no image id; fill it in", place(csv, row)));
      if (const auto [known, added] = rows.emplace(image, row); !added) {
        throw DataError(fmt::format("{}: image '{}' is already on line {}; remove one of the two", place(csv, row),
                                    image, csv.line(known->second)));
      }
    });
  }
  return rows;
}

void read_metadata(const Csv& csv, std::size_t from, const std::vector<std::size_t>& columns, const Adapter& adapter,
                   Row& row) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    row.values.push_back(csv.at(from, columns[i]));
    try {
      row.groups.push_back(group_of(adapter.attributes[i], row.values.back()));
    } catch (Error& error) {
      error.add_context(place(csv, from));
      throw;
    }
  }
}

/// `left_out`: images of bad rows.
void find_files(Table& table, const std::vector<std::string>& left_out) {
  const fs::path folder = table.folder / table.adapter.image_folder;
  if (!fs::is_directory(folder)) return;
  std::unordered_set<std::string> files;
  for (const auto& entry : fs::directory_iterator(folder)) files.insert(entry.path().filename().string());
  const auto take = [&](const std::string& image) -> fs::path {
    for (const auto& suffix : table.adapter.suffixes) {
      if (files.erase(image + suffix) > 0) return folder / (image + suffix);
    }
    return {};
  };
  for (Row& row : table.rows) row.file = take(row.image);
  for (const auto& image : table.ignored) take(image);
  for (const auto& image : left_out) take(image);
  for (const auto& file : files) {
    const bool is_image = std::any_of(table.adapter.suffixes.begin(), table.adapter.suffixes.end(),
                                      [&](const std::string& suffix) { return file.ends_with(suffix); });
    if (is_image) table.unlabelled.push_back(folder / file);
  }
  std::sort(table.unlabelled.begin(), table.unlabelled.end());
}

}  // namespace

Table read_table(const fs::path& folder, const Adapter& adapter, BadRows bad_rows) {
  if (!fs::is_directory(folder)) {
    throw DataError(
        fmt::format("{}: no such folder; give a data set in the layout of '{}'", folder.string(), adapter.name));
  }
  Table table;
  table.adapter = adapter;
  table.folder = folder;
  const fs::path whole = fs::weakly_canonical(folder);
  table.name = whole.filename().string();
  table.synthetic = fs::exists(folder / kSyntheticMark);
  const auto [labels_csv, labels_hash] = read_document(folder / adapter.labels_file);
  const auto [metadata, metadata_hash] = read_document(folder / adapter.metadata_file);
  table.fingerprint = sha256(labels_hash + "\n" + metadata_hash + "\n");

  Complaints complaints(bad_rows, table.bad_rows);
  const Labels labels(labels_csv, adapter);
  const std::size_t image_column = labels_csv.column(adapter.labels_image);
  const RowsByImage label_rows = index_images(labels_csv, image_column, complaints);
  const RowsByImage metadata_rows = index_images(metadata, metadata.column(adapter.metadata_image), complaints);
  std::vector<std::size_t> columns;
  for (const auto& attribute : adapter.attributes) columns.push_back(metadata.column(attribute.column));
  const bool has_lesion = !adapter.metadata_lesion.empty();
  const std::size_t lesion_column = has_lesion ? metadata.column(adapter.metadata_lesion) : 0;

  std::size_t joined = 0;
  std::vector<std::string> left_out;
  for (std::size_t i = 0; i < labels_csv.rows(); ++i) {
    Row row{.image = labels_csv.at(i, image_column), .file = {}, .lesion = {}, .values = {}, .groups = {}};
    const auto itself = label_rows.find(row.image);
    if (itself == label_rows.end() || itself->second != i) continue;  // without id, or a second time: named above
    const auto found = metadata_rows.find(row.image);
    joined += found != metadata_rows.end();
    const bool readable = complaints.readable([&] {
      row.label = labels.of(i);
      if (found == metadata_rows.end()) {
        throw DataError(fmt::format("{}: image '{}' has a label but no row in {}; add it there", place(labels_csv, i),
                                    row.image, adapter.metadata_file));
      }
      if (row.label == kIgnored) return;
      if (has_lesion) row.lesion = metadata.at(found->second, lesion_column);
      read_metadata(metadata, found->second, columns, adapter, row);
    });
    if (!readable) {
      left_out.push_back(row.image);
    } else if (row.label == kIgnored) {
      table.ignored.push_back(row.image);
    } else {
      table.rows.push_back(std::move(row));
    }
  }
  if (table.rows.empty()) {
    throw DataError(table.bad_rows.empty()
                        ? fmt::format("{}: no labelled image; give a file with rows", labels_csv.where())
                        : fmt::format("no row can be used; the first problem is {}", table.bad_rows.front()));
  }
  table.without_label = metadata.rows() - joined;
  find_files(table, left_out);
  return table;
}

std::vector<std::size_t> Table::find(const std::vector<std::string>& images) const {
  std::unordered_map<std::string_view, std::size_t> by_image;
  by_image.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) by_image.emplace(rows[i].image, i);
  std::vector<std::size_t> found;
  found.reserve(images.size());
  for (const auto& image : images) {
    const auto at = by_image.find(image);
    if (at == by_image.end()) {
      throw DataError(fmt::format("image '{}' is not in {}; give the data that it comes from", image, folder.string()));
    }
    found.push_back(at->second);
  }
  return found;
}

void require_images(const Table& table, const std::vector<std::size_t>& rows) {
  const auto missing = [&](std::size_t row) { return table.rows[row].file.empty(); };
  const auto first = std::find_if(rows.begin(), rows.end(), missing);
  if (first == rows.end()) return;
  throw DataError(
      fmt::format("{}: image '{}' has a label but no file here ({} of {} images are missing); fetch the "
                  "images or remove these rows",
                  (table.folder / table.adapter.image_folder).string(), table.rows[*first].image,
                  std::count_if(rows.begin(), rows.end(), missing), rows.size()));
}

}  // namespace flnas
