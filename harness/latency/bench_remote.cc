#include "harness/latency/bench_remote.h"

#include <algorithm>

#include "harness/latency/estimation/platform.h"
#include "harness/latency/timing/benchmark_flags.h"
#include "harness/nn/torchscript_operators.h"
#include "harness/remote/remote.h"

namespace flnas {
namespace {

namespace fs = std::filesystem;

bool is_file(const std::string& name, std::initializer_list<const char*> extensions) {
  return std::any_of(extensions.begin(), extensions.end(),
                     [&](const char* extension) { return fs::path(name).extension() == extension; });
}

}  // namespace

int run_bench_remotely(const BenchRequest& request, Processes& processes) {
  load_platform(request.platform);
  RemoteRun run{.host = request.ssh, .ssh_config = request.ssh_config, .program = request.program};
  BenchRequest there = request;
  there.ssh.clear();
  there.program.clear();
  there.ssh_config.clear();
  there.require_device = true;
  const auto bring = [&](std::string& name) {
    run.files.emplace_back(name);
    name = fs::path(name).filename().string();
  };
  if (is_file(there.platform, {".json"})) bring(there.platform);
  for (auto& model : there.models) {
    if (is_file(model, {".json", ".py", ".pt", ".pth", ".ts"})) bring(model);
  }
  const auto fetch = [&](const fs::path& file) {
    run.results.push_back(file);
    return file.filename();
  };
  there.out = fetch(request.out);
  constexpr std::string_view kOut = "--benchmark_out=";
  for (auto& flag : there.benchmark) {
    if (flag.starts_with(kOut)) flag = std::string(kOut) + fetch(flag.substr(kOut.size())).string();
  }
  // Nothing is measured then, nor written.
  if (output_of(there.benchmark).only_lists) run.results.clear();
  const auto words = words_of(there);
  run.arguments.assign(words.begin() + 1, words.end());
  if (nn::torchscript_is_trusted()) run.arguments.emplace_back("--trust");
  return run_remotely(run, processes);
}

}  // namespace flnas
