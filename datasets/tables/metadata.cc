#include "datasets/tables/metadata.h"

#include <fmt/format.h>

#include "datasets/tables/table_files.h"
#include "harness/base/error.h"

namespace flnas {

Metadata::Metadata(const Adapter& adapter, TableFile file, RowErrors& errors)
    : adapter_(adapter), csv_(std::move(file.csv)), hash_(std::move(file.hash)) {
  const std::size_t image = csv_.column(adapter.metadata_image);
  rows_ = index_images(csv_, image, errors);
  for (const auto& [name, row] : rows_) {
    if (!stems_.emplace(without_extension(name), row).second) stems_[without_extension(name)] = kSeveral;
  }
  for (const auto& attribute : adapter.attributes) columns_.push_back(csv_.column(attribute.column));
  if (!adapter.metadata_lesion.empty()) lesion_ = csv_.column(adapter.metadata_lesion);
}

std::optional<std::size_t> Metadata::by_stem(const std::string& stem) const {
  const auto found = stems_.find(stem);
  return found == stems_.end() || found->second == kSeveral ? std::nullopt : std::optional(found->second);
}

std::optional<std::size_t> Metadata::find(const std::string& image) {
  std::optional<std::size_t> row;
  if (const auto exact = rows_.find(image); exact != rows_.end()) row = exact->second;
  std::string stem = without_extension(image);
  if (!row) row = by_stem(stem);
  if (!row && adapter_.labels_file.empty()) row = by_stem(stem.substr(stem.find('/') + 1));
  if (row && !used_.emplace(*row, image).second) {
    throw DataError(fmt::format("{}: stands for both '{}' and '{}'; write the class before the name",
                                row_place(csv_, *row), used_[*row], image));
  }
  return row;
}

void Metadata::fill(std::size_t from, Row& row) const {
  if (lesion_) row.lesion = csv_.at(from, *lesion_);
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    row.values.push_back(csv_.at(from, columns_[i]));
    try {
      row.groups.push_back(group_of(adapter_.attributes[i], row.values.back()));
    } catch (Error& error) {
      error.add_context(row_place(csv_, from));
      throw;
    }
  }
}

}  // namespace flnas
