#include "harness/latency/timing/collecting_reporter.h"

#include <algorithm>

namespace flnas {

bool CollectingReporter::ReportContext(const Context& context) {
  ++round_;
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
    groups_.push_back({name, round_, runs});
    return;
  }
  if (group->round != round_) group->runs.clear();
  group->round = round_;
  group->runs.insert(group->runs.end(), runs.begin(), runs.end());
}

void CollectingReporter::write(benchmark::BenchmarkReporter& reporter) const {
  if (!context_ || !reporter.ReportContext(*context_)) return;
  for (const Group& group : groups_) reporter.ReportRuns(group.runs);
  reporter.Finalize();
}

}  // namespace flnas
