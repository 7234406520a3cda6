// What a search is asked for. Commands, records and the check of a folder's settings come from these field lists.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "harness/base/fields.h"
#include "harness/train/config.h"
#include "harness/train/run_data.h"

namespace flnas::searches {

/// Names of spaces; all of them are in spaces.h.
inline constexpr char kCnn[] = "cnn", kNasBench201[] = "nas_bench_201";
/// Headings of the help; session/flags.h says which flag is for which space and strategy.
inline constexpr char kOnCnn[] = "On images (space cnn)", kOnTables[] = "On tables (space nas_bench_201)",
                      kOnAutoFormer[] = "By proxies (spaces autoformer-*)", kWithLlm[] = "Language model",
                      kTraining[] = "Training (space cnn)";

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
          "who answers: a server, a small model on this machine (local: make setup-llm), a person (file), a recording "
          "(replay), or none: llmnas then breeds",
          {.value = "server|local|file|replay|none", .group = kWithLlm});
    visit("llm_url", self.url, "base of an OpenAI-compatible server; its key comes from FLNAS_LLM_KEY",
          {.value = "URL", .group = kWithLlm});
    visit("llm_model", self.model, "as the server calls it", {.value = "NAME", .group = kWithLlm});
    visit("llm_weights", self.weights, "model of --llm local (default: what make setup-llm fetched)",
          {.value = "FILE.gguf", .group = kWithLlm});
    visit("llm_threads", self.threads,
          "of --llm local; 0 takes all cores; beside other work 1 is faster, since threads wait for each other",
          {.group = kWithLlm});
    visit("llm_temperature", self.temperature, "0 to 2", {.group = kWithLlm});
    visit("llm_max_tokens", self.max_tokens, "of a reply", {.group = kWithLlm});
    visit("llm_format", self.format,
          "json: replies keep the space's JSON schema, where the server takes one (response_format) and of --llm local "
          "always; text: as they come",
          {.value = "json|text", .group = kWithLlm});
    visit("llm_timeout", self.timeout, "seconds, for one attempt", {.group = kWithLlm});
    visit("llm_prices", self.prices, "for a million tokens, any currency", {.value = "X,Y", .group = kWithLlm});
    visit("record", self.record, "append every exchange to this file", {.value = "FILE", .group = kWithLlm});
    visit("replay", self.replay, "recording that answers", {.value = "FILE", .group = kWithLlm});
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

/// `flnas search STRATEGY`.
struct SearchRequest {
  static constexpr char kCommand[] = "flnas search";
  std::string strategy;  ///< the command's last word: no field
  std::string space;     ///< blank: cnn where --data is given, nas_bench_201 where --tables is
  std::filesystem::path out;
  std::string evaluator;    ///< blank: the space's
  std::int64_t budget = 0;  ///< 0: 10 on cnn, 500 on tables, 100 by proxies
  std::string target;       ///< blank: this machine; on tables all devices
  std::string niches;       ///< blank: the space's
  int attempts = 0;         ///< 0: 10 on cnn, else 3
  int calls = 4;

  DataSource data;
  std::filesystem::path template_file, choices_file;
  std::string best = "paper";
  int frozen_head = 0;

  std::filesystem::path tables;
  std::vector<std::string> datasets;
  std::string cost = "latency";
  std::int64_t predictor_cells = 200;
  unsigned jobs = 0;

  std::vector<std::string> proxies = {"synflow"};
  std::int64_t proxy_batch = 8;
  std::int64_t classes = 1000;
  int latency_batch = 1;
  double latency_seconds = 0.5;
  std::filesystem::path accuracies;

  LlmRequest llm;
  TrainConfig train;  ///< its seed is the search's

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("space", self.space, "what may be proposed (default: as --data or --tables says)",
          {.value = "cnn|nas_bench_201|autoformer-tiny|autoformer-small|autoformer-base"});
    visit("out", self.out, "the search's folder; the same command continues there", {.value = "DIR", .required = true});
    visit("evaluator", self.evaluator, "what a proposal is worth (default: as the space has it)",
          {.value = "train|table|proxies"});
    visit("budget", self.budget,
          "distinct valid architectures to evaluate; 0: 10 on cnn, 500 on tables, 100 by proxies");
    visit("target", self.target,
          "device of the latencies: a platform's name or .json, or none; on tables devices A,B,... (default: this "
          "machine; "
          "all of the tables)",
          {.value = "DEVICE"});
    visit("niches", self.niches,
          "llmnas: parts of the space; cnn: macs:N (macs:4); tables: convolutions (the paper's six), convolutions:N, "
          "none, "
          "random:N, latency:N or PROXY:N such as flops_M:6; autoformer: width-depth, width, depth or none",
          {.value = "PARTS"});
    visit("attempts", self.attempts, "questions to a language model before a round is given up; 0: 10 on cnn, else 3");
    visit("calls", self.calls, "questions under way at once, of llmnas on tables and by proxies");

