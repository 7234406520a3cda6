#include "reports/verify/manifest.h"

#include <fmt/format.h>

#include "harness/base/error.h"
#include "harness/base/json.h"
#include "resources/report_renderer.h"

namespace flnas::reports {

std::string renderer_id() { return kRendererSources; }

Manifest read_manifest(const std::filesystem::path& report) {
  const Json json = read_json(report / kManifest);
  Manifest manifest;
  try {
    const int schema = json.at("schema").get<int>();
    if (schema != 1 && schema != 2) throw DataError(fmt::format("{}: schema {}, 1 or 2 is read", kManifest, schema));
    if (schema > 1) manifest.renderer = json.at("renderer").get<std::string>();
    for (const auto& [name, hash] : json.at("files").items()) manifest.files[name] = hash.get<std::string>();
  } catch (const Json::exception& error) {
    throw DataError(fmt::format("{}: {}", kManifest, error.what()));
  }
  return manifest;
}

void write_manifest(const std::filesystem::path& report, const Manifest& manifest) {
  write_json(report / kManifest, {{"schema", 2}, {"renderer", manifest.renderer}, {"files", manifest.files}});
}

}  // namespace flnas::reports
