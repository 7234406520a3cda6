#include "searches/strategies/drawing.h"

namespace flnas::searches {
namespace {

/// Random search: each proposal is a sample of the space that owes nothing to the others.
/// Source: Li, Talwalkar, Random Search and Reproducibility for NAS, UAI 2019. Differs: no weight sharing.
class RandomSearch : public SearchStrategy {
 public:
  explicit RandomSearch(const StrategyContext& context) : drawing_(context) {}

  std::vector<Proposal> ask(const Turn& turn) override {
    return only(drawing_.sample(turn.archive, SearchSpace::kAnywhere, drawing_.random(turn)));
  }

 private:
  Drawing drawing_;
};

/// The same on the part of the space that a practitioner would write: whoever knows the field is compared with this.
class RandomSensibleSearch : public SearchStrategy {
 public:
  explicit RandomSensibleSearch(const StrategyContext& context) : space_(context.space), drawing_(context) {}

  std::vector<Proposal> ask(const Turn& turn) override { return only(space_.sample_sensible(drawing_.random(turn))); }

 private:
  const SearchSpace& space_;
  Drawing drawing_;
};

}  // namespace

std::unique_ptr<SearchStrategy> make_random(const StrategyContext& context) {
  return std::make_unique<RandomSearch>(context);
}

std::unique_ptr<SearchStrategy> make_random_sensible(const StrategyContext& context) {
  return std::make_unique<RandomSensibleSearch>(context);
}

}  // namespace flnas::searches
