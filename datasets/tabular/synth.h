#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "datasets/adapters/adapter.h"

namespace flnas {

/// `flnas dataset synth --kind table`: people drawn at random, with a bias that is known.
///
///     region, sex -> outcome y (base rate p of the region) -> signal = d(region) y + shift(sex) + N(0, 1)
///         -> risk, in half units of the signal around kCut, from 1 to 10
///
/// The signal tells the outcome less well in some regions (smaller d: unequal recall) and is higher for one sex
/// whatever the outcome (unequal false positives), as an instrument is that was made for others. `risk` is a score that
/// the table brings along; it predicts the outcome from 6 on, so its rates are known in closed form.
struct TableSynthConfig {
  int rows = 2000;  ///< 50 to 1,000,000
  std::uint64_t seed = 1;
};

/// The rates of `risk` in a group, in the limit of many rows.
struct KnownRates {
  std::string group;
  double positives = 0;  ///< share of the group whose outcome is yes
  double true_positive_rate = 0, false_positive_rate = 0;
};

/// Of each group of region and sex, in closed form: with the signal's cut-off c, P(risk positive | y) of a region and
/// sex is 1 - Phi(c - d y - shift); regions and sexes are drawn independently, sexes evenly.
std::vector<KnownRates> known_rates();

/// How the drawn table is laid out.
Adapter synthetic_table_adapter();

/// The table's text, as in people.csv.
std::string draw_table(const TableSynthConfig& config);

/// Writes people.csv, adapter.json and synthetic.json (with the known rates) into `folder`, the last when all
/// is there. Does nothing where the folder holds this very table already, and returns false. Throws ConfigError for
/// settings out of range and where the folder holds anything else, IoError where it cannot be written.
bool write_synthetic_table(const std::filesystem::path& folder, const TableSynthConfig& config);

}  // namespace flnas
