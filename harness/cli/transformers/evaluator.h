#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <unordered_map>

#include "harness/base/progress.h"
#include "harness/cli/transformers/search.h"
#include "harness/latency/estimation/platform.h"
#include "harness/nn/autoformer/autoformer.h"
#include "harness/nn/classifier.h"
#include "harness/proxies/proxies.h"
#include "harness/train/config.h"
#include "searches/spaces/autoformer/transformer_space.h"

namespace flnas::cli {

/// What was found of subnets, by their text.
using KnownFigures = std::unordered_map<std::string, searches::SubnetFigures>;

/// The lines of an evaluations.jsonl; none where it is missing. A torn last line, as a kill leaves it, does not count.
/// Throws DataError for a damaged one.
KnownFigures read_evaluations(const std::filesystem::path& file);

/// Builds, looks at and times subnets. What it finds is appended to OUT/evaluations.jsonl, one line per subnet, and
/// what is there already is taken from it. A subnet has weights of its own, whenever it is looked at.
class TransformerEvaluator {
 public:
  /// Keeps references to both. `measured`: the platform is this machine. Throws DataError for a damaged file.
  TransformerEvaluator(const TransformerSearchRequest& request, const Platform& platform, bool measured);

  searches::SubnetFigures operator()(const nn::AutoFormer& subnet);

 private:
  void measure(nn::Classifier& model, searches::SubnetFigures& figures) const;
  double estimated_ms(const nn::AutoFormer& subnet) const;

  const TransformerSearchRequest& request_;
  const Platform& platform_;
  bool measured_;
  std::filesystem::path file_;
  TrainConfig config_;  ///< effective: device and threads
  proxies::ProxyBatch images_;
  KnownFigures known_;
  Progress progress_;
  std::int64_t done_ = 0;
};

}  // namespace flnas::cli
