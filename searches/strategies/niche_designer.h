#pragma once

#include <cstdint>
#include <vector>

#include "searches/core/designer.h"
#include "searches/spaces/cnn/macs_niches.h"

namespace flnas::searches {

/// The niche that a round is for: generations go through all niches, one design each.
std::size_t niche_of_round(int round, const MacsNiches& niches);

/// The niche's Pareto archive: its evaluated designs that no other one of the niche beats in all objectives.
std::vector<const Evaluation*> niche_archive(const History& history, const MacsNiches& niches, std::size_t niche);

/// LLM-NAS on the choices' designs, without a language model: partitioned co-evolution by MACs with four objectives
/// (macs_niches.h). Each round a mutation of a member of the niche's archive, or with probability 1/2, where there are
/// two, a crossover of two; drawn again until it is valid, new and of the niche; where nothing was found yet, a random
/// design of the niche.
/// Source: LLM-NAS, arXiv 2510.01472. Differs: the space, the objectives, one child per niche and generation.
class NicheDesigner : public Designer {
 public:
  /// Keeps a reference to the validator.
  NicheDesigner(const Validator& validator, MacsNiches niches, std::uint64_t seed)
      : validator_(validator), niches_(std::move(niches)), seed_(seed) {}

  /// The memo is {"niche", "parents": [names]}.
  Answer propose(const History& history, int round, int attempt) override;

 private:
  const Validator& validator_;
  MacsNiches niches_;
  std::uint64_t seed_;
};

}  // namespace flnas::searches
