#include "datasets/nas/nas_sheet.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "datasets/nas/nas_table.h"
#include "harness/base/error.h"

namespace flnas {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kFailedProxy = -1e8;

}  // namespace

NasSheet::NasSheet(const std::filesystem::path& file, std::optional<std::size_t> rows)
    : csv_(Csv::read(file)), row_of_(kNasCells, kNone) {
  const std::size_t column = csv_.column("index");
  for (std::size_t row = 0; row < csv_.rows(); ++row) {
    const double index = csv_.number(row, column);
    if (index != std::floor(index) || index < 0 || index >= static_cast<double>(kNasCells)) {
      fail(row, fmt::format("there is no index {}; they are 0 to {}", csv_.at(row, column), kNasCells - 1));
    }
    std::size_t& found = row_of_[static_cast<std::size_t>(index)];
    if (found != kNone) fail(row, fmt::format("index {} is here again, after line {}", index, csv_.line(found)));
    found = row;
  }
  if (!rows || csv_.rows() == *rows) return;
  const std::string next =
      *rows == kNasCells && csv_.rows() < *rows ? fmt::format(", the first missing index is {}", first_missing()) : "";
  throw DataError(fmt::format("{}: {} rows instead of {}{}; the file was cut or is another table: fetch it again",
                              csv_.where(), csv_.rows(), *rows, next));
}

std::vector<double> NasSheet::values(std::size_t column, NasKind kind) const {
  std::vector<double> values(kNasCells, kNaN);
  for (std::size_t index = 0; index < kNasCells; ++index) {
    if (has(index)) values[index] = value(row_of_[index], column, kind);
  }
  if (kind == NasKind::kAccuracy) require_percent(values, column);
  return values;
}

/// A whole column of accuracies up to 1 % is one of fractions.
void NasSheet::require_percent(const std::vector<double>& values, std::size_t column) const {
  double largest = 0;
  for (const double value : values) {
    if (value > largest) largest = value;
  }
  if (largest == 0 || largest > 1) return;
  throw DataError(
      fmt::format("{}: column '{}' holds fractions, up to {}; accuracies are in percent: multiply them by 100",
                  csv_.where(), csv_.header()[column], largest));
}

void NasSheet::fail(std::size_t row, const std::string& problem) const {
  throw DataError(fmt::format("{}:{}: {}", csv_.where(), csv_.line(row), problem));
}

std::size_t NasSheet::first_missing() const {
  return static_cast<std::size_t>(std::find(row_of_.begin(), row_of_.end(), kNone) - row_of_.begin());
}

double NasSheet::value(std::size_t row, std::size_t column, NasKind kind) const {
  const std::string& text = csv_.at(row, column);
  if (text.empty() && (kind == NasKind::kAccuracy || kind == NasKind::kProxy)) return kNaN;
  if (kind == NasKind::kProxy && text == "-inf") return kNaN;
  const double number = csv_.number(row, column);
  if (kind == NasKind::kProxy) return number <= kFailedProxy ? kNaN : number;
  if (kind == NasKind::kLatency && number == -1) return kNaN;
  if (kind == NasKind::kAccuracy && (number < 0 || number > 100)) {
    fail(row, fmt::format("{} in column '{}' is no accuracy in percent", text, csv_.header()[column]));
  }
  if (kind != NasKind::kAccuracy && number <= 0) {
    fail(row, fmt::format("{} in column '{}' is not above 0{}", text, csv_.header()[column],
                          kind == NasKind::kLatency ? ", nor -1 for what cannot be measured" : ""));
  }
  return number;
}

}  // namespace flnas
