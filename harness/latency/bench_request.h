#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/base/command_line.h"
#include "harness/latency/timing/measurement.h"
#include "harness/nn/registry.h"
#include "harness/records/files.h"

namespace flnas {

/// The execution modes by name (timing/execution_mode.h), for the help.
const char* modes_help();

/// The command line of flnas-bench's suite.
struct BenchRequest {
  static constexpr char kCommand[] = "flnas-bench";
  std::string platform = "host";
  bool require_device = false;
  std::vector<std::string> models;  ///< none: Table I's
  std::vector<std::string> modes;   ///< none: all that run here
  std::vector<int> batch, threads;  ///< none: the platform's
  std::string precision;            ///< blank: the platform's first
  int classes = 0;                  ///< 0: the paper's two, or those of a TorchScript file
  int size = static_cast<int>(nn::kPaperGeometry.size);
  int passes = MeasurementRules{}.passes;
  int retries = MeasurementRules{}.retries;
  bool no_training_memory = false;
  std::filesystem::path out = kLatencyFile;
  std::string ssh;  ///< USER@BOARD or ssh://USER@BOARD:PORT; blank: this machine
  std::filesystem::path program, ssh_config;
  std::vector<std::string> benchmark;  ///< Google Benchmark's flags, as they were given

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    const FieldTraits there{.group = "On another machine"};
    visit("platform", self.platform, "a name (flnas-bench platforms), or a platform's .json", {.value = "NAME|FILE"});
    visit("require_device", self.require_device, "fail where the platform is not this machine");
    visit("models", self.models,
          "names, or files: architecture .json, nn.Sequential .py, TorchScript .pt (default: Table I's)",
          {.value = "A,B"});
    visit("batch", self.batch, "images per call (default: the platform's)", {.value = "N,N"});
    visit("threads", self.threads, "CPU threads, 0 for all cores (default: the platform's)", {.value = "N,N"});
    visit("modes", self.modes, modes_help(), {.value = "A,B"});
    visit("precision", self.precision, "of the arithmetic (default: the platform's first)",
          {.value = "float32|bfloat16"});
    visit("classes", self.classes, "outputs; 0: 2, or those that it has of a .pt", {.value = "N"});
    visit("size", self.size, "side of the images", {.value = "PIXELS"});
    visit("passes", self.passes, "over the whole suite; medians that differ by more than 3 % are unreliable");
    visit("retries", self.retries, "how often an unreliable benchmark is measured again");
    visit("no_training_memory", self.no_training_memory, "leave out the peak of a training step");
    visit("out", self.out, "file for every sample, the verdict and its reasons", {.value = "FILE"});
    visit("ssh", self.ssh, "measure there: USER@BOARD, ssh://USER@BOARD:PORT, or a name of ~/.ssh/config",
          {.value = "HOST", .group = there.group});
    visit("program", self.program,
          "a flnas-bench to copy there (build-pi4/bin/flnas-bench); default: the one that is installed there",
          {.value = "FILE", .group = there.group});
    visit("ssh_config", self.ssh_config, "read instead of ~/.ssh/config, as ssh -F",
          {.value = "FILE", .group = there.group});
  }

  /// Every problem at once; empty when it can be used.
  std::vector<std::string> problems() const;
};

/// The words that repeat a suite on the machine that measures it.
std::vector<std::string> words_of(const BenchRequest& request);

}  // namespace flnas
