#include "harness/train/batches.h"

#include <ATen/Functions.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <exception>
#include <mutex>
#include <numeric>
#include <thread>

#include "harness/base/random.h"

namespace flnas {
namespace {

constexpr std::size_t kAhead = 2;

at::Tensor gather_pixels(const Examples& rows, const std::size_t* first, std::size_t count, bool pin) {
  at::Tensor pixels = at::empty({static_cast<std::int64_t>(count), rows.size, rows.size, 3},
                                at::TensorOptions().pinned_memory(pin).dtype(at::kByte));
  const std::size_t bytes = static_cast<std::size_t>(rows.size) * static_cast<std::size_t>(rows.size) * 3;
  for (std::size_t i = 0; i < count; ++i) {
    std::memcpy(pixels.data_ptr<std::uint8_t>() + i * bytes, rows.image(first[i]), bytes);
  }
  return pixels.permute({0, 3, 1, 2});
}

at::Tensor gather_features(const Examples& rows, const std::size_t* first, std::size_t count, bool pin) {
  const std::size_t columns = rows.columns.size();
  at::Tensor features = at::empty({static_cast<std::int64_t>(count), static_cast<std::int64_t>(columns)},
                                  at::TensorOptions().pinned_memory(pin).dtype(at::kFloat));
  for (std::size_t i = 0; i < count; ++i) {
    std::memcpy(features.data_ptr<float>() + i * columns, rows.feature_row(first[i]), columns * sizeof(float));
  }
  return features;
}

Batch gather(const Examples& rows, const std::size_t* first, std::size_t count, bool pin) {
  const std::int64_t n = static_cast<std::int64_t>(count);
  const auto options = at::TensorOptions().pinned_memory(pin);
  at::Tensor labels = at::empty({n}, options.dtype(at::kLong));
  for (std::size_t i = 0; i < count; ++i) labels.data_ptr<std::int64_t>()[i] = rows.label[first[i]];
  at::Tensor cells;
  if (!rows.cells.empty()) {
    cells = at::empty({n}, options.dtype(at::kLong));
    for (std::size_t i = 0; i < count; ++i) cells.data_ptr<std::int64_t>()[i] = rows.cells.cell[first[i]];
  }
  return {rows.columns.empty() ? gather_pixels(rows, first, count, pin) : gather_features(rows, first, count, pin),
          labels, cells};
}

}  // namespace

struct BatchReader::Queue {
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<Batch> ready;
  std::exception_ptr error;
  bool finished = false;
  bool stopped = false;
  std::thread thread;

  void push(Batch batch) {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return stopped || ready.size() < kAhead; });
    ready.push_back(std::move(batch));
    changed.notify_all();
  }

  void finish(std::exception_ptr thrown) {
    const std::lock_guard lock(mutex);
    error = thrown;
    finished = true;
    changed.notify_all();
  }

  void fill(const Examples& rows, const std::vector<std::size_t>& order, std::size_t batch, bool pin) {
    for (std::size_t at = 0; at < order.size();) {
      {
        const std::lock_guard lock(mutex);
        if (stopped) return;
      }
      std::size_t count = std::min(batch, order.size() - at);
      if (order.size() - at - count == 1) ++count;
      push(gather(rows, order.data() + at, count, pin));
      at += count;
    }
  }
};

BatchReader::BatchReader(const Examples& rows, std::vector<std::size_t> order, int batch, bool pin)
    : queue_(std::make_unique<Queue>()) {
  queue_->thread = std::thread([queue = queue_.get(), &rows, order = std::move(order), batch, pin] {
    std::exception_ptr thrown;
    try {
      queue->fill(rows, order, static_cast<std::size_t>(batch), pin);
    } catch (...) {
      thrown = std::current_exception();
    }
    queue->finish(thrown);
  });
}

BatchReader::~BatchReader() {
  {
    const std::lock_guard lock(queue_->mutex);
    queue_->stopped = true;
    queue_->changed.notify_all();
  }
  queue_->thread.join();
}

bool BatchReader::next(Batch& batch) {
  const auto start = std::chrono::steady_clock::now();
  std::unique_lock lock(queue_->mutex);
  queue_->changed.wait(lock, [&] { return queue_->finished || !queue_->ready.empty(); });
  waited_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  if (!queue_->ready.empty()) {
    batch = std::move(queue_->ready.front());
    queue_->ready.pop_front();
    queue_->changed.notify_all();
    return true;
  }
  if (queue_->error) std::rethrow_exception(queue_->error);
  return false;
}

std::vector<std::size_t> in_order(std::size_t n) {
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  return order;
}

std::vector<std::size_t> shuffled(std::size_t n, std::uint64_t seed, int epoch) {
  std::vector<std::size_t> order = in_order(n);
  Random(mix_seed(seed, static_cast<std::uint64_t>(epoch))).shuffle(order);
  return order;
}

}  // namespace flnas
