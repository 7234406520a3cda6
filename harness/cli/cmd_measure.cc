#include <fmt/format.h>

#include "harness/base/format_us.h"
#include "harness/base/text.h"
#include "harness/cli/commands.h"
#include "harness/cli/help.h"
#include "harness/cli/model_registry.h"
#include "harness/latency/measure.h"
#include "harness/runs/run.h"

namespace flnas::cli {
namespace {

std::string peak_text(const char* what, const std::optional<PeakMemory>& peak) {
  if (!peak) return fmt::format("{}: not measured\n", what);
  return fmt::format("{} at batch {}: {}\n", what, peak->batch, format_bytes(static_cast<double>(peak->peak_bytes)));
}

std::string latency_text(const HardwareRecord& record) {
  const LatencySummary& latency = *record.latency;
  return fmt::format("latency at batch {}: {} [{}, {}] on {}, {}\n", latency.batch, format_us(latency.median_us),
                     format_us(latency.low_us), format_us(latency.high_us), record.device, latency.mark);
}

/// 0, or 1 where nothing could be measured.
int show(const MeasureRequest& request, const HardwareRecord& record) {
  if (record.model.classes != nn::kPaperGeometry.classes) {
    fmt::print(stderr, "note: {} has {} outputs of its own; models by name are measured with {}\n", request.model,
               record.model.classes, nn::kPaperGeometry.classes);
  }
  if (record.status == kFailed) {
    fmt::print(stderr, "{}: failed: {}\n", shown_name(record.model), record.reason);
    return 1;
  }
  fmt::print("{}: {} parameters, {} MACs\n", shown_name(record.model), with_thousands(*record.model.parameters),
             with_thousands(*record.model.macs));
  if (record.memory.inference) {
    fmt::print("{}{}", peak_text("peak memory of a training step", record.memory.training_step),
               peak_text("peak memory of inference", record.memory.inference));
  }
  fmt::print("{}", latency_text(record));
  if (record.status == kUnreliable) fmt::print(stderr, "unreliable: {}\n", record.reason);
  print_next("flnas verify " + shell_quote(request.out.string()));
  return 0;
}

}  // namespace

void add_measure(CLI::App& app, Context& context) {
  const CommandHelp help{.summary = "memory and latency of one model, measured here or estimated",
                         .examples = {"flnas measure search3 --out hardware/search3",
                                      "flnas measure mine.json --platform pi4 --out hardware/mine-pi4"},
                         .next = "flnas verify DIR, or flnas-bench for more models, batches and modes",
                         .group = kModels};
  add_command<MeasureRequest>(app, context, help, [](const MeasureRequest& request, const Output& output) {
    const HardwareRecord record = measure_hardware(request, known_models());
    if (!output.json) return show(request, record);
    fmt::print("{}\n", record_to_json(record).dump(2));
    return record.status == kFailed ? 1 : 0;
  });
}

}  // namespace flnas::cli
