#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "harness/base/json.h"
#include "harness/cli/search/chat.h"
#include "harness/nn/registry.h"

namespace flnas::cli {

inline constexpr char kTransformerSearchFile[] = "transformer_search.json", kEvaluationsFile[] = "evaluations.jsonl",
                      kSettingsFile[] = "settings.json";

/// What `flnas search llmnas --space autoformer-...` was asked for.
struct TransformerSearchRequest {
  std::string space = "autoformer-tiny";
  std::string partition = "width-depth";           ///< or width, depth, none
  std::vector<std::string> proxies = {"synflow"};  ///< stand for accuracy; each is an objective
  std::string target = "host";                     ///< a platform: measured where it is this machine, else estimated
  int batch = 1;                                   ///< images, of the latency
  std::int64_t proxy_batch = 8;                    ///< images of noise, of proxies that see any
  nn::ModelOptions options{.classes = 1000, .size = 224};
  int threads = 0;            ///< of the latency; 0: one per core
  double seconds = 0.5;       ///< of latency samples of one subnet
  std::int64_t budget = 100;  ///< distinct subnets
  std::uint64_t seed = 1;
  std::string designer = "none";  ///< who proposes: none (mutation and crossover), llm, file or replay
  ChatRequestOptions chat;
  int calls = 4, attempts = 3;
  std::filesystem::path accuracies;  ///< CSV with columns subnet, accuracy; blank: not measured
  std::filesystem::path out;
  std::string command;
};

/// Partitioned co-evolution on a space of vision transformers; writes and returns OUT/transformer_search.json:
///
///     subnet -> built -> proxies, latency -> OUT/evaluations.jsonl -> archives of the niches -> merged front
///
/// The same command goes on where a killed one stopped: what is in evaluations.jsonl is not measured again. Throws
/// ConfigError for unknown names and values, and where OUT holds a search with other settings.
Json run_transformer_search(const TransformerSearchRequest& request);

/// The front, for a terminal.
std::string transformer_search_text(const Json& record);

}  // namespace flnas::cli
