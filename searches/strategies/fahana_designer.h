#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "searches/core/designer.h"
#include "searches/spaces/cnn/space.h"
#include "searches/strategies/controller.h"

namespace flnas::searches {

struct FahanaConfig {
  ControllerConfig controller;
  int batch = 4;            ///< proposals for each step of learning
  double accuracy = 1;      ///< weight of balanced accuracy in the reward
  double unfairness = 0.5;  ///< weight of Unfairness (the sum over groups)
  double missed = -1;       ///< reward of a design that breaks a rule (shape, size limits) or cannot be trained
  double late = 0.5;        ///< taken off for a latency of twice the limit, in proportion below and above
  int frozen_head = 0;      ///< every design begins with this many stages of the template
};

/// accuracy x balanced accuracy - unfairness x Unfairness - late x (latency / limit - 1, where it is above 0).
double fahana_reward(const Evaluation& evaluation, const FahanaConfig& config, const Limits& limits);

/// A FaHaNa-like designer: a REINFORCE controller over a stack of blocks, after a head that may be frozen.
///
///     number of blocks, then for each: type (MB, DB, RB, CB), kernel, channels, downsampling; then how the map is
///     reduced
///
/// MB is a 1x1 expansion to four times the channels and a depthwise-separable stage (two stages; the space has no
/// linear bottleneck and no shortcut around one), DB a depthwise-separable, RB a residual and CB a plain stage.
/// Everything else is fixed: batch norm, ReLU and a bias where they are offered, no dropout, no hidden layers. Source:
/// Sheng et al., FaHaNa, arXiv 2202.11317, from memory: a controller trained by REINFORCE, a frozen pretrained head,
/// these block types, a reward that adds accuracy, subtracts unfairness and punishes a missed limit. Differs: its
/// search space, weights of the reward and controller are not known here; balanced accuracy, so that a constant
/// predictor earns nothing.
class FahanaDesigner : public Designer {
 public:
  /// Throws ConfigError where the frozen head is longer than the template or leaves no stage to choose.
  FahanaDesigner(Space space, FahanaConfig config, std::uint64_t seed);
  ~FahanaDesigner() override;

  /// The memo is {"actions": [...]}. Learns first from whatever the history has that it has not seen yet.
  Answer propose(const History& history, int round, int attempt) override;

  /// The design that a row of actions stands for.
  Json decode(const std::vector<int>& actions) const;
  /// How many actions each decision has.
  std::vector<int> plan() const;

 private:
  void learn(const History& history);
  std::optional<double> reward_of(const Proposal& proposal, const History& history) const;
  Json stage(const std::string& form, const Json& kernel, const Json& channels) const;

  Space space_;
  FahanaConfig config_;
  std::uint64_t seed_;
  std::vector<std::string> blocks_;
  std::vector<Json> kernels_, channels_, downsampling_, reductions_;
  std::int64_t least_blocks_ = 0, most_blocks_ = 0, most_stages_ = 0;
  std::unique_ptr<Controller> controller_;
  std::size_t seen_ = 0;          ///< proposals of the history that were looked at
  std::vector<Episode> waiting_;  ///< of them, those that wait for their batch
};

}  // namespace flnas::searches
