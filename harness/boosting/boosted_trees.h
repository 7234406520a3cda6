#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace flnas {

/// Settings of XGBoost, under its own names; the defaults suit a few hundred rows of a dozen features.
struct BoostedTreesConfig {
  int rounds = 400;             ///< trees; with more of them, a lower learning rate
  int max_depth = 4;            ///< of a tree; deeper ones learn interactions of more features, and overfit sooner
  double learning_rate = 0.05;  ///< (0, 1]: the share of each tree that counts
  double min_child_weight = 1;  ///< rows that a leaf needs
  double subsample = 0.8;       ///< (0, 1]: share of the rows that each tree sees
  double colsample = 0.8;       ///< (0, 1]: share of the features that each tree sees
  double reg_lambda = 1;        ///< L2 penalty on leaves
  std::uint64_t seed = 1;       ///< draws rows and features; below 2^31

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("rounds", self.rounds, "trees");
    visit("max_depth", self.max_depth, "depth of a tree");
    visit("learning_rate", self.learning_rate, "share of each tree that counts");
    visit("min_child_weight", self.min_child_weight, "rows that a leaf needs");
    visit("subsample", self.subsample, "share of the rows that each tree sees");
    visit("colsample", self.colsample, "share of the features that each tree sees");
    visit("reg_lambda", self.reg_lambda, "L2 penalty on leaves");
    visit("seed", self.seed, "draws rows and features");
  }
  /// Every problem; empty when valid.
  std::vector<std::string> problems() const;
};

/// The loss: squared error, or the log loss of targets 0 and 1, with which predictions are probabilities.
enum class BoostingLoss { kSquaredError, kLogistic };

/// Gradient-boosted trees. One thread, and the same input and seed give the same bits.
/// Source: Chen and Guestrin, XGBoost: A Scalable Tree Boosting System, KDD 2016; its library computes all of it.
class BoostedTrees {
 public:
  /// features: [n, d], row after row, n the number of targets; NaN is a missing value. Values are taken as float32.
  /// Throws ConfigError: no rows, a length that is no multiple of n, an invalid config, a target that is not finite, a
  /// feature that is infinite as float32 (beyond 3.4e38: take the logarithm; -inf: NaN).
  static BoostedTrees fit(std::span<const double> features, std::span<const double> targets,
                          const BoostedTreesConfig& config = {}, BoostingLoss loss = BoostingLoss::kSquaredError);

  /// features: [n, d], as for `fit` -> n predictions, in the unit of the targets. Throws as `fit`.
  std::vector<double> predict(std::span<const double> features) const;

  /// d
  std::size_t width() const { return width_; }

 private:
  BoostedTrees() = default;

  std::shared_ptr<void> booster_;
  std::size_t width_ = 0;
};

/// "1.7.4": the library that runs.
std::string xgboost_version();

}  // namespace flnas
