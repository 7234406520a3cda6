#pragma once

#include <filesystem>
#include <memory>

#include "harness/base/json.h"
#include "harness/nn/nas_bench_201/nas_bench_201.h"
#include "harness/train/config.h"
#include "harness/train/device.h"
#include "harness/train/run_data.h"
#include "searches/spaces/nas_bench_201/miniature/miniature.h"

namespace flnas::nn {
class Classifier;
}

namespace flnas::searches {

/// Computes the figures of a cell for the miniature table, on synthetic lesions that it draws into `work`.
class CellTrainer {
 public:
  CellTrainer(const NasMiniatureConfig& config, const std::filesystem::path& work);

  /// Trains the cell's network and times it:
  ///     {"proxy_<name>": ..., "val_short", "val_long", "test_long": percent, "host", "host_batch16": ms an image}
  /// A proxy that is undefined is null.
  Json measure(const nn::Cell& cell) const;

 private:
  Json proxies(nn::Classifier& model) const;
  double latency_ms(const nn::Cell& cell, int batch) const;
  std::shared_ptr<nn::Classifier> network(const nn::Cell& cell, const nn::ModelOptions& options) const;

  NasMiniatureConfig config_;
  TrainConfig train_;
  DeviceSetup setup_;
  RunData data_;
};

inline constexpr int kProxyImages = 32;  ///< of noise, which the proxies see

}  // namespace flnas::searches
