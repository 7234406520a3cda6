#include "harness/records/predictions.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <iterator>
#include <map>
#include <optional>

#include "harness/base/csv.h"
#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/names.h"

namespace flnas {
namespace {

constexpr std::string_view kProbability = "p_";
constexpr double kRounding = 1e-6;  // a softmax in float may end just above 1

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

/// A slip of the pen ("leison", "Age") or the name in another file ("lesion_id", "age_approx").
bool looks_like(const std::string& name, const std::string& known) {
  const std::string text = lower(name);
  const std::size_t edits = edit_distance(text, known);
  return edits <= 1 || (edits == 2 && text[0] == known[0]) || text.rfind(known + "_", 0) == 0;
}

/// Throws where a column that would be ignored looks like one that is missing.
void check_spelling(const Csv& csv, const std::vector<std::string>& optional) {
  std::vector<std::string> missing;
  std::copy_if(optional.begin(), optional.end(), std::back_inserter(missing),
               [&](const std::string& known) { return !csv.find(known); });
  for (const auto& name : csv.header()) {
    if (name.empty() || std::find(optional.begin(), optional.end(), name) != optional.end()) continue;
    for (const auto& known : missing) {
      if (!looks_like(name, known)) continue;
      throw DataError(
          fmt::format("{}:1: column '{}' looks like '{}'; rename it, or remove it", csv.where(), name, known));
    }
  }
}

/// Where each field of a row stands in the file.
struct Columns {
  Columns(const Csv& csv, const std::vector<std::string>& wanted, Predictions& predictions)
      : label(csv.column("label")),
        prediction(csv.column("prediction")),
        image(csv.find("image")),
        lesion(csv.find("lesion")),
        subset(csv.find("subset")),
        fold(csv.find("fold")) {
    std::vector<std::string> optional{"image", "lesion", "subset"};
    optional.insert(optional.end(), wanted.begin(), wanted.end());
    check_spelling(csv, optional);
    for (const auto& name : wanted) {
      if (!csv.find(name)) continue;
      attributes.push_back(csv.column(name));
      predictions.attributes.push_back(name);
    }
    for (const auto& name : csv.header()) {
      if (name.rfind(kProbability, 0) != 0) continue;
      probabilities.push_back(csv.column(name));
      predictions.classes.push_back(name.substr(kProbability.size()));
    }
    if (probabilities.size() == 1) {
      throw DataError(fmt::format("{}:1: only one probability column, p_{}; give one for each class, or none",
                                  csv.where(), predictions.classes[0]));
    }
  }

  std::size_t label, prediction;
  std::optional<std::size_t> image, lesion, subset, fold;
  std::vector<std::size_t> attributes, probabilities;
};

std::string cell(const Csv& csv, std::size_t row, std::optional<std::size_t> column) {
  return column ? csv.at(row, *column) : std::string();
}

std::string class_cell(const Csv& csv, std::size_t row, std::size_t column, const std::vector<std::string>& classes) {
  const std::string& name = csv.at(row, column);
  if (name.empty()) {
    throw DataError(
        fmt::format("{}:{}: the {} is blank; every row needs one", csv.where(), csv.line(row), csv.header()[column]));
  }
  if (!classes.empty() && std::find(classes.begin(), classes.end(), name) == classes.end()) {
    throw DataError(fmt::format("{}:{}: {}", csv.where(), csv.line(row),
                                unknown_name("class in column '" + csv.header()[column] + "',", name, classes)));
  }
  return name;
}

float probability(const Csv& csv, std::size_t row, std::size_t column) {
  const double value = csv.number(row, column);
  if (value < 0 || value > 1 + kRounding) {
    throw DataError(fmt::format("{}:{}: {} in column '{}' is not a probability; it has to lie in 0 to 1", csv.where(),
                                csv.line(row), csv.at(row, column), csv.header()[column]));
  }
  return static_cast<float>(value);
}

void check_repeats(const Predictions& predictions) {
  std::map<std::pair<std::string, std::string>, std::size_t> seen;
  for (const auto& row : predictions.rows) {
    if (row.image.empty()) continue;
    // each fold has its own validation images
    const std::string part = row.subset == "validation" ? row.subset + " " + row.fold : row.subset;
    const auto [first, added] = seen.emplace(std::pair(part, row.image), row.line);
    if (!added) {
      throw DataError(fmt::format("{}:{}: image '{}' is already on line {}; keep one of them", predictions.where,
                                  row.line, row.image, first->second));
    }
  }
}

}  // namespace

Predictions parse_predictions(std::string_view text, std::string where, const std::vector<std::string>& attributes) {
  const Csv csv = Csv::parse(text, where);
  Predictions predictions;
  predictions.where = std::move(where);
  const Columns columns(csv, attributes, predictions);
  for (std::size_t at = 0; at < csv.rows(); ++at) {
    PredictionRow row;
    row.line = csv.line(at);
    row.image = cell(csv, at, columns.image);
    row.lesion = cell(csv, at, columns.lesion);
    row.subset = cell(csv, at, columns.subset);
    row.fold = cell(csv, at, columns.fold);
    row.label = class_cell(csv, at, columns.label, predictions.classes);
    row.prediction = class_cell(csv, at, columns.prediction, predictions.classes);
    for (const std::size_t column : columns.attributes) row.attributes.push_back(csv.at(at, column));
    for (const std::size_t column : columns.probabilities) row.probabilities.push_back(probability(csv, at, column));
    predictions.rows.push_back(std::move(row));
  }
  check_repeats(predictions);
  return predictions;
}

Predictions read_predictions(const std::filesystem::path& file, const std::vector<std::string>& attributes) {
  if (!std::filesystem::is_regular_file(file) && !std::filesystem::is_fifo(file))  // `<(command)` is a pipe
    throw DataError(fmt::format("{}: no such file; give predictions, such as `flnas evaluate` writes", file.string()));
  return parse_predictions(read_file(file), file.string(), attributes);
}

std::string predictions_text(const Predictions& predictions) {
  const bool folds = std::any_of(predictions.rows.begin(), predictions.rows.end(),
                                 [](const PredictionRow& row) { return !row.fold.empty(); });
  std::vector<std::string> fields{"image", "lesion", "subset"};
  if (folds) fields.emplace_back("fold");
  fields.insert(fields.end(), {"label", "prediction"});
  fields.insert(fields.end(), predictions.attributes.begin(), predictions.attributes.end());
  for (const auto& name : predictions.classes) fields.push_back(std::string(kProbability) + name);
  std::string text = csv_row(fields) + "\n";
  for (const auto& row : predictions.rows) {
    fields = {row.image, row.lesion, row.subset};
    if (folds) fields.push_back(row.fold);
    fields.insert(fields.end(), {row.label, row.prediction});
    fields.insert(fields.end(), row.attributes.begin(), row.attributes.end());
    for (const float value : row.probabilities) fields.push_back(fmt::format("{}", value));
    text += csv_row(fields) + "\n";
  }
  return text;
}

void write_predictions(const std::filesystem::path& file, const Predictions& predictions) {
  write_file(file, predictions_text(predictions));
}

}  // namespace flnas
