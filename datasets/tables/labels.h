#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "datasets/tables/table_rows.h"

namespace flnas {

/// In place of a class: a class that the adapter ignores.
inline constexpr int kIgnoredClass = -1;

/// An image and its class, from wherever the layout keeps it.
struct Labelled {
  std::string image;
  int label = kIgnoredClass;
  std::filesystem::path file;  ///< where the class is a folder
  std::string where;           ///< for errors
};

struct Labels {
  std::vector<Labelled> images;
  std::string hash;                         ///< SHA-256 of the labels file, or of the images' names
  std::vector<std::string> unused_columns;  ///< Table::unused_columns
  std::vector<std::string> left_out;        ///< images of rows that cannot be used
};

/// One image each file of a class folder below `folder`. Throws DataError for a folder that is no class, and for two
/// files of one name.
Labels read_class_folders(const std::filesystem::path& folder, const Adapter& adapter);

/// The labels file's rows in their order. Throws DataError for a file or column that is missing.
Labels read_labels_file(const std::filesystem::path& folder, const Adapter& adapter, RowErrors& errors);

}  // namespace flnas
