#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "datasets/table.h"
#include "harness/base/json.h"
#include "harness/base/text_table.h"

namespace flnas {

/// What `flnas dataset check` finds out about a data set.
struct CheckReport {
  std::size_t images = 0;       ///< labelled rows
  std::size_t lesions = 0;      ///< distinct units (a row without lesion is its own)
  std::string unit = "lesion";  ///< what a unit is called: unit_word() of the adapter
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

/// Opens and decodes every image. Problems: a bad row (of a table that was read with BadRows::kCollect), an unreadable
/// image, a label without image, a group without any image.
/// Warnings: images with a fault of form that was read over, exact or near duplicates that a split by lesion may put on
/// both sides, images without label, classes without image. Tables that cannot be read are thrown as DataError by
/// read_table before this.
CheckReport check_dataset(const Table& table, unsigned threads = 0);

Json report_to_json(const CheckReport& report);

/// For people: facts, the table of classes by groups, warnings, problems, and a last line with the verdict. Long
/// lists are cut after `most` entries.
std::string report_to_text(const CheckReport& report, std::size_t most = 5, const TableForm& form = {});

}  // namespace flnas
