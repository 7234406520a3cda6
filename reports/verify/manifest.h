#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace flnas::reports {

/// files.json: the renderer and the files of a finished report. Schema 1 had no `renderer`.
struct Manifest {
  std::string renderer;                      ///< Who wrote it: renderer_id() of that program; blank: not recorded.
  std::map<std::string, std::string> files;  ///< SHA-256 by path inside the report.
};

inline constexpr char kManifest[] = "files.json";

/// A digest of the sources that render (everything in reports/ but committed results): two programs with the same one
/// write the same bytes for the same records.
std::string renderer_id();

/// Throws DataError when the file is missing, damaged or of an unknown schema.
Manifest read_manifest(const std::filesystem::path& report);
void write_manifest(const std::filesystem::path& report, const Manifest& manifest);

}  // namespace flnas::reports
