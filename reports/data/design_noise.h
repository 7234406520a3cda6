#pragma once

#include <optional>
#include <string>

#include "harness/metrics/null/noise_floor.h"
#include "reports/data/report_inputs.h"

namespace flnas::reports {

/// What Unfairness, the sum, of a perfectly fair design comes to on a search's validation images, by sampling alone: of
/// the accuracy and with the group sizes of its scores. Attributes are taken to be independent, since scores hold the
/// size of each group alone. None where the scores have no groups or the adapter is not known. 2,000 draws on 400
/// images take about 0.1 s.
std::optional<metrics::Noise> design_noise(const Search& search, const Place<DesignScores>& scores);

/// The mean over the best designs of some searches: what a figure of all of them draws; none where none has it.
std::optional<metrics::Noise> best_designs_noise(const std::vector<const Search*>& searches);

}  // namespace flnas::reports
