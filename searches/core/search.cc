#include "searches/core/search.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>

#include "harness/base/error.h"
#include "harness/records/record.h"

namespace flnas::searches {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

/// One search that runs.
class Loop {
 public:
  Loop(SearchStrategy& strategy, const SearchSpace& space, Evaluator& evaluator, Archive& archive,
       const SearchLimits& limits, const std::function<void(const Evaluation&)>& on_evaluation)
      : strategy_(strategy),
        space_(space),
        evaluator_(evaluator),
        archive_(archive),
        limits_(limits),
        on_evaluation_(on_evaluation),
        limit_(limits.budget),
        attempts_(strategy.attempts().value_or(strategy.is_paid() ? limits.attempts : limits.free_attempts)) {}

  SearchOutcome run() {
    const auto start = Clock::now();
    do {
      turns_ = failed_ = 0;
      while (left() > 0 && outcome_.reason.empty()) turn();
    } while (outcome_.reason.empty() && extend());
    archive_.flush();
    outcome_.overhead_seconds = seconds_since(start) - outcome_.waiting_seconds - outcome_.evaluating_seconds;
    return outcome_;
  }

 private:
  std::size_t left() const { return limit_ - std::min(limit_, archive_.evaluations().size()); }

  /// What was known before used up no budget: as many more may be evaluated, where the space has them.
  bool extend() {
    if (!limits_.is_known) return false;
    const auto& all = archive_.evaluations();
    const auto is_known = [&](const Evaluation& evaluation) { return limits_.is_known(evaluation.candidate); };
    const auto known = static_cast<std::size_t>(std::count_if(all.begin(), all.end(), is_known));
    const std::size_t before = std::exchange(limit_, std::min(limits_.budget + known, limits_.most));
    return limit_ > before;
  }

  void turn() {
    const std::vector<Proposal> proposals = ask();
    if (outcome_.failure) return;
    bool found = false;
    ++turns_, ++outcome_.turns;
    for (const Proposal& proposal : proposals) {
      if (left() == 0) return;
      pass_over(proposal.passed_over);
      const bool last = &proposal == &proposals.back() && !found && turns_ >= attempts_;
      if (judge(proposal, last)) {
        found = true;
        ++round_, attempt_ = 1;
      } else {
        ++attempt_;
      }
    }
    if (found) turns_ = failed_ = 0;
    if (!found && (proposals.empty() || turns_ >= attempts_)) give_up();
  }

  /// Each candidate that the strategy passed over is a turn with a repeated proposal.
  void pass_over(int candidates) {
    if (candidates == 0) return;
    archive_.add_repetitions(candidates);
    attempt_ += candidates, turns_ += candidates, outcome_.turns += candidates;
  }

  std::vector<Proposal> ask() {
    const auto asked = strategy_.is_paid() ? Clock::now() : Clock::time_point();
    try {
      auto proposals = strategy_.ask({.archive = archive_, .round = round_, .attempt = attempt_, .left = left()});
      // A recorded reply tells how long it took when it was given.
      double waited = 0;
      for (const Proposal& proposal : proposals) waited += proposal.seconds;
      if (waited > 0 && strategy_.is_paid()) outcome_.waiting_seconds += std::min(waited, seconds_since(asked));
      return proposals;
    } catch (const LostReply& lost) {
      fail(lost);
      archive_.add(LostCall{round_, attempt_, lost.what(), lost.strategy_state, lost.seconds});
    } catch (const RemoteError& error) {
      fail(error);
    } catch (const ConfigError& error) {
      fail(error);
    }
    return {};
  }

  void fail(const Error& error) {
    outcome_.reason = error.what();
    outcome_.failure = std::current_exception();
    archive_.flush();
  }

  void give_up() {
    ++round_, attempt_ = 1, turns_ = 0;
    if (++failed_ < limits_.failed_rounds) return;
    const auto& proposals = archive_.history().proposals;
    const bool refused = !proposals.empty() && !proposals.back().violations.empty();
    outcome_.reason = fmt::format(
        "{} rounds in a row without a new valid design, after {} of {} evaluations{}", failed_,
        archive_.evaluations().size(), limits_.budget,
        refused ? fmt::format("; the last one broke: {}", fmt::join(proposals.back().violations, "; ")) : "");
  }

