#pragma once

#include <optional>
#include <string>

#include "reports/data/claims.h"
#include "reports/data/measures.h"
#include "reports/document/table.h"

namespace flnas::reports {

/// A figure of searches on tables that a claim names (reports/paper/llm_nas_claims.json), as STRATEGY.COLUMN; in a
/// formula's names _ stands for the - of strategies. Means are over pairs (data set x device) and seeds. Columns:
///
///     hypervolume_share               mean of the share of the true front's hypervolume
///     hypervolume_share_above.OTHER   how much larger it is than another strategy's, paired by seed
///     igd_below.OTHER                 how much lower the IGD is, in normalised objectives, paired by seed
///     latency_saved_from.OTHER        share: how much lower the least latency is at the accuracy of a point of the
///                                     other's front, or up to half a point less; the largest over points and pairs
///     seconds                         mean of a search with what it took to fit its predictor
struct NasFigure {
  std::optional<double> value = {};
  std::optional<double> low = {}, high = {};  ///< 95 % over seeds
  bool varies = false;                        ///< It has an interval where there are seeds enough.
  Cell cell = {};                             ///< As tables show it; says why where there is none.
};
NasFigure nas_figure(const NasSearch& nas, const std::string& strategy, const std::string& column);

/// The figures of one record, for audit(). What varies over seeds and has no interval may be anything.
ClaimTable nas_claim_table(const NasSearch& nas);

/// The strategy's title in this record, or its name.
std::string strategy_title(const NasSearchRecord& record, const std::string& name);

}  // namespace flnas::reports
