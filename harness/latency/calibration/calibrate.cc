#include "harness/latency/calibration/calibrate.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "harness/base/error.h"
#include "harness/latency/calibration/agreement.h"

namespace flnas {
namespace {

namespace fs = std::filesystem;

/// What the fit starts from: the plain roofline. Every class of arithmetic reaches the same share of the peak, and
/// memory what STREAM gets out of a Pi 4, 5.6 of 12.8 GB/s (www.sci-pi.org.uk/bench/stream.html).
Efficiency plain_roofline(const CalibrationConfig& config) {
  Efficiency e;
  e.convolution = e.pointwise = e.depthwise = e.linear = 1;
  e.memory = e.pooling = e.unrolled = 0.4;
  e.overhead_us = config.overhead_us;
  e.cache_kib = config.cache_kib;
  e.folded = true;
  return e;
}

struct Pairs {
  std::vector<double> estimated, measured;

  void add(const CellTable& table, const CellTimes& times, const std::vector<bool>& left_out) {
    for (std::size_t i = 0; i < table.connected.size(); ++i) {
      if (!left_out.empty() && left_out[i]) continue;
      estimated.push_back(times.latency_us(table.connected[i].executed));
      measured.push_back(table.connected[i].latency_us);
    }
  }
};

class Calibration {
 public:
  Calibration(const CalibrationConfig& config, const Rates& rates) : config_(config), rates_(rates) {
    tables_.push_back(read_cell_table(config.tables, config.data_set, config.device));
    for (const auto& name : cell_data_sets()) {
      const bool there = fs::exists(config.tables / ("hw_" + name + ".csv"));
      if (name != config.data_set && there) {
        tables_.push_back(read_cell_table(config.tables, name, config.device));
      }
    }
    if (fitted_on().connected.size() < config.sample + 2) {
      throw DataError(fmt::format("{} connected cells, too few to fit on {} and test on the rest",
                                  fitted_on().connected.size(), config.sample));
    }
  }

  const CellTable& fitted_on() const { return tables_.front(); }
  const std::vector<CellTable>& tables() const { return tables_; }

  /// Fitted on the sample of a seed; `chosen` marks it.
  Efficiency fit(std::uint64_t seed, std::vector<bool>& chosen) const {
    const CellTimes plain = times_of(fitted_on(), plain_roofline(config_));
    std::vector<MeasuredCell> sample;
    chosen.assign(fitted_on().connected.size(), false);
    for (const auto i : choose_cells(fitted_on().connected, config_.sample, config_.choice, plain, seed)) {
      sample.push_back(fitted_on().connected[i]);
      chosen[i] = true;
    }
    return fit_on(sample);
  }

  Efficiency fit_on(const std::vector<MeasuredCell>& sample) const {
    return fit_efficiency(sample, fitted_on().data_set, rates_, plain_roofline(config_), config_.threads);
  }

  Agreement test(const CellTable& table, const Efficiency& efficiency, const std::vector<bool>& left_out) const {
    Pairs pairs;
    pairs.add(table, times_of(table, efficiency), &table == &fitted_on() ? left_out : std::vector<bool>{});
    return compare_latencies(pairs.estimated, pairs.measured);
  }

  CellTimes times_of(const CellTable& table, const Efficiency& efficiency) const {
    return cell_times(table.data_set, rates_, efficiency, config_.threads);
  }

  /// The error fields from all tables together, the sample left out.
  void set_error(Efficiency& efficiency, const std::vector<bool>& chosen) const {
    Pairs pairs;
    for (const auto& table : tables_) {
      pairs.add(table, times_of(table, efficiency), &table == &fitted_on() ? chosen : std::vector<bool>{});
    }
    const Agreement all = compare_latencies(pairs.estimated, pairs.measured);
    efficiency.median_error = all.median_error;
    efficiency.ratio_low = all.ratio_low;
    efficiency.ratio_high = all.ratio_high;
    efficiency.fitted_on = fmt::format(
        "HW-NAS-Bench's {} latencies of {} connected NAS-Bench-201 networks ({}, {} thread{}, chosen {}, seed {}); "
        "error on the other {} of its tables{}",
        config_.device, config_.sample, config_.data_set, config_.threads, config_.threads == 1 ? "" : "s",
        to_string(config_.choice), config_.seed, all.cells, names_of_tables());
  }

 private:
  std::string names_of_tables() const {
    std::string names;
    for (const auto& table : tables_) names += (names.empty() ? " " : ", ") + table.data_set.name;
    return names;
  }

