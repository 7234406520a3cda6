#pragma once

#include <filesystem>
#include <string>

#include "harness/base/fields.h"
#include "harness/base/json.h"
#include "harness/latency/calibration/calibrate.h"

namespace flnas {

/// The request of `flnas-bench calibrate`.
struct CalibrateRequest {
  static constexpr char kCommand[] = "flnas-bench calibrate";
  CalibrationConfig config;
  std::string choose = to_string(CalibrationConfig{}.choice);
  std::string platform = "pi4";
  std::filesystem::path out;
  bool paper = false;  ///< Table I's latencies beside the estimates, in place of a calibration

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("tables", self.config.tables, "folder with hw_cifar10.csv, hw_cifar100.csv, hw_ImageNet16-120.csv",
          {.value = "TABLES", .positional = true});
    visit("data_set", self.config.data_set, "table to fit on; the others that are there are tested on, too",
          {.value = "NAME"});
    visit("device", self.config.device, "column: <device>_latency", {.value = "NAME"});
    visit("platform", self.platform, "platform whose rates are used, by name or file", {.value = "NAME|FILE"});
    visit("threads", self.config.threads, "with which the device ran", {.value = "N"});
    visit("sample", self.config.sample, "networks to fit on", {.value = "N"});
    visit("choose", self.choose, "random, or spread: what tells the efficiencies apart best, by the counts",
          {.value = "random|spread"});
    visit("seeds", self.config.seeds, "samples, one for each seed", {.value = "N"});
    visit("seed", self.config.seed, "the first one; the efficiencies shown are its", {.value = "N"});
    visit("overhead", self.config.overhead_us, "microseconds for each operation, not fitted");
    visit("cache", self.config.cache_kib, "KiB that stay in the cache, not fitted");
    visit("out", self.out, "writes the efficiencies as the JSON of a platform's file", {.value = "FILE"});
    visit("paper", self.paper, "instead: Table I's latencies beside the estimates that the platforms' files give");
  }
};

/// `calibrate` for a platform's rates; writes `request.out` where that is given. Throws as calibrate does, and
/// ConfigError without tables, for an unknown platform or one without rates.
Json calibrate_platform(const CalibrateRequest& request);

}  // namespace flnas
