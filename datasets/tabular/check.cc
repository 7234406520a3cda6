#include "datasets/tabular/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "harness/base/plural.h"

namespace flnas {
namespace {

constexpr std::size_t kMostValues = 50;    ///< of a feature, to be read as classes of rows
constexpr std::size_t kRowsOfAValue = 10;  ///< on average
constexpr double kTelling = 0.99;

/// One feature over all rows, with the rows' classes.
struct Column {
  std::vector<double> values;
  std::vector<int> labels;
};

Column column_of(const Table& table, std::size_t feature) {
  Column column;
  for (const Row& row : table.rows) {
    column.values.push_back(row.features[feature]);
    column.labels.push_back(row.label);
  }
  return column;
}

/// Share of rows that are right where each value answers with its most frequent class; 0 with many values, and where
/// few rows share one, so that they would be right by chance.
double share_told(const Column& column) {
  std::map<double, std::map<int, std::size_t>> counts;
  for (std::size_t i = 0; i < column.values.size(); ++i) ++counts[column.values[i]][column.labels[i]];
  if (counts.size() > kMostValues || column.values.size() < kRowsOfAValue * counts.size()) return 0;
  std::size_t right = 0;
  for (const auto& [value, classes] : counts) {
    right += std::max_element(classes.begin(), classes.end(), [](const auto& a, const auto& b) {
               return a.second < b.second;
             })->second;
  }
  return static_cast<double>(right) / static_cast<double>(column.values.size());
}

/// Area under the ROC curve for the last class, by ranks, ties counted half; one half without two classes.
double auroc(const Column& column) {
  std::vector<std::pair<double, bool>> sorted;
  const int positive = *std::max_element(column.labels.begin(), column.labels.end());
  for (std::size_t i = 0; i < column.values.size(); ++i) {
    sorted.emplace_back(column.values[i], column.labels[i] == positive);
  }
  std::sort(sorted.begin(), sorted.end());
  double below = 0, won = 0, positives = 0;
  for (std::size_t i = 0; i < sorted.size();) {
    double here = 0, negatives = 0;
    const double value = sorted[i].first;
    for (; i < sorted.size() && sorted[i].first == value; ++i) (sorted[i].second ? here : negatives) += 1;
    won += here * (below + negatives / 2);
    below += negatives;
    positives += here;
  }
  return positives > 0 && below > 0 ? won / (positives * below) : 0.5;
}

/// The most frequent class's share.
double base_rate(const Column& column) {
  std::map<int, std::size_t> counts;
  std::size_t most = 0;
  for (const int label : column.labels) most = std::max(most, ++counts[label]);
  return static_cast<double>(most) / static_cast<double>(column.labels.size());
}

bool tells_the_class(const Column& column, std::size_t classes) {
  if (base_rate(column) >= kTelling) return false;
  if (share_told(column) >= kTelling) return true;
  const double area = classes == 2 ? auroc(column) : 0.5;
  return area >= kTelling || area <= 1 - kTelling;
}

/// What is wrong with a feature; blank where nothing is.
std::string problem_of(const Table& table, std::size_t index) {
  const Feature& feature = table.adapter.features[index];
  const Column column = column_of(table, index);
  const auto& values = column.values;
  if (is_identifier(feature.name)) return "looks like a direct identifier of people; leave it out of the features";
  if (std::all_of(values.begin(), values.end(), [&](double value) { return value == values.front(); })) {
    return "has one value in all rows; leave it out of the features";
  }
  const bool rises =
      std::adjacent_find(values.begin(), values.end(), [](double a, double b) { return a >= b; }) == values.end();
  if (feature.categories.empty() && values.size() > 2 && rises) {
    return "numbers the rows; leave it out of the features";
  }
  if (tells_the_class(column, table.adapter.classes.size())) {
    return fmt::format(
        "tells '{}' by itself, as what was written down after the outcome does; leave it out of the features",
        table.adapter.labels_column);
  }
  return {};
}

}  // namespace

bool is_identifier(const std::string& column) {
  static const std::set<std::string> kWhole = {"name", "names", "first",   "last",   "email", "mail",    "phone",
                                               "ssn",  "dob",   "address", "street", "zip",   "postcode"};
  static const std::set<std::string> kTogether = {"fullname",
                                                  "firstname",
                                                  "lastname",
                                                  "middlename",
                                                  "surname",
                                                  "forename",
                                                  "givenname",
                                                  "familyname",
                                                  "birthdate",
                                                  "birthday",
                                                  "dateofbirth",
                                                  "emailaddress",
                                                  "phonenumber",
                                                  "telephone",
                                                  "mobile",
                                                  "passport",
                                                  "casenumber",
                                                  "insurancenumber",
                                                  "socialsecuritynumber",
                                                  "ipaddress",
                                                  "medicalrecordnumber",
                                                  "mrn",
                                                  "licenseplate"};
  std::string together;
  for (const char c : column) {
    if (std::isalnum(static_cast<unsigned char>(c)))
      together += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  if (kWhole.contains(together) || kTogether.contains(together)) return true;
  // "c_case_number": the words at the end.
  return std::any_of(kTogether.begin(), kTogether.end(), [&](const std::string& word) {
    return word.size() > 6 && together.ends_with(word) && together.size() <= word.size() + 2;
  });
}

std::vector<std::string> feature_problems(const Table& table) {
  std::vector<std::string> problems;
  for (std::size_t i = 0; i < table.adapter.features.size(); ++i) {
    const std::string problem = problem_of(table, i);
    if (problem.empty()) continue;
    problems.push_back(fmt::format("feature '{}' {}", table.adapter.features[i].name, problem));
  }
  return problems;
}

CheckReport check_table(const Table& table) {
  CheckReport report = count_rows(table);
  judge_rows(table, report);
  for (auto& problem : feature_problems(table)) report.problems.push_back(std::move(problem));
  for (const auto& [feature, rows] : table.unlisted) {
    report.warnings.push_back(
        fmt::format("feature '{}': {} with a category that the adapter does not list, which become one", feature,
                    counted(static_cast<long long>(rows), "row")));
  }
  for (const Attribute& attribute : table.adapter.attributes) {
    if (attribute.groups.size() > 1) continue;
    report.warnings.push_back(
        fmt::format("attribute '{}' has one group: there is nothing to compare it with; name the "
                    "others in the adapter",
                    attribute.name));
  }
  for (const auto& column : table.columns) {
    if (!is_identifier(column)) continue;
    report.warnings.push_back(
        fmt::format("column '{}' looks like a direct identifier of people: it is not used; remove it before the table "
                    "is passed on",
                    column));
  }
  return report;
}

}  // namespace flnas
