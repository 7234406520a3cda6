#include "harness/records/metrics_rules.h"

#include <fmt/format.h>

#include "harness/base/error.h"

namespace flnas {

metrics::Rules metrics_rules(std::int64_t version) {
  constexpr int kOldest = version_of(metrics::Rules::kVersion1), kNewest = version_of(metrics::Rules::kNewest);
  if (version < kOldest || version > kNewest) {
    throw DataError(fmt::format("metrics of version {}; this program knows {} to {}", version, kOldest, kNewest));
  }
  return static_cast<metrics::Rules>(version);
}

}  // namespace flnas
