#pragma once

#include <filesystem>

#include "harness/records/record.h"

namespace flnas::study {

/// The trained weights of a run, and what they are of.
struct RunWeights {
  RunRecord record;
  std::filesystem::path file;  ///< model.pt

  int size() const { return static_cast<int>(record.model.input.at(1)); }
};

/// Throws DataError where the folder holds no run, ConfigError where the run has no weights, with the command that
/// makes them.
RunWeights run_weights(const std::filesystem::path& folder);

}  // namespace flnas::study
