#pragma once

#include <c10/core/Device.h>
#include <c10/core/MemoryFormat.h>

#include <optional>
#include <string>
#include <vector>

#include "harness/base/json.h"
#include "harness/train/config.h"

namespace at {
class Tensor;
}
namespace torch::nn {
class Module;
}

namespace flnas {

/// The device, precision and memory format of a run.
struct DeviceSetup {
  c10::Device device = c10::Device(c10::kCPU);
  c10::MemoryFormat memory_format = c10::MemoryFormat::Contiguous;
  bool bfloat16 = false;
};

/// Sets the thread count and cuDNN's flags for this process and returns the setup; takes an effective config.
DeviceSetup use_device(const TrainConfig& effective);

/// Moves a model to the device and its convolutions' weights into the memory format.
void place(torch::nn::Module& model, const DeviceSetup& setup);

/// A batch as input of a model on the device: bytes become float32 in [0, 1], and images get the memory format; the
/// rows of a table stay as they are.
at::Tensor as_input(const at::Tensor& batch, const DeviceSetup& setup);

/// Waits until the device has finished its work (CUDA); nothing to do on the CPU.
void synchronise(const c10::Device& device);

/// Autocast to bfloat16 on the device while alive, where the setup asks for it. Restores the state that it found.
class Autocast {
 public:
  explicit Autocast(const DeviceSetup& setup);
  ~Autocast();
  Autocast(const Autocast&) = delete;
  Autocast& operator=(const Autocast&) = delete;

 private:
  bool cuda_;
  bool active_;
  bool before_ = false;
};

/// Bytes that tensors on the device can have at most: the GPU's memory, or memory_limit() (harness/base) on the CPU.
std::optional<double> memory_of(const c10::Device& device);

/// The names of the CUDA devices of this machine ("NVIDIA A10"); empty without one, or in a build for the CPU.
std::vector<std::string> cuda_device_names();

/// The PCI bus id of the CUDA device that runs the models, as nvidia-smi writes it: "00000000:3B:00.0"; empty without
/// one.
std::string cuda_bus_id();

/// The software that results depend on: the versions of libtorch and of the libraries that it calls, BLAS (OpenBLAS or
/// MKL), oneDNN, CUDA and cuDNN, as far as they are known. Results are bit-identical only if all of these are equal.
Json describe_libtorch(const c10::Device& device);

}  // namespace flnas
