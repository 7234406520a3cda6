#pragma once

#include "harness/verification/verifiers.h"

namespace flnas::test {

/// What records and raw files alone say of a folder.
inline Verification verify(const std::filesystem::path& folder, const std::string& adapter = {}) {
  return verify_all({.folder = folder, .adapter = adapter}, record_verifiers());
}

}  // namespace flnas::test
