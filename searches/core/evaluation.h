// The result of evaluating a candidate, as plain values, which archive.jsonl holds line by line.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "harness/metrics/pareto.h"
#include "harness/records/search_record.h"
#include "searches/core/search_space.h"

namespace flnas::searches {

/// A candidate that was evaluated, or whose evaluation failed. It counts for the budget either way.
struct Evaluation {
  int round = 0;
  std::string hash;    ///< blank in an archive without a file
  std::string name;    ///< "d003": the third that was evaluated; likewise
  std::string status;  ///< passed, failed or unreliable, as in run.json
  std::string reason;
  std::string run;  ///< folder of the run, relative to the search's
  DesignCost cost;
  DesignScores scores;
  std::map<std::string, double> proxies;  ///< zero-cost proxies by name, to be maximised; empty elsewhere
  double seconds = 0;

  // Not written.
  Candidate candidate = 0;
  metrics::Point objectives;  ///< all to be minimised, as the evaluator says; empty: it is of no use

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("round", self.round), visit("hash", self.hash), visit("name", self.name), visit("status", self.status);
    visit("reason", self.reason), visit("run", self.run), visit("cost", self.cost), visit("scores", self.scores);
    visit("proxies", self.proxies), visit("seconds", self.seconds);
  }
};

}  // namespace flnas::searches
