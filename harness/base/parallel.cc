#include "harness/base/parallel.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "harness/base/progress.h"

namespace flnas {
namespace {

using Body = std::function<void(std::size_t)>;
using MakeBody = std::function<Body()>;

unsigned threads_for(std::size_t count, unsigned asked) {
  if (asked == 0) asked = std::max(1U, std::thread::hardware_concurrency());
  return static_cast<unsigned>(std::min<std::size_t>(asked, count));
}

/// What the threads of one call share.
class Items {
 public:
  explicit Items(std::size_t count) : count_(count) {}

  /// Items until none is left or one has failed. `after` is called after each with the number that is done.
  template <class After>
  void work(const MakeBody& make_body, const After& after) {
    std::size_t item = 0;
    try {
      const Body body = make_body();
      while ((item = next_++) < count_) {
        body(item);
        after(++done_);
      }
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (item < failed_item_) error_ = std::current_exception(), failed_item_ = item;
      next_ = count_;
    }
  }

  void work_in_threads(unsigned threads, const MakeBody& make_body, Progress& progress) {
    unsigned running = threads;
    std::vector<std::jthread> workers;
    for (unsigned i = 0; i < threads; ++i) {
      workers.emplace_back([&] {
        work(make_body, [](std::size_t) {});
        const std::lock_guard lock(mutex_);
        --running;
        ended_.notify_one();
      });
    }
    std::unique_lock lock(mutex_);
    while (running > 0) {
      ended_.wait_for(lock, std::chrono::milliseconds(100));
      progress.update(static_cast<std::int64_t>(done_));
    }
  }

  void rethrow() const {
    if (error_) std::rethrow_exception(error_);
  }

 private:
  const std::size_t count_;
  std::atomic<std::size_t> next_ = 0, done_ = 0;
  std::mutex mutex_;
  std::condition_variable ended_;
  std::exception_ptr error_;
  std::size_t failed_item_ = SIZE_MAX;
};

}  // namespace

void parallel_for(std::size_t count, unsigned threads, const Body& body) {
  Items items(count);
  std::vector<std::jthread> others;
  const auto work = [&] { items.work([&] { return body; }, [](std::size_t) {}); };
  for (unsigned i = 1; i < threads_for(count, threads); ++i) others.emplace_back(work);
  work();
  others.clear();
  items.rethrow();
}

void parallel_for(std::size_t count, unsigned threads, const std::string& label, const MakeBody& make_body) {
  Items items(count);
  Progress progress(label, static_cast<std::int64_t>(count));
  threads = threads_for(count, threads);
  if (threads > 1) {
    items.work_in_threads(threads, make_body, progress);
  } else {
    items.work(make_body, [&](std::size_t done) { progress.update(static_cast<std::int64_t>(done)); });
  }
  items.rethrow();
}

}  // namespace flnas
