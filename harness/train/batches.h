#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "harness/train/examples.h"

namespace flnas {

struct Batch {
  at::Tensor inputs;  ///< [B, 3, S, S] uint8 in channels-last order, or [B, F] float32; on the CPU (pinned for CUDA).
  at::Tensor labels;  ///< [B] int64.
  at::Tensor cells;   ///< [B] int64; undefined where the rows have none.
};

/// Gathers the batches of one pass over `order` on a thread of its own, two batches ahead of the reader. The last batch
/// may be smaller; a last batch of one image is joined to the one before it (batch norm cannot train on one image).
class BatchReader {
 public:
  BatchReader(const Examples& rows, std::vector<std::size_t> order, int batch, bool pin);
  ~BatchReader();
  BatchReader(const BatchReader&) = delete;
  BatchReader& operator=(const BatchReader&) = delete;

  /// False at the end of the pass. Rethrows an exception of the thread.
  bool next(Batch& batch);
  /// Seconds that `next` spent waiting so far.
  double waited_seconds() const { return waited_; }

 private:
  struct Queue;
  std::unique_ptr<Queue> queue_;
  double waited_ = 0;
};

/// 0, 1, ..., n-1.
std::vector<std::size_t> in_order(std::size_t n);

/// A random order of n images that depends on seed and epoch only, so that a resumed run sees the same one.
std::vector<std::size_t> shuffled(std::size_t n, std::uint64_t seed, int epoch);

}  // namespace flnas
