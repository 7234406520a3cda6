#include "harness/study/verify_estimate.h"

#include <fmt/format.h>

#include <cmath>

#include "harness/latency/estimation/estimate_file.h"
#include "harness/records/files.h"
#include "harness/records/record.h"
#include "harness/verification/check.h"

namespace flnas::study {
namespace {

bool close(double a, double b) { return std::abs(a - b) <= 1e-9 * std::abs(b); }

/// None where there is none, or where the record cannot be read: that is a failure already.
std::optional<LatencySummary> estimated_latency(const std::filesystem::path& folder) {
  try {
    const auto latency = read_hardware(folder).latency;
    return latency && latency->mark == "estimated" ? latency : std::nullopt;
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

void verify_estimate(Check& check, const std::string& file, const VerifyRequest&) {
  const auto latency = estimated_latency(check.folder());
  if (!latency) return;
  check.guarded(file, "estimate", [&] {
    const LatencyEstimate again = estimate_of(read_estimate(check.folder() / kEstimateFile));
    if (close(latency->median_us, again.median_us) && close(latency->low_us, again.low_us) &&
        close(latency->high_us, again.high_us)) {
      return;
    }
    check.fail(file, "latency", "estimate",
               fmt::format("recorded {} us, computed {} us", latency->median_us, again.median_us));
  });
}

}  // namespace flnas::study
