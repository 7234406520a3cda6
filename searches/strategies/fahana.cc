#include "searches/strategies/fahana.h"

#include <algorithm>
#include <numeric>

#include "harness/records/record.h"
#include "searches/strategies/controller.h"
#include "searches/strategies/drawing.h"

namespace flnas::searches {
namespace {

/// A FaHaNa-like strategy: a REINFORCE controller over the space's token sequence (on cnn: a stack of blocks after a
/// head that may be frozen, spaces/cnn/block_sequence.h). Source: Sheng et al., FaHaNa, arXiv 2202.11317, from memory:
/// a controller trained by REINFORCE, a frozen pretrained head, its block types, a reward that adds accuracy, subtracts
/// unfairness and punishes a missed limit. Differs: its search space, weights of the reward and controller are not
/// known here; balanced accuracy, so that a constant predictor earns nothing; a search that is told objectives is
/// rewarded by these (objectives_reward).
class Fahana : public SearchStrategy {
 public:
  explicit Fahana(const StrategyContext& context)
      : tokens_(*context.space.tokens()),
        latency_limit_us_(context.latency_limit_us),
        by_objectives_(!context.evaluator.best_rule().value_or(BestRule()).objectives.empty()),
        drawing_(context),
        controller_(tokens_.options, ControllerConfig{}, mix_seed(context.seed, 0)) {}

  std::vector<Proposal> ask(const Turn& turn) override {
    learn(turn.archive);
    // A policy that has settled repeats itself: each attempt looks a little farther.
    const double temperature = 1 + 0.05 * (turn.attempt - 1);
    actions_ = controller_.sample(1, drawing_.random(turn), temperature).front();
    Reading reading = tokens_.decode(actions_);
    Proposal proposal;
    proposal.candidate = reading.candidate;
    proposal.problems = std::move(reading.problems);
    if (turn.archive.has_file()) proposal.strategy_state = {{"actions", actions_}};
    return {proposal};
  }

 private:
  /// Nothing for a repetition, which taught its lesson before.
  std::optional<double> reward_of(const ProposalRecord& proposal, const Archive& archive) const {
    if (proposal.verdict == kInvalid) return config_.missed;
    if (proposal.verdict != kValid) return {};
    const Evaluation& evaluation = *archive.find(*proposal.candidate);
    if (!by_objectives_) return fahana_reward(evaluation, config_, latency_limit_us_);
    if (evaluation.objectives.empty()) return config_.missed;
    std::vector<metrics::Point> points;
    for (const Evaluation& other : archive.evaluations()) {
      if (!other.objectives.empty()) points.push_back(other.objectives);
    }
    return objectives_reward(evaluation.objectives, metrics::bounds_of(points));
  }

  /// From the last proposal, where the archive lists it.
  void learn(const Archive& archive) {
    const auto& proposals = archive.history().proposals;
    if (proposals.size() == seen_) return;
    seen_ = proposals.size();
    const auto reward = reward_of(proposals.back(), archive);
    if (!reward) return;
    waiting_.push_back({actions_, *reward});
    if (static_cast<int>(waiting_.size()) < config_.batch) return;
    controller_.learn(waiting_);
    waiting_.clear();
  }

  FahanaConfig config_;
  TokenSequence tokens_;
  std::optional<double> latency_limit_us_;
  bool by_objectives_;  ///< that the search was told
  Drawing drawing_;
  Controller controller_;
  std::vector<int> actions_;      ///< of the last proposal
  std::size_t seen_ = 0;          ///< proposals that the archive listed before it
  std::vector<Episode> waiting_;  ///< for their batch to be full
};

}  // namespace

double objectives_reward(const metrics::Point& objectives, const metrics::Bounds& range) {
  const metrics::Point scaled = range.scaled(objectives);
  return 1 - std::accumulate(scaled.begin(), scaled.end(), 0.0) / static_cast<double>(scaled.size());
}

double fahana_reward(const Evaluation& evaluation, const FahanaConfig& config, std::optional<double> latency_limit_us) {
  const DesignScores& scores = evaluation.scores;
  const auto accuracy = scores.balanced_accuracy ? scores.balanced_accuracy : scores.accuracy;
  if (evaluation.status == kFailed || !accuracy) return config.missed;
  double reward = config.accuracy * *accuracy - config.unfairness * scores.unfairness_sum.value_or(0);
  if (latency_limit_us && evaluation.cost.latency_us) {
    reward -= config.late * std::max(0.0, *evaluation.cost.latency_us / *latency_limit_us - 1);
  }
  return reward;
}

std::unique_ptr<SearchStrategy> make_fahana(const StrategyContext& context) {
  return std::make_unique<Fahana>(context);
}

}  // namespace flnas::searches
