#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/records/record_json.h"

namespace flnas {

/// The tokens, time and cost of all calls to a language model, over all sittings of a search. Recorded calls were
/// answered in an earlier sitting and cost nothing more. Failed calls ended in an error; if a reply came but could not
/// be used, it counts with the tokens that the server reported.
struct LedgerRecord {
  std::int64_t calls = 0, recorded = 0, failed = 0, retries = 0;
  std::int64_t prompt_tokens = 0, completion_tokens = 0;
  std::int64_t uncounted = 0;  ///< calls for which the server reported no tokens
  /// Calls in progress when an earlier sitting was killed: the server may charge for them, but the cost does not
  /// include them. Empty in records of versions that did not count them.
  std::optional<std::int64_t> interrupted;
  double seconds = 0;                ///< of waiting
  std::optional<double> cost;        ///< in the currency of --llm-prices; null without prices or with uncounted calls
  std::vector<std::string> sources;  ///< of all replies, by name

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("calls", self.calls), visit("recorded", self.recorded), visit("failed", self.failed);
    visit("retries", self.retries), visit("prompt_tokens", self.prompt_tokens);
    visit("completion_tokens", self.completion_tokens), visit("uncounted", self.uncounted);
    visit("interrupted", self.interrupted);
    visit("seconds", self.seconds), visit("cost", self.cost), visit("sources", self.sources);
  }
};

}  // namespace flnas
