#include "harness/train/device.h"

#include <ATen/Context.h>
#include <ATen/Functions.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <ATen/autocast_mode.h>
#include <dlfcn.h>
#include <fmt/format.h>
#include <torch/nn/module.h>
#include <torch/version.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "harness/base/memory_limit.h"
#include "harness/train/augment.h"

#ifdef FLNAS_CUDA
#include <ATen/cuda/CUDAContext.h>
#include <c10/cuda/CUDAFunctions.h>
#endif

namespace flnas {
namespace {

#if TORCH_VERSION_MAJOR >= 2
void set_autocast(bool cuda, bool on) {
  const auto type = cuda ? at::kCUDA : at::kCPU;
  if (on) at::autocast::set_autocast_dtype(type, at::kBFloat16);
  at::autocast::set_autocast_enabled(type, on);
}
bool autocast_is_on(bool cuda) { return at::autocast::is_autocast_enabled(cuda ? at::kCUDA : at::kCPU); }
#else
void set_autocast(bool cuda, bool on) {
  if (cuda) {
    at::autocast::set_autocast_gpu_dtype(at::kBFloat16);
    at::autocast::set_enabled(on);
  } else {
    at::autocast::set_autocast_cpu_dtype(at::kBFloat16);
    at::autocast::set_cpu_enabled(on);
  }
}
bool autocast_is_on(bool cuda) { return cuda ? at::autocast::is_enabled() : at::autocast::is_cpu_enabled(); }
#endif

/// The file that provides the BLAS that libtorch calls: its name tells the reference one from OpenBLAS.
Json blas_library() {
  void* symbol = ::dlsym(RTLD_DEFAULT, "sgemm_");
  Dl_info info{};
  if (symbol == nullptr || ::dladdr(symbol, &info) == 0) return "inside libtorch";
  std::error_code failed;
  const auto file = std::filesystem::canonical(info.dli_fname, failed);
  return failed ? Json(info.dli_fname) : Json(file.parent_path().filename() / file.filename());
}

/// "OpenBLAS 0.3.21 DYNAMIC_ARCH ... Haswell MAX_THREADS=64"; null where no OpenBLAS is loaded.
Json openblas() {
  void* symbol = ::dlsym(RTLD_DEFAULT, "openblas_get_config");
  return symbol == nullptr ? Json(nullptr) : Json(reinterpret_cast<const char* (*)()>(symbol)());
}

/// What libtorch's description of itself says after `key`, to the line's end; null where it does not.
Json described(const std::string& key) {
  const std::string text = at::show_config();
  const auto start = text.find(key);
  if (start == text.npos) return nullptr;
  return text.substr(start + key.size(), text.find('\n', start) - start - key.size());
}

Json environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? Json(nullptr) : Json(value);
}

}  // namespace

DeviceSetup use_device(const TrainConfig& effective) {
  at::set_num_threads(effective.threads);
  DeviceSetup setup;
  setup.device = c10::Device(effective.device == "cuda" ? c10::kCUDA : c10::kCPU);
  setup.memory_format =
      effective.memory_format == "channels_last" ? c10::MemoryFormat::ChannelsLast : c10::MemoryFormat::Contiguous;
  setup.bfloat16 = effective.precision == "bfloat16";
  if (setup.device.is_cuda()) {
    at::globalContext().setBenchmarkCuDNN(true);
    at::zeros({1}, at::device(setup.device));  // before its first tensor the caching allocator cannot be asked
  }
  return setup;
}

void place(torch::nn::Module& model, const DeviceSetup& setup) {
  model.to(setup.device);
  for (auto& parameter : model.parameters()) {
    if (parameter.dim() == 4) parameter.set_data(parameter.contiguous(setup.memory_format));
  }
}

at::Tensor as_input(const at::Tensor& batch, const DeviceSetup& setup) {
  at::Tensor input = batch.to(setup.device, /*non_blocking=*/true);
  if (input.scalar_type() == at::kByte) input = to_unit_range(input);
  return input.dim() == 4 ? input.contiguous(setup.memory_format) : input;
}

void synchronise([[maybe_unused]] const c10::Device& device) {
#ifdef FLNAS_CUDA
  if (device.is_cuda()) c10::cuda::device_synchronize();
#endif
}

Autocast::Autocast(const DeviceSetup& setup) : cuda_(setup.device.is_cuda()), active_(setup.bfloat16) {
  if (!active_) return;
  before_ = autocast_is_on(cuda_);
  at::autocast::increment_nesting();
  set_autocast(cuda_, true);
}

Autocast::~Autocast() {
  if (!active_) return;
  if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache();
  set_autocast(cuda_, before_);
}

std::vector<std::string> cuda_device_names() {
  std::vector<std::string> names;
#ifdef FLNAS_CUDA
  for (int device = 0; device < c10::cuda::device_count(); ++device) {
    names.emplace_back(at::cuda::getDeviceProperties(device)->name);
  }
#endif
  return names;
}

std::string cuda_bus_id() {
#ifdef FLNAS_CUDA
  if (c10::cuda::device_count() > 0) {
    const auto* gpu = at::cuda::getCurrentDeviceProperties();
    return fmt::format("{:08X}:{:02X}:{:02X}.0", gpu->pciDomainID, gpu->pciBusID, gpu->pciDeviceID);
  }
#endif
  return {};
}

std::optional<double> memory_of([[maybe_unused]] const c10::Device& device) {
#ifdef FLNAS_CUDA
  if (device.is_cuda()) return static_cast<double>(at::cuda::getCurrentDeviceProperties()->totalGlobalMem);
#endif
  return memory_limit();
}

Json describe_libtorch(const c10::Device& device) {
  Json json;
  json["version"] = TORCH_VERSION;
  json["device"] = device.str();
#ifdef FLNAS_CUDA
  if (device.is_cuda()) {
    json["gpu"] = at::cuda::getCurrentDeviceProperties()->name;
    json["tf32_matmul"] = at::globalContext().allowTF32CuBLAS();
    json["tf32_cudnn"] = at::globalContext().allowTF32CuDNN();
    json["cudnn_benchmark"] = at::globalContext().benchmarkCuDNN();
    json["cuda_runtime"] = at::detail::getCUDAHooks().versionCUDART();
    json["cudnn"] = at::detail::getCUDAHooks().versionCuDNN();
  }
#endif
  json["threads"] = at::get_num_threads();
  json["capability"] = described("CPU capability usage: ");
  json["blas"] = blas_library();
  json["openblas"] = openblas();
  json["mkl"] = described("Math Kernel Library Version ");
  json["onednn"] = at::globalContext().userEnabledMkldnn();
  json["onednn_version"] = described("MKL-DNN v");
  json["ATEN_CPU_CAPABILITY"] = environment("ATEN_CPU_CAPABILITY");
  json["DNNL_MAX_CPU_ISA"] = environment("DNNL_MAX_CPU_ISA");
  return json;
}

}  // namespace flnas
