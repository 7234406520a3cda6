#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "harness/base/json.h"
#include "harness/results/nas_search.h"

namespace flnas::apps {

/// The finished searches of one data set and device, <dataset>-<device>.jsonl: the settings in the first line, then a
/// line for each search, appended as they end, so that a killed command has them when it is run again.
class NasSearchStore {
 public:
  /// Reads what is there. Throws ConfigError where the settings differ, naming the first that does; DataError with file
  /// and line on anything that is no such line.
  NasSearchStore(std::filesystem::path file, const Json& settings);

  // Several threads may find and add at once. What was found stays where it is.
  const NasSearchResult* find(const std::string& strategy, std::uint64_t seed) const;
  void add(const std::vector<NasSearchResult>& searches);

 private:
  std::filesystem::path file_;
  mutable std::mutex mutex_;
  std::map<std::pair<std::string, std::uint64_t>, NasSearchResult> searches_;
};

}  // namespace flnas::apps
