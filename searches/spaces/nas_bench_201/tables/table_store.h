#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "harness/base/json.h"
#include "harness/records/nas_search.h"

namespace flnas::searches {

/// By strategy and seed.
using NasSearchesByKey = std::map<std::pair<std::string, std::uint64_t>, NasSearchResult>;

/// The contents of a file of searches: the settings in its first line, then a line for each search. An incomplete last
/// line, left by a kill, is ignored; of two lines of one search the later counts. Throws DataError with file and line.
struct StoredNasSearches {
  Json settings;  ///< null in an empty file
  NasSearchesByKey searches;
};
StoredNasSearches read_nas_searches(const std::filesystem::path& file);

/// The finished searches of one data set and device, <dataset>-<device>.jsonl, which are appended as they end, so that
/// a killed command has them when it is run again.
class TableStore {
 public:
  /// Reads what is there. Throws ConfigError where the settings differ, naming the first that does; DataError as
  /// read_nas_searches.
  TableStore(std::filesystem::path file, const Json& settings);

  // Several threads may find and add at once. What was found stays where it is.
  const NasSearchResult* find(const std::string& strategy, std::uint64_t seed) const;
  void add(const std::vector<NasSearchResult>& searches);

 private:
  std::filesystem::path file_;
  mutable std::mutex mutex_;
  NasSearchesByKey searches_;
};

}  // namespace flnas::searches
