#include "searches/proxies/verify_proxies.h"

#include <map>
#include <string>
#include <vector>

#include "harness/base/inside.h"
#include "harness/records/files.h"
#include "harness/verification/check.h"
#include "searches/core/archive.h"
#include "searches/proxies/proxy_summary.h"

namespace flnas::searches {
namespace {

namespace fs = std::filesystem;

/// As schema 2 had it.
Json of_transformers(Json summary) {
  for (const char* list : {"front", "points"}) {
    for (Json& point : summary[list]) {
      point["subnet"] = point["design"];
      point.erase("design"), point.erase("name");
    }
  }
  return summary;
}

/// The record's summary from the archive. Accuracies came from a table that is not kept.
Json computed_summary(const Json& record, const History& history, const RecordedSpace& space_of) {
  const bool is_old = record.at("schema").get<int>() < kProxySearchSchema;
  const Json& settings = record.at("settings");
  const auto space = space_of(settings);
  std::map<std::string, double> accuracies;
  for (const Json& point : record.at("points")) {
    if (point.at("accuracy").is_null()) continue;
    const Reading read = space->parse(point.at(is_old ? "subnet" : "design"));
    if (read.candidate) accuracies[space->text(*read.candidate)] = point.at("accuracy").get<double>();
  }
  const Json summary = record_to_json(
      summarise_proxies(*space, history, settings.at("proxies").get<std::vector<std::string>>(), accuracies));
  return is_old ? of_transformers(summary) : summary;
}

}  // namespace

void verify_proxy_search(Check& check, const std::string& file, const RecordedSpace& space_of) {
  check.digest(file);
  const fs::path& folder = check.folder();
  const Json record = read_json(folder / file);
  if (record.value("schema", 1) < 2) {
    return check.skip(file, "an earlier version wrote it, without an archive: its points were not compared");
  }
  if (record.value("status", "") == "running") return check.skip(file, "the search is not finished");
  const Json files = record.value("files", Json::object());
  for (const auto& [name, hash] : files.items()) {
    if (is_inside(name)) {  // as search_files.h finds it: here, or above
      check.hash(fs::exists(folder / name) ? name : "../" + name, hash.get<std::string>(), file);
    } else {
      check.fail(file, "files", "present", "'" + name + "' would lie outside of the search's folder");
    }
  }
  const Json computed = computed_summary(record, read_history(folder / kArchiveFile), space_of);
  for (const auto& [key, value] : computed.items()) {
    check.same(file, key, "search", record.value(key, Json(nullptr)), value);
  }
}

}  // namespace flnas::searches
