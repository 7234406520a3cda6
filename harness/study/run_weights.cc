#include "harness/study/run_weights.h"

#include <fmt/format.h>

#include "harness/base/error.h"

namespace flnas::study {

RunWeights run_weights(const std::filesystem::path& folder) {
  RunWeights weights{read_run(folder), folder / "model.pt"};
  if (std::filesystem::exists(weights.file)) return weights;
  throw ConfigError(fmt::format("{}: the run has no model.pt ({}); finish it with: {}", folder.string(),
                                weights.record.reason.empty() ? "weights were not kept" : weights.record.reason,
                                weights.record.command));
}

}  // namespace flnas::study