  CalibrationConfig config_;
  Rates rates_;
  std::vector<CellTable> tables_;  ///< the one that is fitted on, then the others that are there
};

/// Row of the printed table: of each figure the median over the seeds, and its 10th percentile.
Json agreement_row(const std::string& fitted, const std::string& tested, const std::vector<Agreement>& agreements) {
  Json row = {{"fitted_on", fitted}, {"tested_on", tested}, {"cells", agreements.front().cells}};
  const auto add = [&](const char* key, auto member) {
    std::vector<double> values;
    for (const auto& agreement : agreements) values.push_back(agreement.*member);
    std::sort(values.begin(), values.end());
    row[key] = values[values.size() / 2];
    row[std::string(key) + "_p10"] = values.size() < 10 ? Json(nullptr) : Json(values[values.size() / 10]);
  };
  add("spearman", &Agreement::spearman);
  add("within_10", &Agreement::within_10);
  add("within_20", &Agreement::within_20);
  return row;
}

/// How well a second measurement of nearly the same network serves as an estimate: cifar10's and cifar100's differ in
/// the last layer only.
std::optional<Json> repeatability(const std::vector<CellTable>& tables) {
  const CellTable* ten = nullptr;
  const CellTable* hundred = nullptr;
  for (const auto& table : tables) {
    if (table.data_set.name == "cifar10") ten = &table;
    if (table.data_set.name == "cifar100") hundred = &table;
  }
  if (ten == nullptr || hundred == nullptr || ten->connected.size() != hundred->connected.size()) return std::nullopt;
  Pairs pairs;
  for (std::size_t i = 0; i < ten->connected.size(); ++i) {
    if (!(ten->connected[i].cell == hundred->connected[i].cell)) return std::nullopt;
    pairs.estimated.push_back(hundred->connected[i].latency_us);
    pairs.measured.push_back(ten->connected[i].latency_us);
  }
  return agreement_row("cifar100's measurements", "cifar10", {compare_latencies(pairs.estimated, pairs.measured)});
}

Json disconnected_row(const CellTable& table) {
  Json row = {{"data_set", table.data_set.name}, {"cells", table.disconnected.size()}};
  std::vector<double> latencies;
  for (const auto& cell : table.disconnected) latencies.push_back(cell.latency_us);
  if (latencies.empty()) return row;
  std::sort(latencies.begin(), latencies.end());
  row["median_us"] = latencies[latencies.size() / 2];
  row["highest_us"] = latencies.back();
  return row;
}

}  // namespace

Json calibrate(const CalibrationConfig& config, const Rates& rates, const std::function<void(int)>& on_sample) {
  if (config.seeds < 1 || config.sample < 1 || config.threads < 1) {
    throw ConfigError("the numbers of seeds, of networks to fit on and of threads have to be above 0");
  }
  if (!(config.overhead_us >= 0) || !(config.cache_kib >= 0)) {
    throw ConfigError("the overhead and the cache's size cannot be negative");
  }
  const Calibration calibration(config, rates);
  const std::string sample = fmt::format("{} {} of {}", config.sample, to_string(config.choice), config.data_set);
  std::vector<std::vector<Agreement>> agreements(calibration.tables().size());
  std::vector<bool> chosen;
  for (int i = 0; i < config.seeds; ++i) {
    const Efficiency efficiency = calibration.fit(config.seed + static_cast<std::uint64_t>(i), chosen);
    for (std::size_t k = 0; k < agreements.size(); ++k) {
      agreements[k].push_back(calibration.test(calibration.tables()[k], efficiency, chosen));
    }
    on_sample(i + 1);
  }
  Json result = {{"seed", config.seed}, {"seeds", config.seeds}, {"agreement", Json::array()}};
  for (std::size_t k = 0; k < agreements.size(); ++k) {
    result["agreement"].push_back(agreement_row(sample, calibration.tables()[k].data_set.name, agreements[k]));
  }
  const CellTable& own = calibration.fitted_on();
  result["agreement"].push_back(agreement_row(fmt::format("all of {}", own.data_set.name), own.data_set.name,
                                              {calibration.test(own, calibration.fit_on(own.connected), {})}));
  if (const auto row = repeatability(calibration.tables())) result["agreement"].push_back(*row);
  result["disconnected"] = Json::array();
  for (const auto& table : calibration.tables()) result["disconnected"].push_back(disconnected_row(table));
  Efficiency efficiency = calibration.fit(config.seed, chosen);
  calibration.set_error(efficiency, chosen);
  result["efficiency"] = to_json(efficiency);
  return result;
}

}  // namespace flnas
