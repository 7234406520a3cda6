#pragma once

#include <optional>
#include <string>

#include "reports/data/report_inputs.h"
#include "reports/document/table.h"

namespace flnas::reports {

/// What a latency is of: this machine ("host") or a platform ("a10", "pi4").
std::string device_title(const std::string& device);

/// A latency of the model that flnas-bench measured on the device itself, batch of 2 at the paper's geometry, in a
/// suite beside the reproduction (bench/*.json): the first that passed. None for this machine, which has records of its
/// own.
std::optional<Place<LatencyStatistics>> suite_latency(const ReportInputs& inputs, const std::string& model,
                                                      const std::string& device);

/// The model's median latency on a device times `factor` (1e-3: milliseconds a batch), with its interval, or an
/// estimate's band, and its mark: host, measured, estimated, emulated, unreliable. What was measured on the device, by
/// a suite if not by the reproduction, takes precedence over an estimate.
Cell latency_on(const ReportInputs& inputs, const std::string& model, const std::string& device, double factor);
/// Images in the batch that it was taken with; 2, the paper's, where there is none.
double latency_batch(const ReportInputs& inputs, const std::string& model, const std::string& device);

/// The median with its interval, both times `factor`.
Cell suite_median(const Place<LatencyStatistics>& latency, double factor);

}  // namespace flnas::reports
