#pragma once

#include <cstdint>

#include "harness/metrics/intervals/rules.h"

namespace flnas {

/// The rules of a version of the metrics as a record names it ("version", "metrics_version"; 1 where it names none).
/// Throws DataError on one that this program does not know.
metrics::Rules metrics_rules(std::int64_t version);

/// How a record names them.
constexpr int version_of(metrics::Rules rules) { return static_cast<int>(rules); }

}  // namespace flnas
