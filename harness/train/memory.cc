#include "harness/train/memory.h"

#include <c10/core/CPUAllocator.h>
#include <c10/core/impl/alloc_cpu.h>

#include <atomic>
#include <cstdint>
#include <cstring>

#ifdef FLNAS_CUDA
#include <c10/cuda/CUDACachingAllocator.h>
#endif

namespace flnas {
namespace {

/// Keeps libtorch's 64-byte alignment.
constexpr std::size_t kHeader = 64;

std::atomic<std::int64_t> allocated{0};
std::atomic<std::int64_t> peak{0};

void* counted_allocate(std::size_t bytes) {
  auto* block = static_cast<char*>(c10::alloc_cpu(bytes + kHeader));
  std::memcpy(block, &bytes, sizeof bytes);
  const auto size = static_cast<std::int64_t>(bytes);
  const std::int64_t now = allocated.fetch_add(size) + size;
  for (std::int64_t seen = peak.load(); now > seen && !peak.compare_exchange_weak(seen, now);) {
  }
  return block + kHeader;
}

void counted_free(void* pointer) {
  if (pointer == nullptr) return;
  auto* block = static_cast<char*>(pointer) - kHeader;
  std::size_t bytes = 0;
  std::memcpy(&bytes, block, sizeof bytes);
  allocated.fetch_sub(static_cast<std::int64_t>(bytes));
  c10::free_cpu(block);
}

/// `allocate` lost its const, and `copy_data` came, between libtorch 1.13 and 2.x: both forms are here, and whichever
/// the base class declares is overridden.
class CountingAllocator final : public c10::Allocator {
 public:
  c10::DataPtr allocate(std::size_t bytes) { return make(bytes); }
  c10::DataPtr allocate(std::size_t bytes) const { return make(bytes); }
  c10::DeleterFnPtr raw_deleter() const override { return &counted_free; }
  void copy_data(void* to, const void* from, std::size_t bytes) const { std::memcpy(to, from, bytes); }

 private:
  static c10::DataPtr make(std::size_t bytes) {
    void* data = bytes == 0 ? nullptr : counted_allocate(bytes);
    return {data, data, &counted_free, c10::Device(c10::kCPU)};
  }
};

}  // namespace

void install_counting_allocator() {
  static CountingAllocator allocator;
  c10::SetCPUAllocator(&allocator, 100);
}

std::int64_t allocated_bytes([[maybe_unused]] const c10::Device& device) {
#ifdef FLNAS_CUDA
  if (device.is_cuda()) return c10::cuda::CUDACachingAllocator::getDeviceStats(0).allocated_bytes[0].current;
#endif
  return allocated.load();
}

std::int64_t peak_bytes([[maybe_unused]] const c10::Device& device) {
#ifdef FLNAS_CUDA
  if (device.is_cuda()) return c10::cuda::CUDACachingAllocator::getDeviceStats(0).allocated_bytes[0].peak;
#endif
  return peak.load();
}

void reset_peak_bytes([[maybe_unused]] const c10::Device& device) {
#ifdef FLNAS_CUDA
  if (device.is_cuda()) {
    c10::cuda::CUDACachingAllocator::resetPeakStats(0);
    return;
  }
#endif
  peak.store(allocated.load());
}

}  // namespace flnas
