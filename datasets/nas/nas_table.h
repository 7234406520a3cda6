// Tables of architecture-search benchmarks: the accuracies and costs of every cell of NAS-Bench-201. They do not know
// the operations of cells, networks or searches.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "datasets/nas/nas_csv.h"

namespace flnas {

class ColumnFile;

inline constexpr std::size_t kNasCells = 15625;  ///< indices of NAS-Bench-201

/// A figure of every cell by its index; NaN where the table has none. Valid as long as its table.
using NasColumn = std::span<const double>;

/// A group of proxies, each a column.
struct NasProxies {
  std::vector<std::string> names;
  std::vector<NasColumn> columns;
};

/// The figures of a data set that a search may see. The accuracies by which it is scored in the end are in NasScores,
/// which cannot be reached from here.
class NasSearchView {
 public:
  const std::string& dataset() const { return dataset_; }
  int epochs() const { return epochs_; }                ///< of the shortest schedule
  NasColumn validation() const { return validation_; }  ///< accuracy after it, percent; of every cell of the table
  /// NAS-Bench-Suite-Zero's 13 (of the cells without unreachable operations), and those of all cells; may be empty.
  const NasProxies& zc13() const { return zc13_; }
  const NasProxies& zc_full() const { return zc_full_; }
  /// A proxy of all cells that the table has not, by index; it lives as long as a copy of this view does.
  void add_zc_full(const std::string& name, std::vector<double> values);
  /// "latency" in ms or "energy" in mJ. Throws ConfigError naming the devices that have it.
  NasColumn cost(const std::string& device, const std::string& kind) const;
  bool has_cost(const std::string& device, const std::string& kind) const;
  std::vector<std::string> devices() const;  ///< those with latencies, sorted

 private:
  friend class NasTable;
  struct Cost {
    std::string device, kind;
    NasColumn column;
  };
  std::string dataset_;
  int epochs_ = 0;
  NasColumn validation_;
  NasProxies zc13_, zc_full_;
  std::vector<Cost> costs_;
  std::vector<std::shared_ptr<const std::vector<double>>> added_;
};

/// The figures by which a finished search is scored: test accuracy after the longest schedule, percent.
struct NasScores {
  std::string dataset;
  int epochs = 0;
  NasColumn test;
};

/// The CSV files of a folder (datasets/nas/README.md), checked once and then mapped:
///
///     CSV -> checks (nas_csv.h) -> <cache>/nas-<key>.columns -> mmap -> columns
///
/// The key is a SHA-256 of the files' names and contents: other files give another cache. A look-up takes nanoseconds.
class NasTable {
 public:
  /// Throws what read_nas_csv throws; DataError where a data set lacks a complete validation or a test accuracy;
  /// IoError where the cache cannot be written.
  static NasTable open(const std::filesystem::path& folder, const std::filesystem::path& cache);
  NasTable(NasTable&&) noexcept;
  ~NasTable();

  const NasTableInfo& info() const { return info_; }
  const std::string& sha256() const { return key_; }  ///< of the files
  /// "cifar10", "cifar100", "ImageNet16-120": those that the published table has first, in this order.
  const std::vector<std::string>& datasets() const { return datasets_; }

  bool has(std::size_t index) const;
  /// The six operations of a cell as a number of base 5, e01 being the highest digit; NaN where the table has none.
  NasColumn cells() const { return cells_; }

  /// Both throw ConfigError naming the nearest data set.
  NasSearchView search_view(const std::string& dataset) const;
  NasScores scores(const std::string& dataset) const;

 private:
  NasTable();
  std::unique_ptr<ColumnFile> file_;
  std::string key_;
  NasTableInfo info_;
  std::vector<std::string> datasets_, names_;  ///< names_: of the file's columns
  NasColumn cells_;
};

}  // namespace flnas
