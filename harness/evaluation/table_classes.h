// Part of prediction_table.cc: what the cells of the label and prediction columns mean.
#pragma once

#include <string>
#include <vector>

#include "harness/base/csv.h"
#include "harness/evaluation/prediction_table.h"

namespace flnas {

/// Labels and predictions of all rows as names of classes.
struct TableClasses {
  std::vector<std::string> labels, predictions;  ///< [rows]
  Task task;
};

/// See parse_table. Adds to `notes` what was guessed.
TableClasses read_classes(const Csv& csv, const TableColumns& columns, std::vector<std::string>& notes);

/// Without blanks at either end.
std::string trimmed(const std::string& text);

/// A number in its shortest form ("1" for "1.0" and "01"), blank for other text.
std::string plain_number(const std::string& text);

std::string lower_case(std::string text);

}  // namespace flnas
