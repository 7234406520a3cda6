#include "harness/runs/limits.h"

#include <fmt/format.h>

#include <optional>

#include "harness/base/error.h"
#include "harness/base/progress.h"
#include "harness/base/text.h"
#include "harness/nn/classifier.h"
#include "harness/train/memory_need.h"

namespace flnas {

std::vector<std::string> RunLimits::problems() const {
  std::vector<std::string> found;
  if (!(max_memory >= 0)) found.push_back(fmt::format("--max-memory must be 0 or more GiB, not {:g}", max_memory));
  if (!(max_time >= 0)) found.push_back(fmt::format("--max-time must be 0 or more minutes, not {:g}", max_time));
  return found;
}

void require_memory(const RunLimits& limits, const std::string& name,
                    const std::function<std::shared_ptr<nn::Classifier>()>& make, const nn::ModelOptions& options,
                    const TrainConfig& effective, const DeviceSetup& setup) {
  const double own = limits.max_memory * (1 << 30);
  const std::optional<double> most = own > 0 ? std::optional(own) : memory_of(setup.device);
  if (!most) return;
  const MemoryNeed need = predict_memory(make, options, effective);
  if (need.total() <= *most) return;
  throw Error(fmt::format(
      "{}: training needs about {} of memory ({} for steps of {} at {}, {} for copies of the weights, {} for "
      "batches), and {} are {}; take a smaller --batch or --size, or give --max-memory where it fits all the "
      "same",
      name, format_bytes(need.total()), format_bytes(need.step), effective.batch, effective.precision,
      format_bytes(need.copies), format_bytes(need.batches), format_bytes(*most), own > 0 ? "allowed" : "there"));
}

void Watchdog::check(std::size_t epochs) const {
  if (minutes_ <= 0) return;
  const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start_;
  if (spent.count() < 60 * minutes_) return;
  throw Error(fmt::format("its {:g} minutes (--max-time) were over in epoch {}; the same command {}", minutes_,
                          epochs + 1,
                          epochs == 0 ? std::string("begins again") : fmt::format("continues after epoch {}", epochs)));
}

}  // namespace flnas
