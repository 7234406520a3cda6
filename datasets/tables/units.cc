#include "datasets/tables/units.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <set>

namespace flnas {
namespace {

/// LesionUnit name -> name of the unit that it is joined to, itself joined to none: the first in the order of names.
class JoinedNames {
 public:
  void join(const std::string& a, const std::string& b) {
    const std::string first = root(a), second = root(b);
    if (first != second) next_[std::max(first, second)] = std::min(first, second);
  }
  std::string root(std::string name) const {
    for (auto found = next_.find(name); found != next_.end(); found = next_.find(name)) name = found->second;
    return name;
  }

 private:
  std::map<std::string, std::string> next_;
};

}  // namespace

int LesionUnit::magnitude() const { return static_cast<int>(std::bit_width(rows.size() - 1)); }

std::vector<LesionUnit> units_of(const Table& table, const RowIndices& selected, const RowPairs& joined) {
  const std::set<std::size_t> here(selected.begin(), selected.end());
  JoinedNames names;
  for (const auto& [a, b] : joined) {
    if (here.contains(a) && here.contains(b)) names.join(table.rows[a].unit(), table.rows[b].unit());
  }
  std::map<std::string, LesionUnit> by_name;
  for (const std::size_t row : selected) {
    const std::string name = names.root(table.rows[row].unit());
    LesionUnit& unit = by_name[name];
    if (unit.rows.empty()) {
      unit.name = name;
      unit.stratum = {table.rows[row].label};
      unit.stratum.insert(unit.stratum.end(), table.rows[row].groups.begin(), table.rows[row].groups.end());
    }
    unit.rows.push_back(row);
  }
  std::vector<LesionUnit> units;
  for (auto& [name, unit] : by_name) units.push_back(std::move(unit));
  return units;
}

std::vector<std::vector<LesionUnit>> divide_units(std::vector<LesionUnit> units, const std::vector<double>& shares,
                                                  Random& random) {
  random.shuffle(units);
  std::stable_sort(units.begin(), units.end(), [](const LesionUnit& a, const LesionUnit& b) {
    const int order = a.magnitude() - b.magnitude();
    return order != 0 ? order > 0 : a.stratum < b.stratum;
  });
  std::vector<std::vector<LesionUnit>> subsets(shares.size());
  std::vector<double> images(shares.size(), 0);
  double seen = 0;
  for (LesionUnit& unit : units) {
    const auto size = static_cast<double>(unit.rows.size());
    seen += size;
    std::size_t target = 0;
    double most = -INFINITY;
    for (std::size_t i = 0; i < shares.size(); ++i) {
      const double lag = shares[i] * seen - images[i];
      if (lag > most) target = i;
      most = std::max(most, lag);
    }
    images[target] += size;
    subsets[target].push_back(std::move(unit));
  }
  return subsets;
}

void join_units(Table& table, const std::vector<std::pair<std::string, std::string>>& joined) {
  JoinedNames names;
  std::map<std::string, std::string> lesion;  // by unit name
  for (const auto& [a, b] : joined) {
    const auto rows = table.find({a, b});
    for (const std::size_t row : rows) {
      const Row& joined_row = table.rows[row];
      lesion[joined_row.unit()] = joined_row.lesion.empty() ? joined_row.image : joined_row.lesion;
    }
    names.join(table.rows[rows[0]].unit(), table.rows[rows[1]].unit());
  }
  if (joined.empty()) return;
  for (Row& row : table.rows) {
    const auto found = lesion.find(names.root(row.unit()));
    if (found != lesion.end()) row.lesion = found->second;
  }
}

RowIndices rows_of(const std::vector<LesionUnit>& units) {
  RowIndices rows;
  for (const LesionUnit& unit : units) rows.insert(rows.end(), unit.rows.begin(), unit.rows.end());
  return rows;
}

}  // namespace flnas
