#pragma once

#include "harness/verification/verify_all.h"

namespace flnas {

/// questions.json of a study, answered again from its records and those beside it. What it names outside of
/// request.folder, the folder under verification, is not read: then nothing is compared but the digest, and the reason
/// stands among what was skipped. Rules: "digest", "questions", "sha256".
void verify_questions(Check& check, const std::string& file, const VerifyRequest& request);

}  // namespace flnas
