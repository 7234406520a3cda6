#pragma once

#include <vector>

#include "harness/verification/verify_all.h"

namespace flnas::searches {

/// The rows of searches in the table of records: a space that writes a kind of record of its own has its row here.
std::vector<Verifier> verifiers();

}  // namespace flnas::searches