    visit("data", self.data.folder, "folder with the images and their tables", {.value = "DIR", .group = kOnCnn});
    visit("split", self.data.split, "file that `flnas dataset split` wrote", {.value = "FILE", .group = kOnCnn});
    visit("fold", self.data.fold, "of a crossfit split: the fold to be tested on, from 1",
          {.value = "N", .group = kOnCnn});
    visit("adapter", self.data.adapter, "data set: a known name or an adapter .json",
          {.value = "NAME|FILE", .group = kOnCnn});
    visit("template", self.template_file, "architecture .json to start from (default: built in)",
          {.value = "FILE", .group = kOnCnn});
    visit("choices", self.choices_file, "what each value may be, and limits (default: built in)",
          {.value = "FILE", .group = kOnCnn});
    visit("best", self.best, "designs to report: the first three by the paper's priorities, or the front",
          {.value = "paper|pareto", .group = kOnCnn});
    visit("frozen_head", self.frozen_head,
          "fahana: stages of the trained template that every design begins with, frozen", {.group = kOnCnn});

    visit("tables", self.tables, "their folder (datasets/nas/README.md)", {.value = "DIR", .group = kOnTables});
    visit("dataset", self.datasets, "data sets (default: all)", {.value = "A,B", .group = kOnTables});
    visit("cost", self.cost, "what is minimised beside the error", {.value = "latency|energy", .group = kOnTables});
    visit("predictor_cells", self.predictor_cells,
          "of the budget, the cells that the predictor is trained on; 0: search by validation accuracies",
          {.group = kOnTables});
    visit("jobs", self.jobs, "threads; 0 takes all cores", {.group = kOnTables});

    visit("proxies", self.proxies, "zero-cost proxies in accuracy's place, each an objective",
          {.value = "A,B", .group = kOnAutoFormer});
    visit("proxy_batch", self.proxy_batch, "images of noise for the proxies", {.group = kOnAutoFormer});
    visit("classes", self.classes, "outputs", {.group = kOnAutoFormer});
    visit("latency_batch", self.latency_batch, "images of a latency", {.group = kOnAutoFormer});
    visit("latency_seconds", self.latency_seconds, "how long a latency is sampled", {.group = kOnAutoFormer});
    visit("accuracies", self.accuracies, "CSV with columns subnet and accuracy; without it accuracy is not measured",
          {.value = "FILE", .group = kOnAutoFormer});

    LlmRequest::for_each_field(self.llm, visit);
    visit_part(self.train, kTraining, visit);
  }

  std::uint64_t seed() const { return train.seed; }
};

/// `flnas search compare`: several strategies over seeds.
struct CompareRequest {
  static constexpr char kCommand[] = "flnas search compare";
  std::vector<std::string> strategies;  ///< blank: evolution, random and fahana on cnn; on tables all
  int seeds = 3;
  SearchRequest search;

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("strategies", self.strategies,
          "to be compared, the first being what others differ from (default: evolution,random,fahana; on tables every "
          "one "
          "that there is an answer for)",
          {.value = "A,B"});
    visit("seeds", self.seeds, "searches of each strategy, from --seed on");
    SearchRequest::for_each_field(self.search, visit);
  }
};

/// `flnas search ablate`: on cnn FL-NAS with parts of its prompt removed; on tables LLM-NAS with parts of it removed.
struct AblateRequest {
  static constexpr char kCommand[] = "flnas search ablate";
  int seeds = 3;
  SearchRequest search;

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("seeds", self.seeds, "searches of each variant, from --seed on");
    SearchRequest::for_each_field(self.search, visit);
  }
};

/// Throws ConfigError naming the first setting in which the folder's search differs from the one asked for.
void require_same_settings(const std::filesystem::path& folder, const Json& found, const Json& asked);

}  // namespace flnas::searches
