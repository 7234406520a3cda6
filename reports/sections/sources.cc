#include <fmt/format.h>

#include <cmath>

#include "harness/base/text.h"
#include "reports/document/inline.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

/// Short facts out of a record, those that it has.
class SourceFacts {
 public:
  SourceFacts(const Record& record) : record_(record) {}
  SourceFacts& text(const char* name, const std::string& key) {
    if (const std::string value = record_.text(key); !value.empty()) source_.facts.emplace_back(name, value);
    return *this;
  }
  SourceFacts& number(const char* name, const std::string& key) {
    if (const auto value = record_.number(key)) source_.facts.emplace_back(name, with_thousands(std::llround(*value)));
    return *this;
  }
  Source source() {
    source_.run = record_.folder;
    source_.file = record_.file;
    return std::move(source_);
  }

 private:
  const Record& record_;
  Source source_;
};

Source training(const Record& run) {
  return SourceFacts(run)
      .text("Model", "/model/title")
      .text("Parameters against the paper's", "/model/match")
      .number("Seed", "/seed")
      .text("Status", "/status")
      .text("Reason", "/reason")
      .number("Test images", "/metrics/n")
      .number("Resamples of the intervals", "/metrics/bootstrap/resamples")
      .text("Begun (UTC)", "/started")
      .text("Command", "/command")
      .source();
}

Source hardware(const Record& record) {
  return SourceFacts(record)
      .text("Model", "/model/title")
      .text("Parameters against the paper's", "/model/match")
      .text("Device", "/device")
      .text("Status", "/status")
      .text("Reason", "/reason")
      .text("Kind", "/latency/mark")
      .number("Samples", "/latency/samples")
      .text("Begun (UTC)", "/started")
      .text("Command", "/command")
      .source();
}

Source search(const Record& record) {
  return SourceFacts(record)
      .text("Search", "/name")
      .number("Seed", "/settings/seed")
      .text("Status", "/status")
      .text("Begun (UTC)", "/started")
      .text("Command", "/command")
      .source();
}

}  // namespace

std::vector<Source> sources_of(const Evidence& evidence) {
  std::vector<Source> sources;
  for (const Record& run : evidence.runs) {
    sources.push_back(training(run));
    if (evidence.answers_of(&run) == nullptr) continue;
    sources.push_back(training(run));
    sources.back().file = "predictions.csv";
  }
  if (evidence.constant) sources.push_back(training(*evidence.constant));
  for (const Record& record : evidence.hardware) sources.push_back(hardware(record));
  if (evidence.has_reproduction()) {
    const std::string command = evidence.text("/command");
    sources.push_back({"", "reproduce.json", {{"Command", command}}});
    sources.push_back({"", "reports/paper/fl_nas.json", {{"Paper", "arXiv " + fl_nas().arxiv + ", Table I"}}});
    if (evidence.statistics) {
      Source source = SourceFacts(*evidence.statistics)
                          .number("Test images", "/n")
                          .number("Resamples of the intervals", "/bootstrap/resamples")
                          .number("Draws of the noise floor", "/noise/draws")
                          .source();
      source.facts.emplace_back("Command", command);
      sources.push_back(std::move(source));
    }
  }
  for (const Record& record : evidence.searches) sources.push_back(search(record));
  for (const Record& record : evidence.comparisons) sources.push_back(search(record));
  for (const Record& record : evidence.transformers) sources.push_back(search(record));
  for (const Record& record : evidence.suites) sources.push_back(search(record));
  for (const NasEvidence& nas : evidence.nas) {
    sources.push_back({nas.folder,
                       "nas_search.json",
                       {{"Tables", without_controls(nas.record.table.name)},
                        {"Seeds", std::to_string(nas.record.seeds.size())},
                        {"Command", without_controls(nas.record.command)}}});
  }
  return sources;
}

}  // namespace flnas::reports