  /// Whether it was valid, and then it is evaluated. `last`: the round's last attempt.
  bool judge(const Proposal& proposal, bool last) {
    const bool is_listed = archive_.has_file() || strategy_.is_paid();
    if (!is_listed && proposal.candidate && archive_.has(*proposal.candidate)) {
      archive_.add_repetitions(1);
      return false;
    }
    ProposalRecord record;
    record.round = round_;
    record.attempt = attempt_;
    record.strategy_state = proposal.strategy_state;
    record.seconds = proposal.seconds;
    record.candidate = proposal.candidate;
    if (proposal.candidate) {
      set_verdict(record, *proposal.candidate);
    } else {
      record.verdict = proposal.readable ? kInvalid : kUnreadable;
      record.violations = proposal.problems;
    }
    const bool valid = record.verdict == kValid;
    // What cost nothing can be proposed again: it is written with its evaluation, by one write to the disk.
    archive_.add(std::move(record), strategy_.is_paid() || last);
    if (valid) evaluate(*proposal.candidate);
    return valid;
  }

  void set_verdict(ProposalRecord& record, Candidate candidate) const {
    if (archive_.has_file()) {
      record.design = space_.canonical(candidate);
      record.hash = space_.hash(candidate);
    }
    if (const Evaluation* before = archive_.find(candidate)) {
      record.verdict = kRepeated;
      if (archive_.has_file()) {
        record.violations = {fmt::format("duplicate: the same design as {}", before->name)};
      }
    } else if (space_.is_valid(candidate)) {
      record.verdict = kValid;
    } else {
      record.verdict = kInvalid;
      record.violations = space_.violations(candidate);
    }
  }

  void evaluate(Candidate candidate) {
    const std::string hash = archive_.has_file() ? space_.hash(candidate) : "";
    auto stored = archive_.has_file() ? archive_.stored(hash) : std::nullopt;
    const bool is_new = !stored;
    const auto began = archive_.has_file() ? Clock::now() : Clock::time_point();
    Evaluation evaluation = stored ? std::move(*stored) : evaluator_.evaluate(candidate);
    evaluation.candidate = candidate;
    evaluation.objectives = evaluator_.objectives(evaluation);
    if (is_new && archive_.has_file()) {
      evaluation.hash = hash;
      evaluation.name = fmt::format("d{:03}", archive_.evaluations().size() + 1);
      evaluation.seconds = seconds_since(began);
      outcome_.evaluating_seconds += evaluation.seconds;
    }
    evaluation.round = round_;
    archive_.add(std::move(evaluation));
    strategy_.tell(archive_.evaluations().back());
    if (is_new) on_evaluation_(archive_.evaluations().back());
  }

  SearchStrategy& strategy_;
  const SearchSpace& space_;
  Evaluator& evaluator_;
  Archive& archive_;
  const SearchLimits& limits_;
  const std::function<void(const Evaluation&)>& on_evaluation_;
  std::size_t limit_;  ///< evaluations after which the search ends
  const int attempts_;
  SearchOutcome outcome_;
  int round_ = 1, attempt_ = 1;
  int turns_ = 0;   ///< of the round
  int failed_ = 0;  ///< rounds given up in a row
};

}  // namespace

SearchCounts count(const History& history) {
  SearchCounts counts{.valid_first = 0};
  std::set<int> rounds, settled;
  for (const ProposalRecord& proposal : history.proposals) {
    rounds.insert(proposal.round);
    ++counts.proposals;
    counts.invalid += proposal.verdict == kInvalid;
    counts.repeated += proposal.verdict == kRepeated;
    counts.unreadable += proposal.verdict == kUnreadable;
    counts.retries += proposal.attempt > 1;
    if (proposal.verdict == kValid) settled.insert(proposal.round);
    *counts.valid_first += proposal.attempt == 1 && proposal.verdict == kValid;
  }
  for (const Evaluation& evaluation : history.evaluations) counts.untrainable += evaluation.status == kFailed;
  counts.proposals += static_cast<int>(history.repetitions);
  counts.repeated += static_cast<int>(history.repetitions);
  counts.rounds = static_cast<int>(rounds.size());
  counts.given_up = static_cast<int>(rounds.size() - settled.size());
  counts.evaluated = static_cast<int>(history.evaluations.size());
  return counts;
}

SearchOutcome run_search(SearchStrategy& strategy, const SearchSpace& space, Evaluator& evaluator, Archive& archive,
                         const SearchLimits& limits, const std::function<void(const Evaluation&)>& on_evaluation) {
  return Loop(strategy, space, evaluator, archive, limits, on_evaluation).run();
}

}  // namespace flnas::searches
