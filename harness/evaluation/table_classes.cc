#include "harness/evaluation/table_classes.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <set>

#include "harness/base/error.h"
#include "harness/base/names.h"
#include "harness/base/text.h"

namespace flnas {
namespace {

constexpr std::size_t kMostClasses = 100;

using Names = std::set<std::string>;

bool all(const Names& names, const std::vector<std::string>& of) {
  return std::all_of(names.begin(), names.end(),
                     [&](const auto& name) { return std::find(of.begin(), of.end(), lower_case(name)) != of.end(); });
}

bool all_numbers(const Names& names) {
  return std::none_of(names.begin(), names.end(), [](const auto& name) { return plain_number(name).empty(); });
}

std::vector<std::string> read_column(const Csv& csv, const std::string& name, const char* usual) {
  if (name == usual && !csv.find(name)) {
    throw DataError(fmt::format("{}:1: no column '{}'; say which one it is: --{} COLUMN (columns: {})", csv.where(),
                                name, usual, one_line(fmt::format("{}", fmt::join(csv.header(), ", ")), 200)));
  }
  const std::size_t column = csv.column(name);
  std::vector<std::string> cells;
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    cells.push_back(trimmed(csv.at(row, column)));
    const std::string lower = lower_case(cells.back());
    if (!lower.empty() && lower != "nan") continue;
    throw DataError(fmt::format("{}:{}: '{}' is {}; every row needs a class there, or has to be left out", csv.where(),
                                csv.line(row), name, lower.empty() ? "blank" : "NaN"));
  }
  return cells;
}

Names names_of(const std::vector<std::string>& cells) { return {cells.begin(), cells.end()}; }

void replace(std::vector<std::string>& cells, const auto& form) {
  for (auto& cell : cells) cell = form(cell);
}

/// "1.0" beside "1", and True beside 1, are the same class.
void match_spellings(std::vector<std::string>& labels, std::vector<std::string>& predictions) {
  const std::vector<std::string> words{"true", "false"}, digits{"0", "1"};
  const auto digit = [](const std::string& cell) { return std::string(lower_case(cell) == "true" ? "1" : "0"); };
  for (auto* column : {&labels, &predictions}) {
    if (all_numbers(names_of(*column))) replace(*column, plain_number);
  }
  if (all(names_of(labels), digits) && all(names_of(predictions), words)) replace(predictions, digit);
  if (all(names_of(predictions), digits) && all(names_of(labels), words)) replace(labels, digit);
}

std::vector<std::string> in_order(const Names& names) {
  std::vector<std::string> order(names.begin(), names.end());
  if (all_numbers(names)) {
    std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return std::stod(a) < std::stod(b); });
  }
  return order;
}

std::string quoted(const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 6;
  std::vector<std::string> shown;
  for (std::size_t i = 0; i < std::min(names.size(), kShown); ++i) shown.push_back("'" + names[i] + "'");
  return fmt::format("{}{}", fmt::join(shown, ", "),
                     names.size() > kShown ? fmt::format(" and {} more", names.size() - kShown) : "");
}

/// Of two classes the one that everybody would call positive; blank where there is none.
std::string usual_positive(const std::vector<std::string>& classes) {
  static constexpr std::array<std::array<const char*, 2>, 8> kUsual = {{{"0", "1"},
                                                                        {"-1", "1"},
                                                                        {"false", "true"},
                                                                        {"no", "yes"},
                                                                        {"n", "y"},
                                                                        {"negative", "positive"},
                                                                        {"neg", "pos"},
                                                                        {"benign", "malignant"}}};
  for (const auto& [negative, positive] : kUsual) {
    for (const std::size_t at : {0U, 1U}) {
      if (lower_case(classes[at]) == positive && lower_case(classes[1 - at]) == negative) return classes[at];
    }
  }
  return {};
}

