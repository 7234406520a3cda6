// The request of `flnas search`. Flags, records and the check of a folder's settings come from these field lists.
#pragma once

#include <string>
#include <vector>

#include "searches/problem/request.h"

namespace flnas::searches {

/// "cnn|nas_bench_201|...", "train|table|proxies": what the table of spaces has.
const std::string& space_words();
const std::string& evaluator_words();

/// `flnas search STRATEGY`.
struct SearchRequest : CommonRequest {
  static constexpr char kCommand[] = "flnas search";

  /// With the own settings of every space in the table.
  SearchRequest();

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("space", self.space, "search space (default: the one whose flags are given)", {.value = space_words()});
    visit("out", self.out, "the search's folder; the same command continues there", {.value = "DIR", .required = true});
    visit("evaluator", self.evaluator, "how proposals are evaluated (default: the space's first one)",
          {.value = evaluator_words()});
    visit("budget", self.budget,
          "distinct valid architectures to evaluate; 0: 10 by training, 500 by table, 100 by proxies");
    visit("target", self.target,
          "device of the latencies: a platform's name or .json, or none; on tables devices A,B,... (default: this "
          "machine; on tables all of them; by proxies on cnn and nas_bench_201 none)",
          {.value = "DEVICE"});
    visit("niches", self.niches,
          "llmnas: parts of the space; cnn and mlp: macs:N (macs:4); nas_bench_201: convolutions (the paper's six), "
          "none, and "
          "on tables convolutions:N, random:N, latency:N or PROXY:N such as flops_M:6; autoformer: width-depth, width, "
          "depth or none",
          {.value = "PARTS"});
    visit("attempts", self.attempts,
          "questions to a language model before a round is given up; 0: 10 by training, else 3");
    visit("calls", self.calls, "concurrent calls to the language model, for llmnas on tables and by proxies");
    OwnSettings::for_each_field(self.own, visit);
    LlmRequest::for_each_field(self.llm, visit);
    visit_part(self.train, kTraining, visit);
  }
};

/// `flnas search compare`: several strategies over seeds.
struct CompareRequest {
  static constexpr char kCommand[] = "flnas search compare";
  std::vector<std::string> strategies;  ///< blank: evolution, random and fahana by training; on tables all
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

/// `flnas search ablate`: by training FL-NAS with parts of its prompt removed; on tables LLM-NAS with parts of it
/// removed.
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

}  // namespace flnas::searches
