#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "datasets/tables/table.h"
#include "harness/base/random.h"

namespace flnas {

using RowIndices = std::vector<std::size_t>;  ///< row numbers of a table
using RowPairs = std::vector<std::pair<std::size_t, std::size_t>>;

/// Images that a split must keep together: those of one lesion, and of lesions joined by a pair of images.
struct LesionUnit {
  std::string name;          ///< Row::unit() of its first lesion in the order of names
  std::vector<int> stratum;  ///< class, then the group of each attribute, of its first row
  RowIndices rows;

  /// 0 for 1 image, 1 for 2, 2 for 3 and 4, 3 for 5 to 8, ...
  int magnitude() const;
};

/// The units of the selected rows, in the order of their names. Pairs with a row that is not selected are passed over.
std::vector<LesionUnit> units_of(const Table& table, const RowIndices& selected, const RowPairs& joined = {});

/// Divides units into subsets with these shares of the images. Units with many images come first, within that they
/// stand by class, then groups, shuffled within each such stratum. Each goes to the subset that lags its share the
/// most, counted in images; so every contiguous part, hence every class and group, is close to the shares, and no
/// subset gets more than its share of large lesions.
std::vector<std::vector<LesionUnit>> divide_units(std::vector<LesionUnit> units, const std::vector<double>& shares,
                                                  Random& random);

/// Gives joined lesions one id (the first one's name, or its image's), so that whoever counts or resamples lesions sees
/// them as one. Pairs are image ids, as a split has them. Throws DataError for an image that is not in the table.
void join_units(Table& table, const std::vector<std::pair<std::string, std::string>>& joined);

RowIndices rows_of(const std::vector<LesionUnit>& units);

}  // namespace flnas
