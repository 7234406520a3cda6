#include "datasets/tabular/synth.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "datasets/adapters/adapter_files.h"
#include "datasets/tables/table.h"
#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/random.h"
#include "resources/datasets.h"

namespace flnas {
namespace {

namespace fs = std::filesystem;

constexpr int kVersion = 1;  ///< of the draws: another one draws other people from the same seed
constexpr char kFile[] = "people.csv";
constexpr char kAdapter[] = "datasets/tabular/people.json";
constexpr double kCut = 0.9;  ///< of the signal: risk 6 begins here

struct Region {
  const char* name;
  double share, base_rate, separation;
};
constexpr Region kRegions[] = {{"north", 0.5, 0.35, 2.0}, {"south", 0.3, 0.50, 1.2}, {"east", 0.2, 0.40, 1.6}};

struct Sex {
  const char* name;
  double shift;
};
constexpr Sex kSexes[] = {{"woman", 0.0}, {"man", 0.4}};

double exceeds(double cut) { return 0.5 * std::erfc(cut / std::sqrt(2.0)); }  // 1 - Phi

const Region& draw_region(Random& random) {
  double u = random.uniform();
  for (const Region& region : kRegions) {
    if (u < region.share) return region;
    u -= region.share;
  }
  return kRegions[0];
}

/// Work: what a category is of; a yes makes it more often casual.
const char* draw_work(bool yes, Random& random) {
  const double u = random.uniform();
  if (yes) return u < 0.35 ? "steady" : u < 0.75 ? "casual" : "none";
  return u < 0.55 ? "steady" : u < 0.8 ? "casual" : "none";
}

int risk_of(double signal) { return std::clamp(6 + static_cast<int>(std::floor(2 * (signal - kCut))), 1, 10); }

Json describe(const TableSynthConfig& config) {
  Json rates = Json::object();
  for (const auto& known : known_rates()) {
    rates[known.group] = {{"positives", known.positives},
                          {"true_positive_rate", known.true_positive_rate},
                          {"false_positive_rate", known.false_positive_rate}};
  }
  return {{"format", "flnas-synthetic/1"}, {"kind", "table"},     {"version", kVersion},
          {"rows", config.rows},           {"seed", config.seed}, {"known_rates", rates}};
}

/// Adds what a region and sex contribute to a group's rates.
void add(KnownRates& rates, double share, const Region& region, const Sex& sex) {
  rates.positives += share * region.base_rate;
  rates.true_positive_rate += share * region.base_rate * exceeds(kCut - region.separation - sex.shift);
  rates.false_positive_rate += share * (1 - region.base_rate) * exceeds(kCut - sex.shift);
}

/// Sums of shares become rates.
KnownRates finished(KnownRates rates, double share) {
  rates.true_positive_rate /= rates.positives;
  rates.false_positive_rate /= share - rates.positives;
  rates.positives /= share;
  return rates;
}

}  // namespace

Adapter synthetic_table_adapter() {
  return parse_adapter(parse_json(*datasets::resource(kAdapter), kAdapter), kAdapter);
}

std::vector<KnownRates> known_rates() {
  std::vector<KnownRates> all;
  for (const Region& region : kRegions) {
    KnownRates rates{.group = region.name};
    for (const Sex& sex : kSexes) add(rates, 0.5, region, sex);
    all.push_back(finished(rates, 1));
  }
  for (const Sex& sex : kSexes) {
    KnownRates rates{.group = sex.name};
    for (const Region& region : kRegions) add(rates, region.share, region, sex);
    all.push_back(finished(rates, 1));
  }
  return all;
}

std::string draw_table(const TableSynthConfig& config) {
  Random random(mix_seed(config.seed, 1));
  std::string text = "region,sex,age,signal,visits,work,risk,outcome\n";
  for (int i = 0; i < config.rows; ++i) {
    const Region& region = draw_region(random);
    const Sex& sex = kSexes[random.below(std::size(kSexes))];
    const bool yes = random.uniform() < region.base_rate;
    const int age = 18 + static_cast<int>(random.below(63));
    const double signal = (yes ? region.separation : 0) + sex.shift + random.normal();
    const auto visits = static_cast<int>(std::floor(-2.0 * std::log(1 - random.uniform()) + (yes ? 0.5 : 0)));
    text += fmt::format("{},{},{},{:.4f},{},{},{},{}\n", region.name, sex.name, age, signal, visits,
                        draw_work(yes, random), risk_of(signal), yes ? "yes" : "no");
  }
  return text;
}

bool write_synthetic_table(const fs::path& folder, const TableSynthConfig& config) {
  if (config.rows < 50 || config.rows > 1'000'000) {
    throw ConfigError(fmt::format("--images {}: expected 50 to 1000000 rows", config.rows));
  }
  if (fs::exists(folder) && !(fs::is_directory(folder) && fs::is_empty(folder))) {
    const fs::path mark = folder / kSyntheticMark;
    if (fs::exists(mark) && read_json(mark) == describe(config)) return false;
    throw ConfigError(
        fmt::format("{}: already holds other files; choose another folder or remove it", folder.string()));
  }
  create_folder(folder);
  write_file(folder / kFile, draw_table(config));
  write_file(folder / kAdapterFile, std::string(*datasets::resource(kAdapter)));
  write_json(folder / kSyntheticMark, describe(config));  // last: a folder without it is not whole
  return true;
}

}  // namespace flnas
