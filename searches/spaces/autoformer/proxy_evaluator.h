#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "harness/base/progress.h"
#include "harness/latency/estimation/platform.h"
#include "harness/nn/classifier.h"
#include "harness/proxies/proxies.h"
#include "harness/train/config.h"
#include "searches/core/evaluator.h"
#include "searches/spaces/autoformer/autoformer_space.h"

namespace flnas::searches {

struct ProxyEvaluatorConfig {
  std::vector<std::string> proxies;  ///< stand for accuracy; each is an objective
  nn::ModelOptions options;
  std::int64_t proxy_batch = 8;  ///< images of noise, of proxies that see any
  int latency_batch = 1;
  double latency_seconds = 0.5;  ///< of samples of one subnet
  int threads = 0;               ///< of the latency; 0: one per core
  std::uint64_t seed = 1;
  Platform platform;
  bool measured = false;    ///< the platform is this machine: its latencies are measured, else estimated
  std::int64_t budget = 0;  ///< for progress
};

/// Builds, looks at and times subnets. Objectives: latency in ms, then each proxy's negative, by name; a proxy that is
/// not finite is the worst. A subnet has weights of its own, whenever it is looked at.
class ProxyEvaluator : public Evaluator {
 public:
  /// Keeps a reference to the space.
  ProxyEvaluator(const AutoFormerSearchSpace& space, ProxyEvaluatorConfig config);

  Evaluation evaluate(Candidate candidate) override;
  metrics::Point objectives(const Evaluation& evaluation) const override;
  std::vector<std::string> objective_names() const override;
  bool has_accuracy() const override { return false; }
  std::string goal() const override;
  std::string figures(const Evaluation& evaluation) const override;
  std::string noise(const std::vector<Evaluation>& evaluations) const override;

 private:
  void measure(const std::shared_ptr<nn::Classifier>& model, DesignCost& cost) const;

  const AutoFormerSearchSpace& space_;
  ProxyEvaluatorConfig config_;
  TrainConfig train_;  ///< effective: device and threads
  proxies::ProxyBatch images_;
  Progress progress_;
  std::int64_t done_ = 0;
};

/// {latency in ms, -proxy, ...}, proxies by name.
metrics::Point subnet_objectives(const Evaluation& evaluation, const std::vector<std::string>& proxies);

}  // namespace flnas::searches
