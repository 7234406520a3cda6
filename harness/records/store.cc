#include "harness/records/store.h"

#include <algorithm>

#include "harness/base/inside.h"
#include "harness/records/digest.h"
#include "harness/records/files.h"

namespace flnas {
namespace {

namespace fs = std::filesystem;

/// Reads the listed folders; those without a run.json are named in `missing`.
template <class Record, class Read>
void read_all(Store& store, const std::vector<std::string>& folders, std::vector<Stored<Record>>& records,
              Read&& read) {
  for (const auto& name : folders) {
    const fs::path folder = store.out / name;
    if (fs::is_regular_file(folder / kRunFile)) {
      records.push_back({folder, read(folder)});
    } else {
      store.missing.push_back(name);
    }
  }
}

}  // namespace

void write_reproduction(const fs::path& out, const Reproduction& reproduction) {
  write_with_digest(out / kReproductionFile, record_to_json(reproduction));
}

Reproduction read_reproduction(const fs::path& out) {
  Reproduction record = read_with_schema<Reproduction>(out / kReproductionFile);
  std::vector<std::string> names = {record.split.file};
  names.insert(names.end(), record.runs.begin(), record.runs.end());
  names.insert(names.end(), record.hardware.begin(), record.hardware.end());
  if (record.pooled) names.insert(names.end(), record.pooled->begin(), record.pooled->end());
  for (const auto& name : names) {
    if (is_inside(name)) continue;
    throw DataError(fmt::format("{}: '{}' would lie outside of the study's folder; flnas wrote no such record",
                                (out / kReproductionFile).string(), name));
  }
  return record;
}

Store Store::open(const fs::path& out) {
  Store store;
  store.out = out;
  store.reproduction = read_reproduction(out);
  read_all(store, store.reproduction.runs, store.runs, read_run);
  if (store.reproduction.pooled) read_all(store, *store.reproduction.pooled, store.pooled, read_run);
  read_all(store, store.reproduction.hardware, store.hardware, read_hardware);
  return store;
}

std::vector<fs::path> folders_with(const std::string& file, const fs::path& folder) {
  std::vector<fs::path> found;
  if (fs::is_regular_file(folder / file)) found.push_back(folder);
  if (!fs::is_directory(folder)) return found;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_directory() && fs::is_regular_file(entry.path() / file)) found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace flnas
