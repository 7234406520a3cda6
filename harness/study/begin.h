#pragma once

#include "harness/records/store.h"
#include "harness/study/plan.h"

namespace flnas::study {

/// Throws ConfigError where the study's folder holds something else.
void require_own_folder(const std::filesystem::path& out);

/// Where the images are; draws them first where none were given.
DataSource prepare_data(const Plan& plan);

/// The record of a study that begins or goes on, without its runs; writes split.json and keeps the adapter. Throws
/// ConfigError where the folder was begun with other data or settings, DataError for data that cannot be divided so.
Reproduction begin(const Plan& plan, const DataSource& source);

}  // namespace flnas::study
