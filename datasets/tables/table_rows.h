// What the labels and the metadata file of a data set share: reading one, its rows by image, rows that are wrong.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "datasets/tables/table.h"
#include "harness/base/csv.h"

namespace flnas {

struct TableFile {
  Csv csv;
  std::string hash;  ///< SHA-256 of its text
};
/// Throws DataError where there is none, saying what else could be meant.
TableFile read_table_file(const std::filesystem::path& file);

/// "labels.csv:12"
std::string row_place(const Csv& csv, std::size_t row);

/// Throws what is wrong with a row, or notes it and goes on.
class RowErrors {
 public:
  RowErrors(BadRows policy, std::vector<std::string>& noted) : policy_(policy), noted_(noted) {}
  /// Whether `read` could read its row.
  bool readable(const std::function<void()>& read);

 private:
  BadRows policy_;
  std::vector<std::string>& noted_;
};

using RowsByImage = std::unordered_map<std::string, std::size_t>;

/// A row without an image id, or with one that an earlier row has, is wrong.
RowsByImage index_images(const Csv& csv, std::size_t column, RowErrors& errors);

}  // namespace flnas
