#pragma once

#include <c10/core/Device.h>

#include <cstdint>

namespace flnas {

/// Puts a counting allocator in front of libtorch's CPU allocator. Call it once, first in main: only later allocations
/// are counted. Exact on every thread; costs an atomic addition and 64 bytes per allocation.
void install_counting_allocator();

/// Bytes that tensors hold now on the device (CPU: the counting allocator; CUDA: the caching allocator). Code and the
/// workspaces that oneDNN or cuDNN allocate by themselves are not counted.
std::int64_t allocated_bytes(const c10::Device& device);

/// The most that was held at once since `reset_peak_bytes`.
std::int64_t peak_bytes(const c10::Device& device);
void reset_peak_bytes(const c10::Device& device);

}  // namespace flnas
