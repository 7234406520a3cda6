// Results layer: records, predictions, their metrics, and the verification that recomputes them.
// It does not know models, training, tensors or report layout; it reads and writes files.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace flnas {

/// One image's answer. Attribute values are raw text as in the metadata, blank where missing.
struct PredictionRow {
  std::string image;
  std::string lesion;  // blank: a lesion of its own
  std::string subset;
  std::string fold;                     // of pooled predictions: whose model answered; else blank
  std::string label;                    // class name
  std::string prediction;               // class name
  std::vector<std::string> attributes;  // in the order of Predictions::attributes
  std::vector<float> probabilities;     // in the order of Predictions::classes, or empty
  std::size_t line = 0;                 // where it was read from
};

/// A predictions.csv: image,lesion,subset[,fold],label,prediction,<attribute>...,p_<class>...
struct Predictions {
  std::vector<std::string> attributes;  // raw columns that are there: "sex", "age"
  std::vector<std::string> classes;     // of the p_ columns; empty: the file has none
  std::vector<PredictionRow> rows;
  std::string where = "predictions.csv";
};

/// Reads anyone's predictions. Only `label` and `prediction` are required; of `attributes` those that are there are
/// read, other columns are ignored. Throws DataError with file and line: a required column missing (naming the
/// nearest), a column that looks like a misspelt one, a probability outside [0, 1], one image twice in a subset (in
/// "validation": twice in one fold), a label or prediction that is not among the p_ columns' classes, a blank one.
Predictions read_predictions(const std::filesystem::path& file, const std::vector<std::string>& attributes);
Predictions parse_predictions(std::string_view text, std::string where, const std::vector<std::string>& attributes);

/// Writes the file whole or not at all, with all columns (`fold` where a row has one); probabilities with as many
/// digits as a float holds.
std::string predictions_text(const Predictions& predictions);
void write_predictions(const std::filesystem::path& file, const Predictions& predictions);

}  // namespace flnas
