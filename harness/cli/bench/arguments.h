#pragma once

#include <string>
#include <vector>

#include "harness/latency/timing/suite.h"
#include "harness/nn/registry.h"
#include "harness/remote/remote.h"

namespace flnas::cli {

/// The command line of flnas-bench's suite.
struct BenchArguments {
  std::string platform = "host";
  bool require_device = false;
  std::vector<std::string> models, forms;
  std::vector<int> batch, threads;
  int classes = 0;  ///< 0: the paper's two, or those of a TorchScript file
  int size = static_cast<int>(nn::kPaperGeometry.size);
  std::string precision;
  int passes = SuiteConfig{}.passes;
  int retries = SuiteConfig{}.retries;
  bool no_training_memory = false;
  RemoteRun remote;  ///< host, program and ssh configuration; no host: this machine
  std::string out = "latency.json";
  std::vector<std::string> benchmark;  ///< Google Benchmark's flags
};

/// The words that repeat a suite on the machine that measures it: those that differ from the defaults.
std::vector<std::string> words_of(const BenchArguments& arguments);

}  // namespace flnas::cli
