#include "reports/data/latencies.h"

#include "reports/data/measures.h"

namespace flnas::reports {
namespace {

constexpr int kPaperBatch = 2, kPaperClasses = 2;
const std::vector<std::int64_t> kPaperInput = {3, 224, 224};

bool measured_there(const Hardware* hardware) {
  return hardware != nullptr && hardware->record.latency &&
         hardware->record.latency->mark == mark_name(Mark::kMeasured);
}

}  // namespace

std::string device_title(const std::string& device) {
  return device == "host"  ? "This machine"
         : device == "a10" ? "NVIDIA A10"
         : device == "pi4" ? "Raspberry Pi 4"
                           : device;
}

std::optional<Place<LatencyStatistics>> suite_latency(const ReportInputs& inputs, const std::string& model,
                                                      const std::string& device) {
  if (device == "host") return std::nullopt;
  for (const Suite& suite : inputs.suites) {
    if (suite.record.platform != device) continue;
    for (std::size_t i = 0; i < suite.record.results.size(); ++i) {
      const LatencyResult& result = suite.record.results[i];
      const bool same = result.model == model && result.batch == kPaperBatch && result.classes == kPaperClasses &&
                        result.input == kPaperInput;
      const bool good = result.mark == mark_name(Mark::kMeasured) && result.status == kPassed;
      if (same && good && result.latency) {
        return suite.at(&LatencySuite::results)[i].at(&LatencyResult::latency);
      }
    }
  }
  return std::nullopt;
}

Cell suite_median(const Place<LatencyStatistics>& latency, double factor) {
  const auto median = latency.at(&LatencyStatistics::p50_us);
  return cell_of(median.file(), median.provenance(), {latency->p50_us, latency->p50_low_us, latency->p50_high_us, {}},
                 "", factor);
}

Cell latency_on(const ReportInputs& inputs, const std::string& model, const std::string& device, double factor) {
  const Hardware* hardware = inputs.hardware_of(model, device);
  if (!measured_there(hardware)) {
    if (const auto found = suite_latency(inputs, model, device)) {
      Cell cell = suite_median(*found, factor);
      cell.mark = Mark::kMeasured;
      return cell;
    }
  }
  const std::string why = hardware != nullptr ? hardware->problem
                          : device == "host"  ? "no hardware record"
                                              : "these records hold neither a measurement nor an estimate for it";
  const auto latency = place_of(hardware).at(&HardwareRecord::latency);
  const auto median = latency.at(&LatencySummary::median_us);
  Numbers numbers;
  if (latency) numbers = {latency->median_us, latency->low_us, latency->high_us, {}};
  Cell cell = cell_of(median.file(), median.provenance(), numbers, why, factor);
  if (!cell.value || cell.mark == Mark::kUnreliable) return cell;
  const Mark mark = mark_from_name(latency->mark);
  cell.mark = mark == Mark::kMeasured && device == "host" ? Mark::kHost : mark;
  return cell;
}

double latency_batch(const ReportInputs& inputs, const std::string& model, const std::string& device) {
  const Hardware* hardware = inputs.hardware_of(model, device);
  if (!measured_there(hardware) && suite_latency(inputs, model, device)) return kPaperBatch;
  return hardware == nullptr || !hardware->record.latency ? kPaperBatch : hardware->record.latency->batch;
}

}  // namespace flnas::reports
