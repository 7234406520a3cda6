#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "datasets/tables/table_rows.h"

namespace flnas {

/// The metadata file, its rows found by an image's id, which may be written with or without the file's extension, and
/// without the class where that is a folder.
class Metadata {
 public:
  /// Keeps a reference to the adapter. Throws DataError for a column that is missing.
  Metadata(const Adapter& adapter, TableFile file, RowErrors& errors);

  /// The image's row; throws DataError where that is another image's too.
  std::optional<std::size_t> find(const std::string& image);
  /// Lesion, values and groups; throws DataError for a value that is in no group.
  void fill(std::size_t from, Row& row) const;

  const std::string& hash() const { return hash_; }
  /// That `find` gave to no image.
  std::size_t unused_rows() const { return csv_.rows() - used_.size(); }

 private:
  static constexpr std::size_t kSeveral = static_cast<std::size_t>(-1);
  std::optional<std::size_t> by_stem(const std::string& stem) const;

  const Adapter& adapter_;
  Csv csv_;
  std::string hash_;
  RowsByImage rows_, stems_;
  std::unordered_map<std::size_t, std::string> used_;
  std::vector<std::size_t> columns_;
  std::optional<std::size_t> lesion_;
};

}  // namespace flnas
