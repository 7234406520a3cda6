// The result of checking a data set: of images (images/check.h) or of a table (tabular/check.h).
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "datasets/tables/table.h"
#include "harness/base/json.h"
#include "harness/base/text_table.h"

namespace flnas {

/// The report of `flnas dataset check`.
struct CheckReport {
  std::size_t images = 0;         ///< labelled rows
  std::size_t lesions = 0;        ///< distinct units (a row without lesion is its own)
  std::string unit = "lesion";    ///< what a unit is called: unit_word() of the adapter
  std::string example = "image";  ///< what a row is called: Adapter::example
  std::size_t filtered = 0;       ///< of a table: rows that did not pass the adapter's filters
  bool synthetic = false;
  std::string fingerprint;

  std::vector<std::pair<std::string, std::string>> unreadable;  ///< image id, reason
  std::vector<std::pair<std::string, std::string>> faulty;      ///< read over: image id, the decoder's warning
  std::vector<std::string> without_image;                       ///< labelled ids whose file is missing
  std::map<std::string, std::string> misnamed;                  ///< of those: a file that may be it under another name
  std::vector<std::string> bad_rows;                            ///< rows that cannot be used: where, what, fix
  std::vector<std::string> without_label;                       ///< image files that no row names
  std::vector<std::vector<std::string>> exact;                  ///< ids whose files have the same bytes
  std::vector<std::pair<std::string, std::string>> near;        ///< nearly equal images of different lesions
  std::size_t near_views = 0;                                   ///< nearly equal pairs within one lesion: expected
  std::vector<std::pair<std::string, std::size_t>> missing;     ///< "lesion", then each attribute: blank cells

  Json counts;                        ///< class -> {"images", attribute -> {group -> images}}
  std::vector<std::string> problems;  ///< each makes the set unusable
  std::vector<std::string> warnings;  ///< each is worth knowing

  bool usable() const { return problems.empty(); }
};

/// A report with what both kinds have: numbers of rows and units, blank cells, and rows of each class and group.
CheckReport count_rows(const Table& table);

/// The problems and warnings that both kinds have, by count_rows(): rows that cannot be used, groups and classes
/// without any row.
void judge_rows(const Table& table, CheckReport& report);

/// Adds "COUNT WHAT" where there are any.
void say_count(std::vector<std::string>& to, std::size_t count, std::string_view what);

Json report_to_json(const CheckReport& report);

/// For people: facts, the table of classes by groups, warnings, problems, and a last line with the verdict. Long
/// lists are cut after `most` entries.
std::string report_to_text(const CheckReport& report, std::size_t most = 5, const TableForm& form = {});

}  // namespace flnas
