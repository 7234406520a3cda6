#include "datasets/images/parallel.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "harness/base/progress.h"

namespace flnas {
namespace {

struct Shared {
  std::size_t count;
  std::atomic<std::size_t> next = 0;
  std::atomic<std::size_t> done = 0;
  std::mutex mutex;
  std::condition_variable ended;
  unsigned running = 0;
  std::exception_ptr error;
  std::size_t error_item = SIZE_MAX;
};

void run(Shared& shared, const std::function<std::function<void(std::size_t)>()>& make_body) {
  std::size_t item = 0;
  try {
    const auto body = make_body();
    while ((item = shared.next++) < shared.count) {
      body(item);
      ++shared.done;
    }
  } catch (...) {
    const std::lock_guard lock(shared.mutex);
    if (item < shared.error_item) {
      shared.error = std::current_exception();
      shared.error_item = item;
    }
    shared.next = shared.count;
  }
  const std::lock_guard lock(shared.mutex);
  --shared.running;
  shared.ended.notify_one();
}

}  // namespace

void parallel_for(std::size_t count, unsigned threads, const std::string& label,
                  const std::function<std::function<void(std::size_t)>()>& make_body) {
  if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
  threads = static_cast<unsigned>(std::min<std::size_t>(threads, count));
  Shared shared{.count = count};
  shared.running = threads;
  Progress progress(label, static_cast<std::int64_t>(count));
  {
    std::vector<std::jthread> workers;
    for (unsigned i = 0; i < threads; ++i) workers.emplace_back([&] { run(shared, make_body); });
    std::unique_lock lock(shared.mutex);
    while (shared.running > 0) {
      shared.ended.wait_for(lock, std::chrono::milliseconds(100));
      progress.update(static_cast<std::int64_t>(shared.done));
    }
  }
  if (shared.error) std::rethrow_exception(shared.error);
}

}  // namespace flnas
