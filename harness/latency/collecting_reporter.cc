#include "harness/latency/collecting_reporter.h"

#include <algorithm>
#include <string_view>

#include "harness/base/names.h"

namespace flnas {

bool CollectingReporter::ReportContext(const Context& context) {
  if (context_) return true;
  context_.emplace(context);
  return live_ == nullptr || live_->ReportContext(context);
}

void CollectingReporter::ReportRuns(const std::vector<Run>& runs) {
  if (live_ != nullptr) live_->ReportRuns(runs);
  if (runs.empty()) return;
  const std::string name = runs.front().run_name.str();
  auto group = std::find_if(groups_.begin(), groups_.end(), [&](const Group& known) { return known.name == name; });
  if (group == groups_.end()) {
    groups_.push_back({name, runs});
    return;
  }
  // Aggregates come in a call of their own after the repetitions; anything else is a new round.
  const bool aggregates = runs.front().run_type == Run::RT_Aggregate;
  if (!aggregates) group->runs.clear();
  group->runs.insert(group->runs.end(), runs.begin(), runs.end());
}

void CollectingReporter::write(benchmark::BenchmarkReporter& reporter) const {
  if (!context_ || !reporter.ReportContext(*context_)) return;
  for (const Group& group : groups_) reporter.ReportRuns(group.runs);
  reporter.Finalize();
}

BenchmarkOutput take_output_flags(std::vector<std::string>& arguments) {
  BenchmarkOutput output;
  const auto value = [](const std::string& argument, std::string_view flag, std::string& into) {
    if (argument.rfind(flag, 0) != 0) return false;
    into = argument.substr(flag.size());
    return true;
  };
  std::erase_if(arguments, [&](const std::string& argument) {
    value(argument, "--benchmark_format=", output.display_format);
    return value(argument, "--benchmark_out=", output.file) ||
           value(argument, "--benchmark_out_format=", output.file_format);
  });
  return output;
}

std::unique_ptr<benchmark::BenchmarkReporter> make_reporter(const std::string& format) {
  switch (find_name("benchmark format", format, {"console", "json", "csv"})) {
    case 0:
      return std::make_unique<benchmark::ConsoleReporter>(benchmark::ConsoleReporter::OO_None);
    case 1:
      return std::make_unique<benchmark::JSONReporter>();
    default:
      break;
  }
    // Its authors would like to be rid of this one, but it is among their formats.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
  return std::make_unique<benchmark::CSVReporter>();
#pragma GCC diagnostic pop
}

}  // namespace flnas
