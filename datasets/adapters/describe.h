#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/base/csv.h"
#include "harness/base/json.h"

namespace flnas {

/// The guessed meaning of a table's columns.
struct DraftColumns {
  std::string image, unit;                                   ///< unit: blank where none is seen
  std::string label;                                         ///< the column of class names; blank where there is none
  std::vector<std::string> classes;                          ///< of `label`, or the columns of zeros and a one
  Json attributes = Json::object();                          ///< as in an adapter
  std::vector<std::pair<std::string, std::string>> ignored;  ///< the other columns, and why
};

/// Columns that the user names; blank: guessed.
struct KnownColumns {
  std::string label, unit;
};

/// Guesses by names ("image_id", "dx", "patient") and by contents: ids are all different and, where `images` is a
/// folder, name files there; classes are few texts, or columns of which one holds 1; a unit repeats; attributes have 2
/// to 8 texts, or are numbers, which are cut into thirds; -1, -9, 99, 999 and the like far from all other numbers are
/// taken for "not known". Throws DataError where no column can be the image's id, or a known one is not there.
DraftColumns guess_columns(const Csv& table, const std::filesystem::path& images, const KnownColumns& known = {});

/// A draft of an adapter for one table with labels and attributes (`flnas dataset describe`), and what was guessed.
struct AdapterDraft {
  Json adapter;                    ///< can be read by parse_adapter()
  std::vector<std::string> notes;  ///< one line each, for a person to check
};

/// `images`: the folder with the images, below the table's folder; blank: one that is found there.
/// Throws DataError for a table that cannot be read, without ids or without labels.
AdapterDraft describe_table(const std::filesystem::path& table, const std::filesystem::path& images = {},
                            const KnownColumns& known = {});

/// A draft as indented JSON for people to edit: a list of names is one line. Ends with a newline.
std::string draft_text(const Json& adapter);

}  // namespace flnas
