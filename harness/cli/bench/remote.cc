#include "harness/cli/bench/remote.h"

#include <algorithm>
#include <filesystem>

#include "harness/latency/estimation/platform.h"
#include "harness/latency/timing/benchmark_flags.h"

namespace flnas::cli {
namespace {

namespace fs = std::filesystem;

bool is_file(const std::string& name, std::initializer_list<const char*> extensions) {
  return std::any_of(extensions.begin(), extensions.end(),
                     [&](const char* extension) { return fs::path(name).extension() == extension; });
}

std::string last_name(const std::string& path) { return fs::path(path).filename().string(); }

}  // namespace

int run_suite_remotely(const BenchArguments& arguments) {
  RemoteRun run = arguments.remote;
  BenchArguments there = arguments;
  there.require_device = true;
  load_platform(arguments.platform);
  const auto bring = [&](std::string& name) {
    run.files.emplace_back(name);
    name = last_name(name);
  };
  if (is_file(there.platform, {".json"})) bring(there.platform);
  for (auto& model : there.models) {
    if (is_file(model, {".json", ".pt", ".pth", ".ts"})) bring(model);
  }
  const auto fetch = [&](const std::string& file) {
    run.results.emplace_back(file);
    return last_name(file);
  };
  there.out = fetch(arguments.out);
  constexpr std::string_view kOut = "--benchmark_out=";
  for (auto& flag : there.benchmark) {
    if (flag.rfind(kOut, 0) == 0) flag = std::string(kOut) + fetch(flag.substr(kOut.size()));
  }
  // Nothing is measured then, nor written.
  if (output_of(there.benchmark).only_lists) run.results.clear();
  const auto words = words_of(there);
  run.arguments.assign(words.begin() + 1, words.end());
  return run_remotely(run, system_processes());
}

}  // namespace flnas::cli
