#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/metrics/pareto.h"
#include "searches/core/archive.h"
#include "searches/core/best.h"
#include "searches/core/evaluation.h"

namespace flnas::searches {

/// Evaluates valid candidates: by training, by tables, by zero-cost proxies. It does not know strategies, rounds or
/// archives.
class Evaluator {
 public:
  virtual ~Evaluator() = default;

  /// A candidate that cannot be trained is a result too, with status failed and the reason. The search fills in round,
  /// hash, name and objectives. Throws for failures that are not the candidate's: data, disk, settings.
  virtual Evaluation evaluate(Candidate candidate) = 0;

  /// Takes over evaluations of an earlier call, so that they are not made again.
  virtual void preload(const History& history) { (void)history; }

  /// The objectives of the search, all to be minimised, the same number for every candidate. Empty for an evaluation
  /// without them.
  virtual metrics::Point objectives(const Evaluation& evaluation) const = 0;
  virtual std::vector<std::string> objective_names() const = 0;

  /// How the best of several is chosen; empty: by weighted sums of the objectives, with random weights.
  virtual std::optional<BestRule> best_rule() const { return std::nullopt; }

  /// An evaluation takes seconds and more: strategies then keep populations small and propose one candidate at a time,
  /// each attempt with random numbers of its own.
  virtual bool is_costly() const { return false; }

  /// Whether evaluations have an accuracy.
  virtual bool has_accuracy() const { return true; }

  /// The box whose share a front's hypervolume is: each objective from `low` to `high`, the reference point. Fixed
  /// before the search and the same for all searches; it tells nothing of what is best. Empty: evaluations so far span
  /// it.
  virtual std::optional<metrics::Bounds> box() const { return std::nullopt; }

  // In words, for language models.

  virtual std::string goal() const = 0;                                 ///< what is to be made better
  virtual std::string figures(const Evaluation& evaluation) const = 0;  ///< "accuracy 71.20 %, latency 3 ms"
  /// Which differences between figures are noise, from the evaluations so far; blank if not known.
  virtual std::string noise(const std::vector<Evaluation>& evaluations) const { return (void)evaluations, ""; }
  /// Where costs come from and how well they are known: measured, estimated, of a table. As it is here: from the marks
  /// and intervals of the evaluations' latencies; blank where they have none.
  virtual std::string cost_source(const std::vector<Evaluation>& evaluations) const;
};

}  // namespace flnas::searches
