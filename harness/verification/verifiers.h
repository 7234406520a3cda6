#pragma once

#include <vector>

#include "harness/verification/verify_all.h"

namespace flnas {

/// The rows that need only records and raw files. Layers above have rows of their own: study::verifiers (models and
/// estimates), searches::verifiers, reports::verifiers; harness/cli/cmd_verify.cc puts them together.
std::vector<Verifier> record_verifiers();

}  // namespace flnas
