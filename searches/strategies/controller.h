#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "harness/base/random.h"

namespace flnas::searches {

struct ControllerConfig {
  int hidden = 32;             ///< units of the LSTM
  double lr = 0.02;            ///< of Adam
  double entropy = 0.01;       ///< weight of the policy's entropy: more explores longer
  double baseline_keep = 0.8;  ///< of the moving average of rewards, per batch
};

/// A sequence of actions and its reward.
struct Episode {
  std::vector<int> actions;
  double reward = 0;
};

/// A policy over a fixed row of decisions, learned by REINFORCE:
///
///     start -> embedding -> LSTM -> linear of decision 1 -> action 1 -> embedding -> LSTM -> ... -> action T
///
/// The gradient of each log-probability is weighted by reward minus a moving average of rewards. Weights start uniform
/// in [-0.1, 0.1] from the seed; libtorch's generator is not touched.
/// Source: Williams, Machine Learning 8, 1992 (REINFORCE); Zoph, Le, Neural Architecture Search with Reinforcement
/// Learning, ICLR 2017 (LSTM controller). Differs: one layer; Adam; an entropy term.
class Controller {
 public:
  /// `options`: how many actions each decision has, at least 1.
  Controller(std::vector<int> options, ControllerConfig config, std::uint64_t seed);
  ~Controller();

  /// `count` rows of actions. A temperature above 1 flattens the policy.
  std::vector<std::vector<int>> sample(int count, Random& random, double temperature = 1) const;

  /// One step on a batch.
  void learn(const std::vector<Episode>& episodes);

 private:
  struct Network;
  std::unique_ptr<Network> network_;
};

}  // namespace flnas::searches
