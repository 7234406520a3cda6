// Records layer: the files that commands write and read. It does not know models, training, tensors or the layout of
// reports.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/records/files.h"

namespace flnas {

/// The prediction for one image. Attribute values are raw text as in the metadata, blank if missing.
struct PredictionRow {
  std::string image;
  std::string lesion;  // blank: the image is a lesion of its own
  std::string subset;
  std::string fold;                     // in pooled predictions, the fold whose model predicted the row; else blank
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
  std::string where = kPredictionsFile;
};

/// Reads predictions of any model. Only `label` and `prediction` are required; `attributes` are read if they are there,
/// other columns are ignored. Throws DataError with file and line: a required column is missing (naming the nearest), a
/// column looks like a misspelt one, a probability is outside [0, 1], an image is twice in a subset (in "validation",
/// twice in a fold), a label or prediction is blank or not among the classes of the p_ columns.
Predictions read_predictions(const std::filesystem::path& file, const std::vector<std::string>& attributes);
Predictions parse_predictions(std::string_view text, std::string where, const std::vector<std::string>& attributes);

/// Writes the file whole or not at all, with all columns (`fold` where a row has one); probabilities with as many
/// digits as a float holds.
std::string predictions_text(const Predictions& predictions);
void write_predictions(const std::filesystem::path& file, const Predictions& predictions);

}  // namespace flnas
