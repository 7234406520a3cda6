#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/base/json.h"
#include "searches/core/archive.h"
#include "searches/core/best.h"

namespace flnas::searches {

/// What a history amounts to, as search.json holds it:
///
///     {"counts": {...}, "invalid_rate": share of the proposals that were no valid design, repetitions included,
///      "tokens": {"prompt", "completion"}, "models": [who answered], "sources": [from where: a host, "file",
///      "scripted"], "waiting_seconds", "evaluating_seconds",
///      "diversity": {"designs": distinct ones that were evaluated, "macs_spread": sd of log10 of their MACs},
///      "trajectory": [{"name", "round", ..., "best": name of the best so far, "best_unfairness", ...}],
///      "best": {"name", "hash", "meets_floor", "design", "scores", "cost"} or null, "front": [names], "top": [names]}
Json summarise(const History& history, const BestRule& rule);

/// A table of the designs, the best one and the counts, for a terminal.
std::string summary_text(const Json& summary);

/// One of several searches at the same budget: a designer or a prompt, with a seed.
struct Arm {
  std::string name;
  std::uint64_t seed = 0;
  History history;
  Json test;             ///< metrics of its best design on the test subset, or null
  bool finished = true;  ///< used its budget up
  std::string reason;    ///< why not
  bool asks = false;     ///< its designer asks somebody in words, a language model where it is one
};

/// Arms beside each other, each cut to the smallest budget that a finished search has (where none finished, to the
/// smallest one that evaluated anything):
///
///     {"budget": N, "seeds": [...], "arms": [{"name", "searches", "short": searches that ended before the budget,
///      "ended": [{"seed", "reason"}] of those that did not use their own budget up,
///      "not_measured": why the arm is no result of a language model though its designer asks one, or blank,
///      "sources": [who answered, see summarise], "models",
///      "unfairness": {"mean", "low", "high", "n"}, "accuracy", "balanced_accuracy", "macs", "parameters",
///      "test_unfairness", "test_accuracy", "test_balanced_accuracy", "test_worst_group", "test_eodd",
///      "selection_unfairness", "selection_balanced_accuracy": by how much validation flattered it,
///      "chance_unfairness", "chance_balanced_accuracy": the best of as many equally good designs (chance.h),
///      "macs_spread", "meets_floor": share, "designs", "distinct_share": designs that differ among the proposals in
///      which one could be read, "invalid_rate", "proposals", "invalid", "repeated", "unreadable", "retries", "tokens",
///      "waiting_seconds", "evaluating_seconds": without designs that an earlier arm of the seed had trained,
///      "difference": {metric: to the first arm}}],
///      "not_measured": [{"name": "llm", "reason"}] where no arm asks anybody}
///
/// Strategies are compared by the test figures: the validation figures are those that the best was selected by. The
/// first figures, to "meets_floor", are of each search's best design by the rule and of the spread of its designs; a
/// search that ended before the budget has none of them. Those after are of all its proposals. Means over seeds with
/// 95 % t intervals, null below two seeds. Differences to the first arm are paired by seed.
Json compare(const std::vector<Arm>& arms, const BestRule& rule);

/// Tables for a terminal: the best designs, their differences to the first arm, the proposals; an arm without a
/// language model behind it, where there should be one, is `not measured` in them.
std::string comparison_text(const Json& comparison);

}  // namespace flnas::searches
