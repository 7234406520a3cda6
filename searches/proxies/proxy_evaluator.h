#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "harness/base/progress.h"
#include "harness/latency/estimation/platform.h"
#include "harness/nn/classifier.h"
#include "harness/proxies/proxies.h"
#include "harness/train/config.h"
#include "searches/core/evaluator.h"
#include "searches/proxies/network_space.h"
#include "searches/proxies/proxy_settings.h"

namespace flnas::searches {

struct ProxyEvaluatorConfig {
  ProxySettings settings;
  int threads = 0;  ///< of the latency; 0: one per core
  std::uint64_t seed = 1;
  std::optional<Platform> platform = {};  ///< of the latency; none: cost is told by MACs
  bool measured = false;                  ///< the platform is this machine: its latencies are measured, else estimated
  std::int64_t budget = 0;                ///< for progress
};

/// Builds, looks at and times networks. Objectives: latency in ms, or without a platform millions of MACs; then each
/// proxy's negative, by name; a proxy that is not finite is the worst. A network has weights of its own, whenever it is
/// looked at.
class ProxyEvaluator : public Evaluator {
 public:
  ProxyEvaluator(NetworkSpace networks, ProxyEvaluatorConfig config);

  Evaluation evaluate(Candidate candidate) override;
  metrics::Point objectives(const Evaluation& evaluation) const override;
  std::vector<std::string> objective_names() const override;
  bool has_accuracy() const override { return false; }
  std::string goal() const override;
  std::string figures(const Evaluation& evaluation) const override;
  std::string noise(const std::vector<Evaluation>& evaluations) const override;

 private:
  void add_latency(Candidate candidate, const std::shared_ptr<nn::Classifier>& model, DesignCost& cost) const;
  void measure(const std::shared_ptr<nn::Classifier>& model, DesignCost& cost) const;

  NetworkSpace networks_;
  ProxyEvaluatorConfig config_;
  TrainConfig train_;  ///< effective: device and threads
  proxies::ProxyBatch images_;
  Progress progress_;
  std::int64_t done_ = 0;
};

/// {latency in ms, or millions of MACs where it has none, -proxy, ...}, proxies by name.
metrics::Point proxy_objectives(const Evaluation& evaluation, const std::vector<std::string>& proxies);

}  // namespace flnas::searches
