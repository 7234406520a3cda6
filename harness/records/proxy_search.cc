#include "harness/records/proxy_search.h"

namespace flnas {

ProxySearchRecord read_proxy_search(const std::filesystem::path& file) {
  Json json = read_json(file);
  for (const char* list : {"front", "points"}) {
    if (!json.is_object() || !json.contains(list) || !json[list].is_array()) continue;
    for (Json& point : json[list]) {
      if (point.is_object() && point.contains("subnet")) point["design"] = point["subnet"];
    }
  }
  return read_as<ProxySearchRecord>(json, file.string());
}

}  // namespace flnas
