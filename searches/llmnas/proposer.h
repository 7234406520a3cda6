#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "searches/llmnas/front.h"
#include "searches/llmnas/log.h"

namespace flnas::searches::llmnas {

/// A candidate with the reason that was given for it; blank from proposers without words.
struct Child {
  Candidate candidate = 0;
  std::string rationale;
};

/// What a proposer sees of a niche.
struct NicheView {
  int niche = 0;
  int generation = 1;              ///< from 1; generation 0 is drawn at random
  std::size_t wanted = 0;          ///< children
  const Front& front;              ///< the niche's Pareto archive
  const std::vector<Child>& last;  ///< evaluated in the generation before
  const EvaluationLog& log;
};

struct Proposal {
  std::vector<Child> children;             ///< at most as many as wanted: legal, of the niche, new, and each once
  std::int64_t invalid = 0, repeated = 0;  ///< what was refused on the way
};

/// Who proposes a niche's children.
class Proposer {
 public:
  virtual ~Proposer() = default;
  /// May be called by several threads at once, for different niches.
  virtual Proposal propose(const NicheView& view, Random& random) = 0;
  /// How many niches may be asked for at once.
  virtual int at_once() const { return 1; }
};

/// Without words: a mutation of a member of the niche's archive, or with probability 1/2, where there are two, a
/// crossover of two of them; drawn again until it is new, legal and of the niche. Where many draws fail, a random
/// candidate of the niche: the LLM's two operators without the LLM.
class OperatorProposer : public Proposer {
 public:
  explicit OperatorProposer(const Space& space) : space_(space) {}
  Proposal propose(const NicheView& view, Random& random) override;

 private:
  const Space& space_;
};

}  // namespace flnas::searches::llmnas
