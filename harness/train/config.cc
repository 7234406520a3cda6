#include "harness/train/config.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <torch/cuda.h>

#include <algorithm>
#include <thread>

#include "harness/base/error.h"

namespace flnas {
namespace {

void require(std::vector<std::string>& problems, bool holds, const std::string& problem) {
  if (!holds) problems.push_back(problem);
}

void require_one_of(std::vector<std::string>& problems, const char* name, const std::string& value,
                    const std::vector<std::string>& valid) {
  require(problems, std::find(valid.begin(), valid.end(), value) != valid.end(),
          fmt::format("{} must be one of {}, not '{}'", name, fmt::join(valid, ", "), value));
}

}  // namespace

std::vector<std::string> TrainConfig::problems() const {
  std::vector<std::string> found;
  require(found, size >= 8 && size <= 1024, fmt::format("size must be 8 to 1024 pixels, not {}", size));
  require(found, epochs >= 1, fmt::format("epochs must be at least 1, not {}", epochs));
  require(found, patience >= 0, fmt::format("patience must be 0 or more, not {}", patience));
  require(found, batch >= 2, fmt::format("batch must be at least 2 (batch norm needs two images), not {}", batch));
  require(found, lr > 0, fmt::format("lr must be above 0, not {}", lr));
  require(found, weight_decay >= 0, fmt::format("weight_decay must be 0 or more, not {}", weight_decay));
  require(found, warmup >= 0 && warmup <= epochs,
          fmt::format("warmup must be 0 to epochs ({}), not {}", epochs, warmup));
  require(found, clip >= 0, fmt::format("clip must be 0 or more, not {}", clip));
  require(found, ema >= 0 && ema < 1, fmt::format("ema must be 0 or more and below 1, not {}", ema));
  require(found, label_smoothing >= 0 && label_smoothing < 1,
          fmt::format("label_smoothing must be 0 or more and below 1, not {}", label_smoothing));
  require(found, crop > 0 && crop <= 1, fmt::format("crop must be above 0 and at most 1, not {}", crop));
  require(found, crop == 1 || augment != "none", "crop needs augment standard");
  require(found, dro_step > 0, fmt::format("dro_step must be above 0, not {}", dro_step));
  require(found, threads >= 0, fmt::format("threads must be 0 or more, not {}", threads));
  require_one_of(found, "optimizer", optimizer, {"adam", "adamw"});
  require_one_of(found, "schedule", schedule, {"constant", "cosine"});
  require_one_of(found, "class_weights", class_weights, {"balanced", "none"});
  require_one_of(found, "augment", augment, {"standard", "none"});
  require_one_of(found, "inputs", inputs, {"unit", "standardised"});
  require_one_of(found, "selection", selection, {"loss", "auroc", "balanced_accuracy"});
  require_one_of(found, "mitigation", mitigation, {"none", "reweight", "balanced-sampling", "group-dro", "thresholds"});
  require_one_of(found, "criterion", criterion, {"odds", "opportunity"});
  require_one_of(found, "device", device, {"auto", "cpu", "cuda"});
  require_one_of(found, "precision", precision, {"auto", "float32", "bfloat16"});
  require_one_of(found, "memory_format", memory_format, {"auto", "channels_last", "contiguous"});
  return found;
}

TrainConfig effective_config(const TrainConfig& requested, bool table) {
  TrainConfig config = requested;
  if (table) {
    config.size = 0;
    config.inputs = "standardised";
    config.augment = "none";
    config.crop = 1;
    config.memory_format = "contiguous";
  }
  const bool has_cuda = torch::cuda::is_available();
  if (config.device == "cuda" && !has_cuda) {
    throw ConfigError("--device cuda: no CUDA device can be used by this build; take --device cpu");
  }
  if (config.device == "auto") config.device = has_cuda ? "cuda" : "cpu";
  if (config.precision == "auto") config.precision = config.device == "cuda" ? "bfloat16" : "float32";
  if (config.memory_format == "auto") config.memory_format = "channels_last";
  if (config.threads == 0) config.threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  return config;
}

}  // namespace flnas
