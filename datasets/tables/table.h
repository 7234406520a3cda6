#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "datasets/adapters/adapter.h"

namespace flnas {

/// One labelled image, or one row of a table.
struct Row {
  std::string image;                ///< id, as in the labels file; "class/name" where the class is a folder;
                                    ///< "000001", the row's number, in a table without ids
  std::filesystem::path file;       ///< empty where the folder has no such image
  int label = 0;                    ///< index into Adapter::classes
  std::string lesion;               ///< may be empty
  std::vector<std::string> values;  ///< raw text per attribute, empty where missing
  std::vector<int> groups;          ///< group per attribute (group_of), -1 for unknown
  std::vector<float> features;      ///< of a table: a number, or a category's place in its list from 1, 0 for others

  /// The unit that must not be cut by a split: the lesion, or the image itself where that is missing.
  std::string unit() const { return lesion.empty() ? "image " + image : "lesion " + lesion; }
};

/// A data set's tables, joined, in the order of the labels file.
struct Table {
  Adapter adapter;
  std::filesystem::path folder;
  std::string name;         ///< the folder's name
  std::string fingerprint;  ///< SHA-256 over the labels and metadata files, or what stands for them
  bool synthetic = false;   ///< drawn by `flnas dataset synth`
  std::vector<Row> rows;
  std::vector<std::string> ignored;  ///< images of an ignored class (UNK), which are not among the rows

  std::vector<std::filesystem::path> unlabelled;  ///< image files that no row of the labels file names
  std::size_t without_label = 0;                  ///< metadata rows that no row of the labels file names
  std::map<std::string, std::string> misnamed;    ///< image without file -> a file whose name begins alike
  std::vector<std::string> unused_columns;        ///< of the labels file, no class of the adapter
  std::vector<std::string> columns;               ///< of a table's file, all of them
  std::size_t filtered = 0;                       ///< rows of a table that did not pass the adapter's filters
  std::map<std::string, std::size_t> unlisted;    ///< feature -> rows with a category that the adapter does not list
  /// With BadRows::kCollect: what is wrong with rows that are not among `rows` ("file:line: what; fix").
  std::vector<std::string> bad_rows;

  /// Row numbers of the image ids, in their order; throws DataError for an id that is not here.
  std::vector<std::size_t> find(const std::vector<std::string>& images) const;
};

/// Name of the file that marks a folder as synthetic.
inline constexpr char kSyntheticMark[] = "synthetic.json";

/// How a row that cannot be used is handled.
enum class BadRows {
  kThrow,    ///< the first is the error
  kCollect,  ///< they are left out and named in Table::bad_rows
};

/// Reads the tables and looks for the images' files; the images themselves are not opened, and the image folder may
/// be absent (splits need none). Throws DataError naming file, line and fix: a missing file or column, no row; and for
/// a bad row: an unknown class, no label or two, an image twice, a label without metadata, a value that is in no group.
Table read_table(const std::filesystem::path& folder, const Adapter& adapter, BadRows bad_rows = BadRows::kThrow);

/// Throws DataError naming the first row among `rows` whose image file is missing, and their number.
void require_images(const Table& table, const std::vector<std::size_t>& rows);

}  // namespace flnas
