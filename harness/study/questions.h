#pragma once

#include <filesystem>
#include <vector>

#include "harness/evaluation/questions/questions.h"
#include "harness/records/store.h"

namespace flnas::study {

/// Which models of a study are searched networks (those of the paper, and designs of `flnas search`, by the source in
/// their records) and which are the paper's baselines.
Roles roles_of(const Store& store);

/// Writes OUT/questions.json from the study in OUT and the records at or below the folders `beside`; without any, from
/// those that its answers rested on before, and where one of these is gone the answers stay as they are. Where the
/// study's statistics are of older metrics (harness/evaluation/questions/questions.h) there is none afterwards; returns
/// whether there is. Throws DataError where a folder beside holds no record or one that cannot be read.
bool answer_study(const std::filesystem::path& out, const std::vector<std::filesystem::path>& beside = {});

}  // namespace flnas::study
