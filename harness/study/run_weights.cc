#include "harness/study/run_weights.h"

#include <fmt/format.h>

#include "harness/base/error.h"
#include "harness/base/hash.h"
#include "harness/records/files.h"

namespace flnas::study {

RunWeights run_weights(const std::filesystem::path& folder) {
  RunWeights weights{read_run(folder), folder / kWeightsFile};
  if (std::filesystem::exists(weights.file)) {
    const auto recorded = weights.record.files.find(kWeightsFile);
    if (recorded == weights.record.files.end() || sha256_file(weights.file) == recorded->second) return weights;
    throw DataError(
        fmt::format("{}: is not the file that the run wrote (its SHA-256 differs from run.json's); copy it "
                    "again, or delete the folder and train again with: {}",
                    weights.file.string(), weights.record.command));
  }
  throw ConfigError(fmt::format("{}: the run has no model.pt ({}); finish it with: {}", folder.string(),
                                weights.record.reason.empty() ? "weights were not kept" : weights.record.reason,
                                weights.record.command));
}

}  // namespace flnas::study
