#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "reports/data/differences.h"
#include "reports/data/people.h"

namespace flnas::reports {

/// A sample `growth` times one of `images`, in words: "410,000 images, 8,200 of them young and malignant", where
/// `example` is "image"; without the last part where `scarce` is none or has no image. What no sample in reach decides
/// is said so: on the boundary, or beyond a thousand times the sample.
std::string sample_text(double growth, std::int64_t images, const std::string& example,
                        const std::optional<SmallestCell>& scarce);

/// Which test would settle a difference of two models that these images do not: where it would be found four times in
/// five at 5 %, corrected for all comparisons made, if it truly is as large as found (metrics::growth_to_decide). Blank
/// where it is settled or has no interval.
std::string sample_to_settle(const ModelDifference& difference, const People& people);

}  // namespace flnas::reports
