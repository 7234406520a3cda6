#include "harness/records/record.h"

#include <algorithm>

#include "harness/base/hash.h"
#include "harness/records/digest.h"
#include "harness/records/files.h"

namespace flnas {
namespace {

void check_one_of(const std::string& where, const char* key, const std::string& value,
                  const std::vector<std::string>& valid) {
  if (std::find(valid.begin(), valid.end(), value) == valid.end()) {
    throw DataError(fmt::format("{}: {}", where, unknown_name(key, value, valid)));
  }
}

template <class Record>
Record read_record(const std::filesystem::path& folder, const std::vector<std::string>& kinds) {
  const auto file = folder / kRunFile;
  auto record = read_with_schema<Record>(file);
  record.status = current_word(record.status);
  record.model.match = current_word(record.model.match);
  check_one_of(file.string(), "kind", record.kind, kinds);
  check_one_of(file.string(), "status", record.status, {kPassed, kFailed, kSkipped, kUnreliable});
  if (record.status != kPassed && record.reason.empty()) {
    throw DataError(fmt::format("{}: status '{}' without a reason", file.string(), record.status));
  }
  return record;
}

}  // namespace

std::string current_word(const std::string& word) {
  return word == "mistrusted" ? kUnreliable : word == "like" ? "approximate" : word;
}

std::string record_digest(const Json& json) {
  Json rest = json;
  rest.erase("digest");
  return sha256(rest.dump(2));
}

void write_with_digest(const std::filesystem::path& file, Json json) {
  json["digest"] = record_digest(json);
  write_json(file, json);
}

void write_run(const std::filesystem::path& folder, const RunRecord& record) {
  write_with_digest(folder / kRunFile, record_to_json(record));
}

void write_hardware(const std::filesystem::path& folder, const HardwareRecord& record) {
  write_with_digest(folder / kRunFile, record_to_json(record));
}

RunRecord read_run(const std::filesystem::path& folder) {
  return read_record<RunRecord>(folder, {"train", "constant", kReference, kPooled});
}

HardwareRecord read_hardware(const std::filesystem::path& folder) {
  return read_record<HardwareRecord>(folder, {"hardware"});
}

}  // namespace flnas
