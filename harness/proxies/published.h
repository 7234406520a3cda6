#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace flnas::proxies {

/// Published proxies of NAS-Bench-201's cells: by proxy, by cell index.
/// Source: NAS-Bench-Suite-Zero, on the data set's own images and other random weights.
using PublishedProxies = std::map<std::string, std::map<std::size_t, double>>;

/// FOLDER/zc13_DATASET.csv, or zc13_DATASET_PART.csv with some of the cells, keyed by `index`. Blank cells, infinities,
/// nan, and -1e8, which stands for an undefined value, are left out. Throws DataError naming file, line and column.
PublishedProxies read_published(const std::filesystem::path& folder, const std::string& data_set);

/// The agreement of our values with the published ones, over the cells that have both.
struct ProxyAgreement {
  std::string proxy;
  std::size_t cells = 0;
  double spearman = 0;              ///< NaN where it is undefined
  double greatest_difference = 0;   ///< of |ours - published|
  std::optional<double> published;  ///< Spearman of the published values with another data set's, same cells
};

/// One row per proxy that both have, by name. `ours`: proxy -> cell -> value; values that are not finite are left out.
/// `other`: another data set's published values, which tell how repeatable a proxy is.
std::vector<ProxyAgreement> compare_published(const PublishedProxies& ours, const PublishedProxies& published,
                                              const PublishedProxies& other);

}  // namespace flnas::proxies
