#include "searches/problem/local_model.h"

#include <fmt/format.h>

#include <array>
#include <fstream>
#include <map>
#include <mutex>
#include <string_view>

#include "datasets/images/cache_folder.h"
#include "harness/base/error.h"
#include "harness/base/hash.h"

namespace flnas::searches {
namespace {

namespace fs = std::filesystem;

constexpr char kUsualWeights[] = "SmolLM2-135M-Instruct.Q4_1.gguf";

bool is_gguf(const fs::path& file) {
  std::array<char, 4> first{};
  std::ifstream(file, std::ios::binary).read(first.data(), first.size());
  return std::string_view(first.data(), first.size()) == "GGUF";
}

/// Read once in a program: weights may have gigabytes.
std::string sha256_once(const fs::path& file) {
  static std::mutex mutex;
  static std::map<std::string, std::string> known;
  const std::lock_guard lock(mutex);
  const auto [at, is_new] = known.try_emplace(fmt::format("{} {} {}", fs::absolute(file).string(), fs::file_size(file),
                                                          fs::last_write_time(file).time_since_epoch().count()));
  if (is_new) at->second = sha256_file(file);
  return at->second;
}

}  // namespace

LocalModel find_local_model(const fs::path& weights) {
  const fs::path home = cache_folder() / "llm";
  LocalModel model{.program = home / "flnas-llm",
                   .weights = weights.empty() ? home / kUsualWeights : weights,
                   .name = {},
                   .sha256 = {}};
  if (!fs::exists(model.program) || (weights.empty() && !fs::exists(model.weights))) {
    throw ConfigError(fmt::format("--llm local: {} is not there: run `make setup-llm`, which builds and fetches it",
                                  (fs::exists(model.program) ? model.weights : model.program).string()));
  }
  if (!fs::is_regular_file(model.weights)) {
    throw ConfigError(fmt::format("--llm-weights {}: no such file", model.weights.string()));
  }
  if (!is_gguf(model.weights)) {
    throw ConfigError(fmt::format("{}: not a GGUF file; give other weights (--llm-weights)", model.weights.string()));
  }
  model.name = model.weights.stem().string();
  model.sha256 = sha256_once(model.weights);
  return model;
}

}  // namespace flnas::searches
