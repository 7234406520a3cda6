#pragma once

#include "harness/records/store.h"
#include "harness/study/plan.h"

namespace flnas::study {

/// Throws ConfigError if the study's folder holds something else.
void require_own_folder(const std::filesystem::path& out);

/// The folder of the data; draws synthetic data first if none are given.
DataSource prepare_data(const Plan& plan);

/// The record of a new or continued study, without its runs; writes split.json and a copy of the adapter. Throws
/// ConfigError if the folder was begun with other data or settings, DataError for data that cannot be divided so.
Reproduction begin(const Plan& plan, const DataSource& source);

}  // namespace flnas::study