void require_common(const Csv& csv, const TableColumns& columns, const Names& labels, const Names& predictions) {
  const bool common =
      std::any_of(labels.begin(), labels.end(), [&](const auto& name) { return predictions.count(name) > 0; });
  const auto scores_like = [](const Names& names) { return names.size() > 2 && all_numbers(names); };
  if ((!common && scores_like(predictions)) || predictions.size() > kMostClasses) {
    throw DataError(
        fmt::format("{}:1: '{}' has {} different values, which look like scores and not like the classes {} "
                    "of '{}'; give classes as --prediction and scores as --score",
                    csv.where(), columns.prediction, predictions.size(), quoted(in_order(labels)), columns.label));
  }
  Names together = labels;
  together.insert(predictions.begin(), predictions.end());
  if (common || (together.size() == 2 && !usual_positive(in_order(together)).empty()))
    return;  // or every answer is wrong
  throw DataError(fmt::format("{}:1: '{}' has {} and '{}' has {}: no class in common; both have to name classes alike",
                              csv.where(), columns.label, quoted(in_order(labels)), columns.prediction,
                              quoted(in_order(predictions))));
}

}  // namespace

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(" \t\r"), last = text.find_last_not_of(" \t\r");
  return first == text.npos ? std::string() : text.substr(first, last - first + 1);
}

std::string plain_number(const std::string& text) {
  double value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return {};
  return fmt::format("{}", value == 0 ? 0.0 : value);
}

std::string lower_case(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

TableClasses read_classes(const Csv& csv, const TableColumns& columns, std::vector<std::string>& notes) {
  TableClasses found{read_column(csv, columns.label, "label"), read_column(csv, columns.prediction, "prediction"), {}};
  if (csv.rows() == 0) throw DataError(fmt::format("{}: no rows below the header", csv.where()));
  match_spellings(found.labels, found.predictions);
  const Names labels = names_of(found.labels), predictions = names_of(found.predictions);
  require_common(csv, columns, labels, predictions);
  Names together = labels;
  together.insert(predictions.begin(), predictions.end());
  auto classes = in_order(together);

  std::string positive = trimmed(columns.positive);
  if (!positive.empty()) {
    const std::string number = plain_number(positive);
    if (!number.empty() && together.count(number) > 0) positive = number;
    if (together.count("1") > 0 && together.count("true") == 0 && lower_case(positive) == "true") positive = "1";
    if (together.count(positive) == 0) {
      throw ConfigError(fmt::format("{}: {}", csv.where(), unknown_name("class of --positive,", positive, classes)));
    }
  }
  if (classes.size() < 2 && !positive.empty()) {
    classes.insert(classes.begin(), "not " + positive);  // every row is positive, and rates of the others are undefined
  } else if (classes.size() < 2) {
    throw DataError(
        fmt::format("{}: every label and every prediction is '{}'; metrics need two classes", csv.where(), classes[0]));
  }
  if (labels.size() == 1) {
    notes.push_back(fmt::format(
        "every label is '{}': rates of the other class, AUROC and balanced accuracy tell nothing", *labels.begin()));
  }
  if (classes.size() > 2 && !positive.empty()) {
    const std::string rest = "not " + positive;
    notes.push_back(fmt::format("{} of {} classes is judged against the rest", positive, classes.size()));
    const auto collapse = [&](const std::string& name) { return name == positive ? positive : rest; };
    replace(found.labels, collapse);
    replace(found.predictions, collapse);
    classes = {rest, positive};
  }
  if (classes.size() == 2 && positive.empty()) {
    positive = usual_positive(classes);
    if (positive.empty()) {
      throw ConfigError(
          fmt::format("{}: of the classes '{}' and '{}' one is the positive one; say which: --positive {}", csv.where(),
                      classes[0], classes[1], classes[1]));
    }
    notes.push_back(fmt::format("--positive is not given: taken is '{}'", positive));
  }
  found.task.name = "table";
  found.task.classes = classes;
  for (std::size_t c = 0; c < classes.size(); ++c) found.task.class_of.push_back(static_cast<int>(c));
  if (classes.size() == 2) found.task.positive = classes[1] == positive ? 1 : 0;
  return found;
}

}  // namespace flnas
