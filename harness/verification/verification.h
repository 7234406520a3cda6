#pragma once

#include <string>
#include <vector>

#include "harness/base/json.h"

namespace flnas {

/// A rule that a file violates.
struct Failure {
  std::string file;     ///< relative to the folder that was verified
  std::string where;    ///< key or cell: "metrics.eodd.value", "line 12"; blank: the whole file
  std::string rule;     ///< "sha256", "metrics", "split", ...
  std::string message;  ///< what was found, what was expected
};

/// The findings of a verification. VALID: no failures.
struct Verification {
  std::vector<Failure> failures;
  std::vector<std::string> skipped;  ///< what could not be checked, and why: "runs/a/model.pt: weights are not here"
  int records = 0;                   ///< Records that were checked, each counted once; reports are among them.
};

/// {verdict: VALID or INVALID, failures: [{file, where, rule, message}], skipped, records}
Json to_json(const Verification& found);

}  // namespace flnas
