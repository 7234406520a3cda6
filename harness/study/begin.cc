#include "harness/study/begin.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "datasets/adapters/adapter_files.h"
#include "datasets/images/alike.h"
#include "datasets/splits/split.h"
#include "datasets/tabular/synth.h"
#include "harness/base/command_line.h"
#include "harness/base/error.h"
#include "harness/base/fields.h"
#include "harness/base/files.h"
#include "harness/base/folder_lock.h"
#include "harness/base/hash.h"
#include "harness/base/system.h"
#include "harness/records/files.h"
#include "harness/records/report_settings.h"
#include "harness/study/write_report.h"
#include "reports/paper/paper.h"

namespace flnas::study {
namespace {

namespace fs = std::filesystem;

Reproduction describe(const Plan& plan, const Table& table, const Split& split, const fs::path& split_file) {
  Reproduction record;
  record.command = command_of(plan.request);
  record.started = utc_now();
  record.profile.name = plan.profile.name;
  record.profile.comparable = plan.profile.comparable && !table.synthetic;
  record.profile.note = plan.profile.note;
  record.profile.settings = config_to_json(plan.profile);
  record.narrowed = plan.overrides;
  record.task = plan.profile.task;
  record.protocol = plan.profile.protocol;
  for (int seed = 1; seed <= plan.profile.seeds; ++seed) record.seeds.push_back(static_cast<std::uint64_t>(seed));
  for (const auto& model : plan.models) record.models.push_back(model.name);
  record.data = {table.adapter.name, table.name, table.fingerprint, table.synthetic,
                 static_cast<std::int64_t>(table.rows.size())};
  record.split.file = kSplitFile;
  record.split.sha256 = sha256_file(split_file);
  const Subsets subsets = split.folds.empty() ? Subsets{split.train, split.validation, split.test} : split.folds[0];
  record.split.images = {static_cast<std::int64_t>(subsets.train.size()),
                         static_cast<std::int64_t>(subsets.validation.size()),
                         static_cast<std::int64_t>(subsets.test.size())};
  if (!split.folds.empty()) record.folds = static_cast<std::int64_t>(split.folds.size());
  record.environment = {{"machine", describe_machine()}, {"build", describe_build()}};
  const bool own = plan.has_own_models || table.adapter.source != load_adapter(reports::fl_nas().adapter).source;
  ReportSettings report{.title = plan.request.title, .paper = plan.request.paper || !own};
  if (!report.paper && report.title.empty()) report.title = own_title(table.adapter);
  if (!report.title.empty()) set_report_settings(record, report);
  return record;
}

/// A folder is continued only with what it was begun with; models and seeds may be added. With another --jobs, which
/// sets the threads of a run, or another narrowing there are other runs beside the old ones.
void require_same(const fs::path& out, const Reproduction& found, const Reproduction& asked) {
  const auto differs = found.profile.name != asked.profile.name           ? "profile"
                       : found.task != asked.task                         ? "task"
                       : found.protocol != asked.protocol                 ? "protocol"
                       : found.folds != asked.folds                       ? "number of folds"
                       : found.data.fingerprint != asked.data.fingerprint ? "data"
                       : found.split.sha256 != asked.split.sha256         ? "split"
                                                                          : nullptr;
  if (differs == nullptr) return;
  throw ConfigError(fmt::format("{}: holds a reproduction with another {}; choose another --out, or delete the folder",
                                out.string(), differs));
}

/// Folders alone are no obstacle: searches may lie where a reproduction is to be.
bool holds_files(const fs::path& folder) {
  if (!fs::exists(folder)) return false;
  const auto entries = fs::directory_iterator(folder);
  return std::any_of(begin(entries), end(entries), [](const auto& entry) {
    return !entry.is_directory() && !FolderLock::is_lock_file(entry.path().filename().string());
  });
}

/// The split that was made here before, where it is one of this data.
std::optional<Split> split_before(const fs::path& file, const Table& table) {
  try {
    if (fs::exists(file)) return read_split(file, table);
  } catch (const DataError&) {
  }
  return std::nullopt;
}

/// The pairs of a split that was made here before for the same selection: images are looked at once.
std::optional<RowPairs> joined_before(const fs::path& file, const Table& table, const SplitConfig& config) {
  const auto before = split_before(file, table);
  if (!before || before->folds.empty() || before->requested != config.images || before->seed != config.seed) {
    return std::nullopt;
  }
  RowPairs pairs;
  for (const auto& [a, b] : before->joined) {
    const auto rows = table.find({a, b});
    pairs.emplace_back(rows[0], rows[1]);
  }
  return pairs;
}

}  // namespace

void require_own_folder(const fs::path& out) {
  if (holds_files(out) && !fs::exists(out / kReproductionFile) && !fs::exists(out / "data") &&
      !fs::exists(out / kSplitFile)) {
    throw ConfigError(fmt::format("{}: not empty and not a reproduction; choose another --out", out.string()));
  }
}

DataSource prepare_data(const Plan& plan) {
  DataSource source = plan.request.data;
  if (source.folder.empty()) {
    source.folder = plan.request.out / "data";
    const SynthConfig synth = plan.profile.synth_config();
    if (plan.profile.kind == "table") {
      if (write_synthetic_table(source.folder, {.rows = synth.images, .seed = synth.seed})) {
        fmt::print(stderr, "data: {} drawn people in {}\n", synth.images, source.folder.string());
      }
    } else if (write_synthetic(source.folder, synth)) {
      fmt::print(stderr, "data: {} synthetic images of {} px in {}\n", synth.images, synth.size,
                 source.folder.string());
    }
  }
  source.split = plan.request.out / kSplitFile;
  return source;
}

Reproduction begin(const Plan& plan, const DataSource& source) {
  const fs::path& out = plan.request.out;
  const Table table = read_table(source.folder, load_adapter(source.adapter, source.folder));
  const Task& task = table.adapter.task(plan.profile.task);
  const SplitConfig config{
      .protocol = plan.profile.protocol, .images = plan.profile.images, .folds = plan.profile.folds};
  const Split split = make_split(table, config, [&](const Table& all, const RowIndices& rows) {
    if (auto known = joined_before(source.split, table, config)) return *std::move(known);
    return find_alike(all, rows);
  });
  require_classes(split, table, task);
  for (const auto& note : split.notes) fmt::print(stderr, "split: {}\n", note);
  const fs::path proposed = out / ".split.json";
  write_json(proposed, split_to_json(split));
  Reproduction record = describe(plan, table, split, proposed);
  if (fs::exists(out / kReproductionFile)) {
    const Reproduction found = read_reproduction(out);
    require_same(out, found, record);
    record.started = found.started;
  }
  keep_adapter(table.adapter, out);
  move_into_place(proposed, source.split);
  return record;
}

}  // namespace flnas::study
