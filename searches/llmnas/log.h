#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "searches/llmnas/space.h"

namespace flnas::searches::llmnas {

/// What became of a proposal.
enum class Verdict {
  kEvaluated,  ///< legal and new: it took one from the budget
  kRepeated,   ///< evaluated before
  kInvalid,    ///< illegal
  kTooLate,    ///< the budget is used up; not counted as a proposal
};

/// The evaluations of one search, in order: a distinct legal candidate is evaluated once, and that is what a budget
/// counts.
class EvaluationLog {
 public:
  EvaluationLog(Space& space, std::size_t budget) : space_(space), budget_(budget) {}

  Verdict propose(Candidate candidate);
  /// A proposal of which no candidate could be read, or that belongs elsewhere.
  void count_invalid() { ++proposals_, ++invalid_; }
  /// A candidate that was proposed again to somebody who noticed it.
  void count_repeated() { ++proposals_, ++repeated_; }

  bool full() const { return order_.size() >= budget_; }
  std::size_t left() const { return budget_ - order_.size(); }
  std::size_t budget() const { return budget_; }
  bool has(Candidate candidate) const { return objectives_.contains(candidate); }
  /// Of an evaluated candidate.
  const metrics::Point& at(Candidate candidate) const { return objectives_.at(candidate); }
  const std::vector<Candidate>& order() const { return order_; }

  std::int64_t proposals() const { return proposals_; }
  std::int64_t repeated() const { return repeated_; }
  std::int64_t invalid() const { return invalid_; }

 private:
  Space& space_;
  std::size_t budget_;
  std::vector<Candidate> order_;
  std::unordered_map<Candidate, metrics::Point> objectives_;
  std::int64_t proposals_ = 0, repeated_ = 0, invalid_ = 0;
};

/// A legal candidate of the niche that was not evaluated yet and that is none of `others`: by a bounded number of
/// draws, so that it may find none where nearly all have been.
std::optional<Candidate> sample_new(const Space& space, const EvaluationLog& log, int niche, Random& random,
                                    const std::vector<Candidate>& others = {});

}  // namespace flnas::searches::llmnas
