#pragma once

#include <filesystem>
#include <string>

#include "harness/records/record.h"

namespace flnas {

/// Writes the JSON with a last key "digest": the SHA-256 of its text without that key.
void write_with_digest(const std::filesystem::path& file, Json json);

/// A record's JSON; throws DataError if its schema version is not from 1 to `newest`.
inline Json read_schema(const std::filesystem::path& file, int newest = kRecordSchema) {
  Json json = read_json(file);
  if (!json.is_object() || !json.contains("schema")) return json;
  const Json& schema = json["schema"];
  if (!schema.is_number_integer() || schema < 1 || schema > newest) {
    throw DataError(fmt::format("{}: schema {}, this program reads {}; use the version that wrote it", file.string(),
                                schema.dump(), newest == 1 ? "1" : fmt::format("1 to {}", newest)));
  }
  return json;
}

/// A record from a file; throws as read_schema and record_from_json do.
template <class Record>
Record read_with_schema(const std::filesystem::path& file) {
  return record_from_json<Record>(read_schema(file, Record{}.schema), file.string());
}

}  // namespace flnas
