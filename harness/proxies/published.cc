#include "harness/proxies/published.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "harness/base/csv.h"
#include "harness/base/error.h"
#include "harness/metrics/comparison/rank_correlation.h"
#include "harness/nn/nas_bench_201/nas_bench_201.h"
#include "harness/proxies/proxies.h"

namespace flnas::proxies {
namespace {

constexpr double kUndefined = -1e8;

bool is_undefined(const std::string& text) { return text.empty() || text == "inf" || text == "-inf" || text == "nan"; }

/// The values of the cells that both have.
struct Pairs {
  std::vector<double> a, b;
};

Pairs pairs_of(const std::map<std::size_t, double>& a, const std::map<std::size_t, double>& b) {
  Pairs pairs;
  for (const auto& [cell, value] : a) {
    const auto other = b.find(cell);
    if (other == b.end() || !std::isfinite(value) || !std::isfinite(other->second)) continue;
    pairs.a.push_back(value);
    pairs.b.push_back(other->second);
  }
  return pairs;
}

/// zc13_DATASET.csv, or where it is not there zc13_DATASET_PART.csv.
std::filesystem::path file_of(const std::filesystem::path& folder, const std::string& data_set) {
  const std::filesystem::path whole = folder / ("zc13_" + data_set + ".csv");
  if (std::filesystem::exists(whole) || !std::filesystem::is_directory(folder)) return whole;
  std::vector<std::filesystem::path> parts;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name.rfind("zc13_" + data_set + "_", 0) == 0 && name.ends_with(".csv")) parts.push_back(entry.path());
  }
  return parts.empty() ? whole : *std::min_element(parts.begin(), parts.end());
}

std::size_t cell_of(const Csv& csv, std::size_t row, std::size_t column) {
  const double value = csv.number(row, column);
  if (value != std::floor(value) || value < 0 || value >= static_cast<double>(nn::kCellCount)) {
    throw DataError(fmt::format("{}:{}: index '{}' is not a cell's (0 to {})", csv.where(), csv.line(row),
                                csv.at(row, column), nn::kCellCount - 1));
  }
  return static_cast<std::size_t>(value);
}

}  // namespace

PublishedProxies read_published(const std::filesystem::path& folder, const std::string& data_set) {
  const Csv csv = Csv::read(file_of(folder, data_set));
  const std::size_t index = csv.column("index");
  PublishedProxies published;
  for (const auto& name : proxy_names()) {
    const std::size_t column = csv.column(name);
    auto& values = published[name];
    for (std::size_t row = 0; row < csv.rows(); ++row) {
      if (is_undefined(csv.at(row, column))) continue;
      const double value = csv.number(row, column);
      if (value > kUndefined) values[cell_of(csv, row, index)] = value;
    }
  }
  return published;
}

std::vector<ProxyAgreement> compare_published(const PublishedProxies& ours, const PublishedProxies& published,
                                              const PublishedProxies& other) {
  std::vector<ProxyAgreement> agreements;
  for (const auto& [name, values] : ours) {
    const auto known = published.find(name);
    if (known == published.end()) continue;
    const Pairs pairs = pairs_of(values, known->second);
    ProxyAgreement agreement{.proxy = name, .cells = pairs.a.size()};
    agreement.spearman = metrics::spearman(pairs.a, pairs.b);
    for (std::size_t i = 0; i < pairs.a.size(); ++i) {
      agreement.greatest_difference = std::max(agreement.greatest_difference, std::abs(pairs.a[i] - pairs.b[i]));
    }
    if (const auto second = other.find(name); second != other.end()) {
      std::map<std::size_t, double> same;
      for (const auto& [cell, value] : known->second) {
        if (values.count(cell)) same[cell] = value;
      }
      const Pairs both = pairs_of(same, second->second);
      const double spearman = metrics::spearman(both.a, both.b);
      if (!std::isnan(spearman)) agreement.published = spearman;
    }
    agreements.push_back(agreement);
  }
  return agreements;
}

}  // namespace flnas::proxies
