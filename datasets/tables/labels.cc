#include "datasets/tables/labels.h"

#include <fmt/format.h>

#include <algorithm>

#include "datasets/adapters/image_folder.h"
#include "datasets/tables/table_files.h"
#include "harness/base/error.h"
#include "harness/base/hash.h"
#include "harness/base/names.h"

namespace flnas {
namespace {

namespace fs = std::filesystem;

/// Finds the class of a row of the labels file.
class RowLabels {
 public:
  RowLabels(const Csv& csv, const Adapter& adapter) : csv_(csv), adapter_(adapter), classes_(adapter.classes) {
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
    return found < adapter_.classes.size() ? static_cast<int>(found) : kIgnoredClass;
  }

 private:
  std::size_t named_class(std::size_t row) const {
    const std::string& name = csv_.at(row, columns_[0]);
    const auto found = std::find(classes_.begin(), classes_.end(), name);
    if (found == classes_.end()) throw DataError(row_place(csv_, row) + ": " + unknown_name("class", name, classes_));
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
                        row_place(csv_, row), classes_[i], value));
      }
      if (found < columns_.size()) {
        throw DataError(
            fmt::format("{}: two labels, '{}' and '{}'; keep one, or name what is no class in the adapter's "
                        "'ignore_columns'",
                        row_place(csv_, row), classes_[found], classes_[i]));
      }
      found = i;
    }
    if (found == columns_.size()) refuse_unlabelled(row);
    return found;
  }

  [[noreturn]] void refuse_unlabelled(std::size_t row) const {
    for (const std::size_t column : others_) {
      if (csv_.at(row, column) != "1" && csv_.at(row, column) != "1.0") continue;
      throw DataError(fmt::format("{}: {}; add it to 'classes' or 'ignored' in the adapter", row_place(csv_, row),
                                  unknown_name("class", csv_.header()[column], classes_)));
    }
    throw DataError(fmt::format("{}: no label; set one class to 1", row_place(csv_, row)));
  }

  const Csv& csv_;
  const Adapter& adapter_;
  std::vector<std::string> classes_;
  std::vector<std::size_t> columns_, others_;
};

}  // namespace

Labels read_class_folders(const fs::path& folder, const Adapter& adapter) {
  std::vector<std::string> known = adapter.classes;
  known.insert(known.end(), adapter.ignored.begin(), adapter.ignored.end());
  const auto found = class_folders(folder);
  for (const auto& name : found) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    throw DataError(fmt::format("{}: {}; add it to 'classes' or 'ignored' in the adapter", (folder / name).string(),
                                unknown_name("class", name, known)));
  }
  Labels labels;
  auto& images = labels.images;
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
      images.push_back({image, c < adapter.classes.size() ? static_cast<int>(c) : kIgnoredClass, path, path.string()});
      names += image + "\n";
    }
  }
  labels.hash = sha256(names);
  return labels;
}

Labels read_labels_file(const fs::path& folder, const Adapter& adapter, RowErrors& errors) {
  const TableFile file = read_table_file(folder / adapter.labels_file);
  const Csv& csv = file.csv;
  const RowLabels classes(csv, adapter);
  const std::size_t image_column = csv.column(adapter.labels_image);
  const RowsByImage rows = index_images(csv, image_column, errors);
  Labels labels;
  labels.hash = file.hash;
  for (std::size_t i = 0; i < csv.rows(); ++i) {
    Labelled row{.image = csv.at(i, image_column), .label = kIgnoredClass, .file = {}, .where = row_place(csv, i)};
    const auto itself = rows.find(row.image);
    if (itself == rows.end() || itself->second != i) continue;  // without id, or a second time: named above
    if (errors.readable([&] { row.label = classes.of(i); }))
      labels.images.push_back(std::move(row));
    else
      labels.left_out.push_back(row.image);
  }
  labels.unused_columns = classes.unused();
  return labels;
}

}  // namespace flnas
