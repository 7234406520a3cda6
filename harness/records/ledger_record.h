#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/records/record_json.h"

namespace flnas {

/// What all questions to a language model took, over all sittings of a search. Calls were answered now and recorded
/// ones before, which take no tokens, time or money any more; failed ones ended in an error, and those whose reply came
/// but could not be used have taken what the server told.
struct LedgerRecord {
  std::int64_t calls = 0, recorded = 0, failed = 0, retries = 0;
  std::int64_t prompt_tokens = 0, completion_tokens = 0;
  std::int64_t uncounted = 0;  ///< calls whose server counted no tokens
  /// Calls that were under way when an earlier sitting was killed: the server may charge for them, and the cost does
  /// not know. Empty in records of versions that did not count them.
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
