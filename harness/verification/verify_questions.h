#pragma once

#include <filesystem>
#include <string>

#include "harness/verification/check.h"

namespace flnas {

/// questions.json of a study, answered again from its records and those beside it, where there is one. What it names
/// outside of `root`, the folder under verification, is not read: then nothing is compared but the digest, and the
/// reason stands among what was skipped. Rules: "digest", "questions", "sha256".
void check_questions(Check& check, const std::filesystem::path& root, const std::string& adapter);

}  // namespace flnas
