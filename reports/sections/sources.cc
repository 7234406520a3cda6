#include <fmt/format.h>

#include "harness/base/text.h"
#include "harness/records/files.h"
#include "reports/document/inline.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

/// Short facts out of a record, those that it has.
class SourceFacts {
 public:
  explicit SourceFacts(const RecordFile& file) { source_.run = file.folder, source_.file = file.file; }
  SourceFacts& text(const char* name, const std::string& value) {
    if (!value.empty()) source_.facts.emplace_back(name, value);
    return *this;
  }
  SourceFacts& number(const char* name, std::optional<std::int64_t> value) {
    if (value) source_.facts.emplace_back(name, with_thousands(*value));
    return *this;
  }
  Source source() { return std::move(source_); }

 private:
  Source source_;
};

Source training(const Run& run) {
  if (!run.read) return SourceFacts(run).source();
  const RunRecord& record = run.record;
  const RunMetrics metrics = run.metrics.value_or(RunMetrics());
  return SourceFacts(run)
      .text("Model", record.model.title)
      .text("Parameters against the paper's", record.model.match)
      .number("Seed", static_cast<std::int64_t>(record.seed))
      .text("Status", record.status)
      .text("Reason", record.reason)
      .number("Test images", run.metrics ? std::optional(metrics.n) : std::nullopt)
      .number("Resamples of the intervals",
              metrics.bootstrap ? std::optional(metrics.bootstrap->resamples) : std::nullopt)
      .text("Begun (UTC)", record.started)
      .text("Command", record.command)
      .source();
}

Source hardware(const Hardware& found) {
  if (!found.read) return SourceFacts(found).source();
  const HardwareRecord& record = found.record;
  const LatencySummary latency = record.latency.value_or(LatencySummary());
  return SourceFacts(found)
      .text("Model", record.model.title)
      .text("Parameters against the paper's", record.model.match)
      .text("Device", record.device)
      .text("Status", record.status)
      .text("Reason", record.reason)
      .text("Kind", record.latency ? latency.mark : "")
      .number("Samples", record.latency ? std::optional(latency.samples) : std::nullopt)
      .text("Begun (UTC)", record.started)
      .text("Command", record.command)
      .source();
}

Source search(const Search& found) {
  const SearchRecord& record = found.record;
  return SourceFacts(found)
      .text("Search", record.name)
      .number("Seed", record.settings.seed)
      .text("Status", record.status)
      .text("Begun (UTC)", record.started.value_or(""))
      .text("Command", record.command)
      .source();
}

const std::string& text_of(const std::string& text) { return text; }
std::string text_of(const std::optional<std::string>& text) { return text.value_or(""); }

/// When and by which command.
template <class FoundRecord>
Source made(const FoundRecord& found) {
  return SourceFacts(found)
      .text("Begun (UTC)", text_of(found.record.started))
      .text("Command", found.record.command)
      .source();
}

Source proxies(const ProxySearch& found) {
  return SourceFacts(found)
      .number("Seed", found.record.settings.seed)
      .text("Begun (UTC)", found.record.started.value_or(""))
      .text("Command", found.record.command)
      .source();
}

Source statistics(const Statistics& found, const std::string& command) {
  const StatisticsRecord& record = found.record;
  return SourceFacts(found)
      .number("Test images", record.n)
      .number("Resamples of the intervals",
              record.bootstrap ? std::optional(record.bootstrap->resamples) : std::nullopt)
      .number("Draws of the noise floor", record.noise ? std::optional(record.noise->draws) : std::nullopt)
      .text("Command", command)
      .source();
}

}  // namespace

std::vector<Source> sources_of(const ReportInputs& inputs) {
  std::vector<Source> sources;
  for (const Run& run : inputs.runs) {
    sources.push_back(training(run));
    if (inputs.predictions_of(&run) == nullptr) continue;
    sources.push_back(training(run));
    sources.back().file = kPredictionsFile;
  }
  if (inputs.constant) sources.push_back(training(*inputs.constant));
  for (const Hardware& record : inputs.hardware) sources.push_back(hardware(record));
  if (inputs.has_reproduction()) {
    const std::string command = inputs.reproduced().command;
    sources.push_back({"", kReproductionFile, {{"Command", command}}});
    sources.push_back({"", "reports/paper/fl_nas.json", {{"Paper", "arXiv " + fl_nas().arxiv + ", Table I"}}});
    if (inputs.statistics) sources.push_back(statistics(*inputs.statistics, command));
  }
  for (const Search& found : inputs.searches) sources.push_back(search(found));
  for (const SearchComparison& found : inputs.comparisons) sources.push_back(made(found));
  for (const ProxySearch& found : inputs.proxy_searches) sources.push_back(proxies(found));
  for (const Suite& found : inputs.suites) sources.push_back(made(found));
  for (const Robustness& found : inputs.robustness) {
    sources.push_back({found.folder, found.file, {{"Subset", found.record.subset}, {"Command", found.record.command}}});
  }
  for (const NasSearch& nas : inputs.nas) {
    sources.push_back({nas.folder,
                       nas.file,
                       {{"Tables", nas.record.table.name},
                        {"Seeds", std::to_string(nas.record.seeds.size())},
                        {"Command", nas.record.command}}});
  }
  return sources;
}

}  // namespace flnas::reports
