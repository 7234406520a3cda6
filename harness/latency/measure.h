// The hardware columns of one model: what `flnas measure` and `flnas reproduce` record. It does not know data sets,
// training runs or tables.
#pragma once

#include <filesystem>
#include <string>

#include "harness/base/fields.h"
#include "harness/nn/registry.h"
#include "harness/records/record.h"

namespace flnas {

struct MeasureRequest {
  static constexpr char kCommand[] = "flnas measure";
  std::string model;
  std::filesystem::path out;
  std::string name;  ///< of the model in records and reports; blank: its own
  std::string platform = "host";
  std::string columns;             ///< of a table, in place of images: "0,0,2", as nn::ModelOptions::columns
  double seconds = 3;              ///< of samples in an attempt, its passes together
  std::string device = "auto";     ///< of this host; a platform has its own
  std::string precision = "auto";  ///< auto: the platform's first
  int threads = 0;                 ///< CPU threads; 0: one per core

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("model", self.model,
          "a name (flnas models), an architecture .json, a .py with an nn.Sequential or a TorchScript .pt",
          {.value = "MODEL", .positional = true, .required = true});
    visit("out", self.out, "folder for run.json and latency.json", {.value = "DIR", .required = true});
    visit("name", self.name, "what records and reports call the model (default: its own name)", {.value = "NAME"});
    visit("platform", self.platform, "a name (flnas-bench platforms), or a platform's .json", {.value = "NAME|FILE"});
    visit("columns", self.columns,
          "of a table: for each column the number of its categories, 0 for numbers (default: images)",
          {.value = "N,N"});
    visit("seconds", self.seconds, "how long samples are taken");
    visit("device", self.device, "auto, cpu or cuda");
    visit("precision", self.precision, "float32, bfloat16, or auto: the platform's first");
    visit("threads", self.threads, "CPU threads; 0: one per core");
  }
};

/// At Table I's geometry, 224 px (or a table's columns) and batch 2, with two outputs (those that it has of a
/// TorchScript file): peak memory and the eager latency where the platform is this machine, else an estimate of the
/// latency for it.
///
///     OUT/run.json; measured: OUT/latency.json, a suite of one (harness/records/latency_suite.h), by the rules of
///     timing/measurement.h; estimated: OUT/estimate.json
///
/// Status: passed, unreliable or failed, with its reason. Throws ConfigError for settings, model or platform, or where
/// the platform is not here and cannot be estimated.
HardwareRecord measure_hardware(const MeasureRequest& request, const nn::Registry& registry);

}  // namespace flnas
