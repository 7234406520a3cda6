#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace flnas {

/// What table.json says of a table that is not the published one. Without that file a folder has to hold all 15,625
/// cells of NAS-Bench-201.
struct NasTableInfo {
  std::string name = "NAS-Bench-201 and HW-NAS-Bench";
  std::size_t cells = 15625;  ///< rows of nb201_arch_acc.csv and of each hw_*.csv
  std::string note;           ///< how it was made

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("name", self.name, "what the table is called in reports");
    visit("cells", self.cells, "rows of the table");
    visit("note", self.note, "how it was made");
  }
};

/// A folder of tables as columns, each with a value for every index 0..15624: NaN where the table has none. Names:
///
///     cell                             e01..e23 as a number of base 5, e01 being the highest digit
///     cifar10/validation/12            accuracies in percent: data set, subset, epochs of the schedule
///     cifar10/latency/edgegpu          milliseconds; NaN for -1, which means that it could not be measured
///     cifar10/energy/edgegpu           millijoules
///     cifar10/zc13/fisher              proxies of NAS-Bench-Suite-Zero; NaN for blank, -inf and its mark -1e8
///     cifar10/zc_full/naswot           proxies of the whole space; the same
struct NasColumns {
  NasTableInfo info;
  std::map<std::string, std::vector<double>> columns;
};

/// Reads nb201_arch_acc.csv, hw_*.csv, zc13_*.csv, zc_full_*.csv and table.json of the folder.
/// Throws DataError, with file and line where there is one: a missing file; an index that is missing, twice or out of
/// range; an architecture string and codes that differ; a cell that is not a number or out of range.
NasColumns read_nas_csv(const std::filesystem::path& folder);

/// The CSV and JSON files of the folder that make up the table, sorted. Throws DataError where there is no such folder.
std::vector<std::filesystem::path> nas_files(const std::filesystem::path& folder);

}  // namespace flnas
