#include "datasets/tables/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "datasets/tables/features.h"
#include "datasets/tables/labels.h"
#include "datasets/tables/metadata.h"
#include "datasets/tables/table_files.h"
#include "harness/base/error.h"
#include "harness/base/hash.h"

namespace flnas {
namespace {

namespace fs = std::filesystem;

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
    throw DataError(fmt::format("{}: no such folder; give the folder with the tables and images", folder.string()));
  }
  Table table;
  table.adapter = adapter;
  table.folder = folder;
  table.name = fs::weakly_canonical(folder).filename().string();
  table.synthetic = fs::exists(folder / kSyntheticMark);
  RowErrors errors(bad_rows, table.bad_rows);
  if (adapter.is_table()) {
    read_features(table, errors);
    return table;
  }
  const bool folders = adapter.labels_file.empty();
  Labels labels = folders ? read_class_folders(folder / adapter.image_folder, table.adapter)
                          : read_labels_file(folder, table.adapter, errors);
  table.unused_columns = std::move(labels.unused_columns);
  std::optional<Metadata> metadata;
  if (!adapter.metadata_file.empty()) {
    metadata.emplace(table.adapter, read_table_file(folder / adapter.metadata_file), errors);
  }
  table.fingerprint = sha256(labels.hash + "\n" + (metadata ? metadata->hash() : "") + "\n");
  for (const Labelled& image : labels.images) {
    Row row{.image = image.image, .file = image.file, .label = image.label, .lesion = {}, .values = {}, .groups = {}};
    const bool readable = errors.readable([&] {
      if (!metadata) return;
      const auto found = metadata->find(row.image);
      if (!found) {
        throw DataError(fmt::format("{}: image '{}' has a label but no row in {}; add it there", image.where, row.image,
                                    adapter.metadata_file));
      }
      if (row.label != kIgnoredClass) metadata->fill(*found, row);
    });
    if (!readable) {
      labels.left_out.push_back(row.image);
    } else if (row.label == kIgnoredClass) {
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
  if (!folders) find_files(table, labels.left_out);
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
  if (table.adapter.is_table()) return;
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
