#include "searches/session/search_files.h"

#include "datasets/adapters/adapter_files.h"
#include "harness/base/hash.h"
#include "harness/records/files.h"

namespace flnas::searches {
namespace fs = std::filesystem;

fs::path search_file(const fs::path& folder, const std::string& name) {
  return fs::exists(folder / name) ? folder / name : folder.parent_path() / name;
}

Json search_file_hashes(const fs::path& folder, const History& history, const Json& record) {
  Json hashes = Json::object();
  const auto add = [&](const std::string& name) {
    const fs::path file = search_file(folder, name);
    if (fs::is_regular_file(file)) hashes[name] = sha256_file(file);
  };
  for (const char* name :
       {kAdapterFile, kArchiveFile, kLedgerFile, kExchangesFile, "designs.csv", "best.json", "best.py"}) {
    add(name);
  }
  for (const Json& member : record.value("front", Json::array())) {
    const Json name = member.is_object() ? member.value("name", Json()) : member;
    if (!name.is_string()) continue;
    for (const char* extension : {".json", ".py"}) add("front/" + name.get<std::string>() + extension);
  }
  for (const auto& evaluation : history.evaluations) add("designs/" + evaluation.hash + ".json");
  for (const Json& design : record.value("reported", Json::array())) {
    for (const char* name : {"design.json", "metrics.json", kPredictionsFile}) {
      add("reported/" + design.at("hash").get<std::string>() + "/" + name);
    }
  }
  return hashes;
}

}  // namespace flnas::searches
