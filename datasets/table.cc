#include "datasets/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <numeric>
#include <optional>
#include <unordered_map>

#include "datasets/image_folder.h"
#include "datasets/table_files.h"
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
    throw DataError(fmt::format("{}: no such file; give the folder that holds it, or another --adapter{}",
                                file.string(),
                                class_folders(file.parent_path()).size() > 1
                                    ? fmt::format(" ({} for folders named by their class)", kImageFolder)
                                    : ""));
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
    if (adapter.labels_file == adapter.metadata_file) return;
    const auto among = [](const std::vector<std::string>& list, const std::string& name) {
      return std::find(list.begin(), list.end(), name) != list.end();
    };
    for (std::size_t i = 0; i < csv.header().size(); ++i) {
      const std::string& name = csv.header()[i];
      const bool known = name == adapter.labels_image || among(classes_, name) || among(adapter.ignored_columns, name);
      if (!known && !name.empty()) others_.push_back(i);  // a first column without name is a row number
    }
  }

  /// Columns of the labels file that are no class of the adapter. They do not matter as long as each row has its class.
  std::vector<std::string> unused() const {
    std::vector<std::string> names;
    for (const std::size_t column : others_) names.push_back(csv_.header()[column]);
    return names;
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
        throw DataError(
            fmt::format("{}: class '{}' is {}, expected 0 or 1; name a column that is no class in the "
                        "adapter's 'ignore_columns'",
                        place(csv_, row), classes_[i], value));
      }
      if (found < columns_.size()) {
        throw DataError(
            fmt::format("{}: two labels, '{}' and '{}'; keep one, or name what is no class in the adapter's "
                        "'ignore_columns'",
                        place(csv_, row), classes_[found], classes_[i]));
      }
      found = i;
    }
    if (found == columns_.size()) refuse_unlabelled(row);
    return found;
  }

  [[noreturn]] void refuse_unlabelled(std::size_t row) const {
    for (const std::size_t column : others_) {
      if (csv_.at(row, column) != "1" && csv_.at(row, column) != "1.0") continue;
      throw DataError(fmt::format("{}: {}; add it to 'classes' or 'ignored' in the adapter", place(csv_, row),
                                  unknown_name("class", csv_.header()[column], classes_)));
    }
    throw DataError(fmt::format("{}: no label; set one class to 1", place(csv_, row)));
  }

  const Csv& csv_;
  const Adapter& adapter_;
  std::vector<std::string> classes_;
  std::vector<std::size_t> columns_, others_;
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

/// An image and its class, from wherever the layout keeps it.
struct Labelled {
  std::string image;
  int label = kIgnored;
  fs::path file;      ///< where the class is a folder
  std::string where;  ///< for errors
};

/// One image each file of a class folder.
std::vector<Labelled> read_class_folders(const fs::path& folder, const Adapter& adapter, std::string& hash) {
  std::vector<std::string> known = adapter.classes;
  known.insert(known.end(), adapter.ignored.begin(), adapter.ignored.end());
  const auto found = class_folders(folder);
  for (const auto& name : found) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    throw DataError(fmt::format("{}: {}; add it to 'classes' or 'ignored' in the adapter", (folder / name).string(),
                                unknown_name("class", name, known)));
  }
  std::vector<Labelled> images;
  std::string names;
  for (std::size_t c = 0; c < known.size(); ++c) {
    std::vector<std::string> files;
    if (std::find(found.begin(), found.end(), known[c]) == found.end()) continue;
    for (const auto& entry : fs::directory_iterator(folder / known[c])) {
      const std::string file = entry.path().filename().string();
      if (is_image_name(file)) files.push_back(file);
    }
    std::sort(files.begin(), files.end());
    for (const auto& file : files) {
      const fs::path path = (folder / known[c] / file).lexically_normal();
      const std::string image = known[c] + "/" + without_extension(file);
      if (!images.empty() && images.back().image == image) {
        throw DataError(fmt::format("{}: '{}' is the name of two files; rename one", path.string(), image));
      }
      images.push_back({image, c < adapter.classes.size() ? static_cast<int>(c) : kIgnored, path, path.string()});
      names += image + "\n";
    }
  }
  hash = sha256(names);
  return images;
}

/// The labels file's rows in their order; those that cannot be used are named and left out.
std::vector<Labelled> read_labels_file(Table& table, std::string& hash, Complaints& complaints,
                                       std::vector<std::string>& left_out) {
  const Adapter& adapter = table.adapter;
  const Document document = read_document(table.folder / adapter.labels_file);
  const Csv& csv = document.csv;
  hash = document.hash;
  const Labels labels(csv, adapter);
  const std::size_t image_column = csv.column(adapter.labels_image);
  const RowsByImage rows = index_images(csv, image_column, complaints);
  std::vector<Labelled> images;
  for (std::size_t i = 0; i < csv.rows(); ++i) {
    Labelled row{.image = csv.at(i, image_column), .label = kIgnored, .file = {}, .where = place(csv, i)};
    const auto itself = rows.find(row.image);
    if (itself == rows.end() || itself->second != i) continue;  // without id, or a second time: named above
    if (complaints.readable([&] { row.label = labels.of(i); }))
      images.push_back(std::move(row));
    else
      left_out.push_back(row.image);
  }
  table.unused_columns = labels.unused();
  return images;
}

