#include "harness/verification/verify_suite.h"

#include "harness/records/latency_suite.h"
#include "harness/verification/check.h"

namespace flnas {

bool is_latency_suite(const std::filesystem::path& file) {
  if (!std::filesystem::is_regular_file(file)) return false;
  try {
    const Json json = read_json(file);
    return json.is_object() && (json.contains("verdict") || json.contains("results"));  // whatever its kind says
  } catch (const Error&) {
    return true;  // damaged: the check says so
  }
}

void verify_latency_suite(Check& check, const std::string& file, const VerifyRequest&) {
  const LatencySuite suite = read_latency_suite(check.folder() / file);
  check.digest(file);
  bool all_passed = true;
  for (const LatencyResult& result : suite.results) {
    all_passed = all_passed && result.status == kPassed;
    if (!result.latency) continue;
    if (result.samples_us.empty()) {
      check.fail(file, result.benchmark, "samples", "it has statistics and no samples");
      continue;
    }
    if (pass_medians_us(result).size() != result.pass_samples.size()) {
      check.fail(file, result.benchmark, "samples", "its passes do not add up to its samples");
    }
    check.same(file, result.benchmark, "samples", record_to_json(*result.latency),
               record_to_json(summarise_samples(result.samples_us)));
  }
  if (suite.verdict == kValid && (!all_passed || !suite.reasons.empty())) {
    check.fail(file, "verdict", "verdict", "VALID, but a result did not pass or a reason against it is given");
  }
}

}  // namespace flnas
