#pragma once

#include <cstdint>

#include "searches/core/designer.h"
#include "searches/spaces/cnn/space.h"

namespace flnas::searches {

/// Random search: each proposal is a sample (see sample.h) that owes nothing to the others.
/// Source: Li, Talwalkar, Random Search and Reproducibility for NAS, UAI 2019. Differs: no weight sharing.
class RandomDesigner : public Designer {
 public:
  RandomDesigner(Choices choices, std::uint64_t seed) : choices_(std::move(choices)), seed_(seed) {}

  Answer propose(const History& history, int round, int attempt) override;

 private:
  Choices choices_;
  std::uint64_t seed_;
};

}  // namespace flnas::searches
