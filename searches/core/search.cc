#include "searches/core/search.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <set>

#include "harness/base/error.h"
#include "harness/records/record.h"

namespace flnas::searches {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

/// Where the search stands, from the history alone.
struct Position {
  int round = 1, attempt = 1;
  int failed_rounds = 0;                  ///< given up in a row
  const Proposal* unevaluated = nullptr;  ///< the last proposal, where it was valid and its evaluation is missing
};

Position position(const History& history, int attempts) {
  Position at;
  if (history.proposals.empty()) return at;
  const Proposal& last = history.proposals.back();
  const bool valid = last.verdict == kValid;
  const bool settled = valid || last.attempt >= attempts;
  at.round = settled ? last.round + 1 : last.round;
  at.attempt = settled ? 1 : last.attempt + 1;
  if (valid && history.find(last.hash) == nullptr) at.unevaluated = &last;
  for (auto it = history.proposals.rbegin(); it != history.proposals.rend() && it->verdict != kValid; ++it) {
    at.failed_rounds += it->attempt >= attempts;
  }
  return at;
}

Proposal judge(const Answer& answer, const Validator& validator, const History& history, const Position& at) {
  Proposal proposal{.round = at.round, .attempt = at.attempt, .verdict = kUnreadable, .violations = answer.problems};
  proposal.memo = answer.memo;
  proposal.seconds = answer.seconds;
  if (answer.proposal.is_null()) return proposal;
  Finding finding = validator.judge(answer.proposal, history);
  proposal.verdict = finding.verdict;
  proposal.violations = std::move(finding.violations);
  proposal.design = std::move(finding.design);
  proposal.hash = std::move(finding.hash);
  return proposal;
}

/// The designer's answer, or in its `failure` why there is none.
Answer ask(Designer& designer, const History& history, const Position& at) {
  Answer answer;
  try {
    return designer.propose(history, at.round, at.attempt);
  } catch (const RemoteError& error) {
    answer.problems = {error.what()};
    answer.failure = std::current_exception();
  } catch (const ConfigError& error) {
    answer.problems = {error.what()};
    answer.failure = std::current_exception();
  }
  return answer;
}

}  // namespace

SearchCounts count(const History& history) {
  SearchCounts counts;
  std::set<int> rounds, settled;
  for (const Proposal& proposal : history.proposals) {
    rounds.insert(proposal.round);
    ++counts.proposals;
    counts.invalid += proposal.verdict == kInvalid;
    counts.repeated += proposal.verdict == kRepeated;
    counts.unreadable += proposal.verdict == kUnreadable;
    counts.retries += proposal.attempt > 1;
    if (proposal.verdict == kValid) settled.insert(proposal.round);
  }
  for (const Evaluation& evaluation : history.evaluations) counts.untrainable += evaluation.status == kFailed;
  counts.rounds = static_cast<int>(rounds.size());
  counts.given_up = static_cast<int>(rounds.size() - settled.size());
  counts.evaluated = static_cast<int>(history.evaluations.size());
  return counts;
}

SearchOutcome run_search(Designer& designer, const Validator& validator, Evaluator& evaluator, Archive& archive,
                         const SearchConfig& config, const std::function<void(const Evaluation&)>& on_evaluation) {
  const auto start = Clock::now();
  const int attempts = designer.is_paid() ? config.attempts : config.free_attempts;
  SearchOutcome outcome;
  const auto evaluate = [&](const Json& design, int round) {
    const auto began = Clock::now();
    const std::string name = fmt::format("d{:03}", archive.history().evaluations.size() + 1);
    const Finding finding = validator.judge(design, {});
    Evaluation evaluation = evaluator.evaluate(finding, name);
    evaluation.round = round;
    evaluation.hash = finding.hash;
    evaluation.name = name;
    evaluation.seconds = seconds_since(began);
    outcome.evaluating_seconds += evaluation.seconds;
    archive.add(evaluation);
    on_evaluation(archive.history().evaluations.back());
  };
  while (static_cast<int>(archive.history().evaluations.size()) < config.iterations) {
    const Position at = position(archive.history(), attempts);
    if (at.unevaluated != nullptr) {
      evaluate(Json(at.unevaluated->design), at.unevaluated->round);
      continue;
    }
    if (at.failed_rounds >= config.failed_rounds) {
      outcome.reason = fmt::format("{} rounds in a row without a valid design; the last one broke: {}",
                                   at.failed_rounds, fmt::join(archive.history().proposals.back().violations, "; "));
      break;
    }
    const auto asked = Clock::now();
    const Answer answer = ask(designer, archive.history(), at);
    // A recorded answer tells how long it took when it was given.
    outcome.waiting_seconds += std::min(answer.seconds, seconds_since(asked));
    if (answer.failure) {
      outcome.reason = fmt::format("{}", fmt::join(answer.problems, "; "));
      outcome.failure = answer.failure;
      archive.flush();
      if (!answer.memo.is_null()) {
        archive.add(LostCall{at.round, at.attempt, outcome.reason, answer.memo, answer.seconds});
      }
      break;
    }
    Proposal proposal = judge(answer, validator, archive.history(), at);
    // What cost nothing can be proposed again: it is written with its evaluation, by one write to the disk.
    const bool given_up = proposal.verdict != kValid && at.attempt >= attempts;
    designer.is_paid() || given_up ? archive.add(std::move(proposal)) : archive.add_later(std::move(proposal));
  }
  outcome.overhead_seconds = seconds_since(start) - outcome.waiting_seconds - outcome.evaluating_seconds;
  return outcome;
}

}  // namespace flnas::searches
