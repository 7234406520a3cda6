#pragma once

#include <filesystem>

#include "datasets/adapters/adapter.h"
#include "searches/training/training_detail.h"

namespace flnas::searches {

/// Of a finished run's folder: history.jsonl, run.json and the validation rows of predictions.csv. Throws DataError
/// where one of them is missing or cannot be read.
TrainingDetail read_training_detail(const std::filesystem::path& run, const Adapter& adapter);

}  // namespace flnas::searches
