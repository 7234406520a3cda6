// The request of a search. Flags, records and the check of a folder's settings come from these field lists.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "harness/base/fields.h"
#include "harness/train/config.h"
#include "searches/problem/own_settings.h"

namespace flnas::searches {

/// Ways to evaluate; session/spaces.h says which space has which.
inline constexpr char kTrain[] = "train", kTable[] = "table", kProxies[] = "proxies";
/// The --target that is no device: the cost of a network is then its multiply-accumulates.
inline constexpr char kNoTarget[] = "none";
/// Headings of the help.
inline constexpr char kWithLlm[] = "Language model", kTraining[] = "Training (--evaluator train)";

/// How strategies reach a language model.
struct LlmRequest {
  /// server, local (a model on this machine), file (a person), replay (a recording) or none
  std::string llm = "none";
  std::string url, model;
  double temperature = 1.0;
  int max_tokens = 2048;
  std::string format = "json";
  int threads = 0;             ///< of a local model; 0: all cores
  double timeout = 600;        ///< seconds, for one attempt
  std::vector<double> prices;  ///< for a million tokens: prompt, completion
  std::filesystem::path weights, record, replay, prompt;

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("llm", self.llm,
          "source of replies: a server, a small model on this machine (local: make setup-llm), a person (file), a "
          "recording (replay), or none: llmnas then uses mutation and crossover",
          {.value = "server|local|file|replay|none", .group = kWithLlm});
    visit("llm_url", self.url, "base of an OpenAI-compatible server; its key comes from FLNAS_LLM_KEY",
          {.value = "URL", .group = kWithLlm});
    visit("llm_model", self.model, "the server's name of the model; with --llm file, who answers and how",
          {.value = "NAME", .group = kWithLlm});
    visit("llm_weights", self.weights, "model of --llm local (default: what make setup-llm fetched)",
          {.value = "FILE.gguf", .group = kWithLlm});
    visit("llm_threads", self.threads, "CPU threads of --llm local; 0: all cores; on a busy machine 1 is faster",
          {.group = kWithLlm});
    visit("llm_temperature", self.temperature, "sampling temperature, 0 to 2", {.group = kWithLlm});
    visit("llm_max_tokens", self.max_tokens, "longest reply, in tokens", {.group = kWithLlm});
    visit("llm_format", self.format,
          "json: replies follow the space's JSON schema, if the server supports response_format, and always with --llm "
          "local; text: free text",
          {.value = "json|text", .group = kWithLlm});
    visit("llm_timeout", self.timeout, "seconds for one attempt", {.group = kWithLlm});
    visit("llm_prices", self.prices, "prices per million prompt and completion tokens, in any currency",
          {.value = "X,Y", .group = kWithLlm});
    visit("record", self.record, "append every exchange to this file", {.value = "FILE", .group = kWithLlm});
    visit("replay", self.replay, "recording whose replies are used", {.value = "FILE", .group = kWithLlm});
    visit("prompt", self.prompt, "flnas: template of the prompt (default: built in)",
          {.value = "FILE", .group = kWithLlm});
  }

  bool answers() const { return llm != "none"; }
  /// Throws ConfigError where something is missing, out of range or not meant.
  void require_valid() const;
  /// What the answers depend on: {llm, model, temperature, max_tokens}, for a server and local the format, and the
  /// SHA-256 of a replay's recording and of local weights. The server is left out: another one may answer for the same
  /// model.
  Json settings() const;
};

/// What every search is asked for. Which spaces and settings of their own there are is the session's to know
/// (session/request.h).
struct CommonRequest {
  std::string strategy;  ///< the command's last word: no field
  std::string space;     ///< blank: the one whose flags are given
  std::filesystem::path out;
  std::string evaluator;    ///< blank: the space's first one
  std::int64_t budget = 0;  ///< 0: as the evaluator has it
  std::string target;       ///< blank: as the evaluator has it
  std::string niches;       ///< blank: the space's
  int attempts = 0;         ///< 0: as the evaluator has it
  int calls = 4;

  OwnSettings own;
  LlmRequest llm;
  TrainConfig train;  ///< its seed is the search's

  std::uint64_t seed() const { return train.seed; }
};

/// Throws ConfigError naming the first setting in which the folder's search differs from the one asked for.
void require_same_settings(const std::filesystem::path& folder, const Json& found, const Json& asked);

}  // namespace flnas::searches
