// Predictions of any model as rows, groups and scores, from any CSV file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "datasets/adapters/adapter.h"
#include "harness/records/predictions.h"

namespace flnas {

/// Which columns of a table hold what.
struct TableColumns {
  std::string label = "label";
  std::string prediction = "prediction";
  std::string score;     ///< of the positive class; blank: p_<class> columns, where each class has one
  std::string positive;  ///< a class; blank: of two classes 1, true, yes, positive or malignant
  std::string unit;      ///< rows of the same unit (a patient) are not independent; blank: each row is
  std::string id;        ///< names a row in several files; blank: "image" or "id", where that names each row once
  /// "race", each value of which is a group; "race:Asian:Other", these groups and `other` for all further values;
  /// "age:30:66", a number cut there: "<30", "30 to <66", ">=66".
  std::vector<std::string> attributes;
};

/// A file of predictions with the meaning of its classes and groups.
struct PredictionTable {
  Predictions predictions;  ///< attributes hold names of groups, blank where unknown
  Adapter adapter;          ///< the file's own: its classes, its attributes, every pair of an attribute's groups
  Task task;
  std::vector<double> scores;      ///< [rows] of the positive class, on any scale; empty: none
  std::vector<std::string> ids;    ///< [rows]; empty: rows have no names
  std::vector<std::string> notes;  ///< what was guessed, is missing, or contradicts itself, one sentence each
};

/// Reads a table from CSV text; `where` names it in messages. Class names can be any words or numbers ("1" and "1.0"
/// are the same; True and False are 1 and 0 where the other column has those). More than two classes with a `positive`
/// one become that class and the rest. A group's name is its value where there is one attribute, else "race=Asian", so
/// that equal values of two attributes differ. Blank, "unknown", "na", "n/a", "nan" and "null" mean unknown, as do ages
/// outside 0 to 120. Throws DataError with file and line: a column that is missing (naming the nearest), a blank class,
/// a score that is no number, labels and predictions without a common class, one class only, a score that is higher for
/// what was predicted negative. Throws ConfigError where two classes need a `positive`, for an attribute of more than
/// 20 values without cuts, and for names that do not occur.
PredictionTable parse_table(std::string_view text, std::string where, const TableColumns& columns);

/// Predictions in the form that an adapter describes, as read_predictions(). Words that are in no group of an attribute
/// form the group "race=other", which is in no pair; numbers that are in no group are an error.
PredictionTable table_of(Predictions predictions, Adapter adapter);

/// Throws DataError with file and line if a row's probabilities do not sum to 1 within a rounding to two digits.
/// Returns how many rows' prediction is not their most probable class.
std::size_t check_probabilities(const Predictions& predictions);

}  // namespace flnas
