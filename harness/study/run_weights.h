#pragma once

#include <filesystem>

#include "harness/records/record.h"

namespace flnas::study {

/// The trained weights of a run, and the model, task and size that they are for.
struct RunWeights {
  RunRecord record;
  std::filesystem::path file;  ///< model.pt

  /// Of the images that it takes; 0 where it takes the rows of a table.
  int size() const { return record.model.input.size() == 3 ? static_cast<int>(record.model.input[1]) : 0; }
};

/// Throws DataError if the folder holds no run, and ConfigError, with the command that creates them, if the run has no
/// weights.
RunWeights run_weights(const std::filesystem::path& folder);

}  // namespace flnas::study