/// The metadata file, its rows found by an image's id, which may be written with or without the file's extension, and
/// without the class where that is a folder.
class Metadata {
 public:
  Metadata(const Adapter& adapter, Document document, Complaints& complaints)
      : adapter_(adapter), csv_(std::move(document.csv)), hash(std::move(document.hash)) {
    const std::size_t image = csv_.column(adapter.metadata_image);
    rows_ = index_images(csv_, image, complaints);
    for (const auto& [name, row] : rows_) {
      if (!stems_.emplace(without_extension(name), row).second) stems_[without_extension(name)] = kSeveral;
    }
    for (const auto& attribute : adapter.attributes) columns_.push_back(csv_.column(attribute.column));
    if (!adapter.metadata_lesion.empty()) lesion_ = csv_.column(adapter.metadata_lesion);
  }

  std::optional<std::size_t> find(const std::string& image) {
    std::optional<std::size_t> row;
    if (const auto exact = rows_.find(image); exact != rows_.end()) row = exact->second;
    std::string stem = without_extension(image);
    if (!row) row = by_stem(stem);
    if (!row && adapter_.labels_file.empty()) row = by_stem(stem.substr(stem.find('/') + 1));
    if (row && !used_.emplace(*row, image).second) {
      throw DataError(fmt::format("{}: stands for both '{}' and '{}'; write the class before the name",
                                  place(csv_, *row), used_[*row], image));
    }
    return row;
  }

  void fill(std::size_t from, Row& row) const {
    if (lesion_) row.lesion = csv_.at(from, *lesion_);
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      row.values.push_back(csv_.at(from, columns_[i]));
      try {
        row.groups.push_back(group_of(adapter_.attributes[i], row.values.back()));
      } catch (Error& error) {
        error.add_context(place(csv_, from));
        throw;
      }
    }
  }
  std::size_t unused_rows() const { return csv_.rows() - used_.size(); }

 private:
  static constexpr std::size_t kSeveral = static_cast<std::size_t>(-1);

  std::optional<std::size_t> by_stem(const std::string& stem) const {
    const auto found = stems_.find(stem);
    return found == stems_.end() || found->second == kSeveral ? std::nullopt : std::optional(found->second);
  }

  const Adapter& adapter_;
  Csv csv_;
  RowsByImage rows_, stems_;
  std::unordered_map<std::size_t, std::string> used_;
  std::vector<std::size_t> columns_;
  std::optional<std::size_t> lesion_;

 public:
  const std::string hash;
};

/// `left_out`: images of bad rows.
void find_files(Table& table, const std::vector<std::string>& left_out) {
  const auto& suffixes = table.adapter.suffixes;
  ImageFiles files(table.folder / table.adapter.image_folder);
  for (Row& row : table.rows) row.file = files.take(row.image, suffixes);
  for (const auto& image : table.ignored) files.take(image, suffixes);
  for (const auto& image : left_out) files.take(image, suffixes);
  table.unlabelled = files.left();
  for (const Row& row : table.rows) {
    if (!row.file.empty()) continue;
    if (const std::string name = files.similar(row.image); !name.empty()) table.misnamed.emplace(row.image, name);
    if (table.misnamed.size() >= 100) break;  // each look goes over all files
  }
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
  table.name = fs::weakly_canonical(folder).filename().string();
  table.synthetic = fs::exists(folder / kSyntheticMark);
  Complaints complaints(bad_rows, table.bad_rows);
  const bool folders = adapter.labels_file.empty();
  std::string labels_hash;
  std::vector<std::string> left_out;
  const auto labelled = folders ? read_class_folders(folder / adapter.image_folder, table.adapter, labels_hash)
                                : read_labels_file(table, labels_hash, complaints, left_out);
  std::optional<Metadata> metadata;
  if (!adapter.metadata_file.empty()) {
    metadata.emplace(table.adapter, read_document(folder / adapter.metadata_file), complaints);
  }
  table.fingerprint = sha256(labels_hash + "\n" + (metadata ? metadata->hash : "") + "\n");
  for (const Labelled& image : labelled) {
    Row row{.image = image.image, .file = image.file, .label = image.label, .lesion = {}, .values = {}, .groups = {}};
    const bool readable = complaints.readable([&] {
      if (!metadata) return;
      const auto found = metadata->find(row.image);
      if (!found) {
        throw DataError(fmt::format("{}: image '{}' has a label but no row in {}; add it there", image.where, row.image,
                                    adapter.metadata_file));
      }
      if (row.label != kIgnored) metadata->fill(*found, row);
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
    const std::string where = folders ? folder.string() : (folder / adapter.labels_file).string();
    throw DataError(table.bad_rows.empty()
                        ? fmt::format("{}: no labelled image; give a file with rows", where)
                        : fmt::format("no row can be used; the first problem is {}", table.bad_rows.front()));
  }
  if (metadata) table.without_label = metadata->unused_rows();
  if (!folders) find_files(table, left_out);
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
  const std::string& image = table.rows[*first].image;
  const auto misnamed = table.misnamed.find(image);
  const std::string hint = misnamed == table.misnamed.end() ? "" : fmt::format(", but a file {}", misnamed->second);
  throw DataError(
      fmt::format("{}: image '{}' has a label but no file here{} ({} of {} images are missing); fetch the "
                  "images or remove these rows",
                  (table.folder / table.adapter.image_folder).string(), image, hint,
                  std::count_if(rows.begin(), rows.end(), missing), rows.size()));
}

}  // namespace flnas
