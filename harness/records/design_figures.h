// Figures of an evaluated design by the names of the table of metrics (harness/metrics/metric_table.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/metrics/metric_table.h"
#include "harness/records/search_record.h"

namespace flnas {

/// The figure as records hold it: shares in [0, 1], latency in us, energy in mJ. Empty where it is not known, or where
/// no design has such a figure.
std::optional<double> design_figure(const DesignCost& cost, const DesignScores& scores, std::string_view metric);

/// Its standard error by sampling alone: of the validation rows, or of a latency's samples. 0 for what is counted
/// (parameters) or estimated (the model's error is the same for all designs). Empty where it is not known.
std::optional<double> design_figure_error(const DesignCost& cost, const DesignScores& scores, std::string_view metric);

/// "71.20 %", "0.1234", "12.3 ms", "426,000"; "unknown" for no figure.
std::string design_figure_text(const std::optional<double>& figure, const metrics::MetricInfo& metric);

/// Half the width of a 95 % interval of a normal distribution, in standard errors.
inline constexpr double kNormal95 = 1.959964;

}  // namespace flnas
