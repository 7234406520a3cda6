#pragma once

#include <ATen/CPUGeneratorImpl.h>

namespace flnas::nn {

/// While it exists, what is drawn from libtorch's generator on the CPU does not count: it goes on as it was before.
class KeepGenerator {
 public:
  KeepGenerator() : generator_(at::detail::getDefaultCPUGenerator()), state_(generator_.get_state()) {}
  ~KeepGenerator() { generator_.set_state(state_); }
  KeepGenerator(const KeepGenerator&) = delete;
  KeepGenerator& operator=(const KeepGenerator&) = delete;

 private:
  at::Generator generator_;
  at::Tensor state_;
};

}  // namespace flnas::nn
