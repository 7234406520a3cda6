#include "harness/verification/verify_hardware.h"

#include "harness/base/error.h"
#include "harness/records/files.h"
#include "harness/records/hardware_latency.h"
#include "harness/records/latency_suite.h"
#include "harness/records/text_in.h"
#include "harness/verification/check.h"
#include "harness/verification/verify_suite.h"

namespace flnas {

bool is_hardware(const std::filesystem::path& file) {
  try {
    return std::filesystem::is_regular_file(file) && text_in(file, "kind") == "hardware";
  } catch (const Error&) {
    return false;
  }
}

void verify_hardware(Check& check, const std::string&, const VerifyRequest& request) {
  const HardwareRecord record = read_hardware(check.folder());
  check.digest(kRunFile);
  check.hashes(record.files);
  if (is_finished(record.status) && !record.latency) {
    check.fail(kRunFile, "latency", "present", "a finished measurement has a latency");
  }
  if (!record.latency) return;
  if (record.latency->mark == "estimated") {
    // What it was computed from; computed again by a layer that can estimate (harness/study/verify_estimate.h).
    return check.listed(record.files, kEstimateFile);
  }
  check.listed(record.files, kLatencyFile);
  check.guarded(kLatencyFile, "latency", [&] {
    const LatencySuite suite = read_latency_suite(check.folder() / kLatencyFile);
    if (suite.results.size() != 1) throw DataError("latency.json: it holds more than the one result of run.json");
    check.same(kRunFile, "latency", "latency", record_to_json(*record.latency),
               record_to_json(latency_summary(suite.results.front())));
    // The first edition's has samples alone.
    if (!suite.verdict.empty()) verify_latency_suite(check, kLatencyFile, request);
  });
}

}  // namespace flnas
