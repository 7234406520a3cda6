#include "harness/verification/verify_all.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "harness/base/error.h"
#include "harness/verification/check.h"

namespace flnas {
namespace {

namespace fs = std::filesystem;

/// Whether a name is the pattern's, in which one * stands for any text.
bool fits(const std::string& name, const std::string& pattern) {
  const auto star = pattern.find('*');
  if (star == pattern.npos) return name == pattern;
  const std::string end = pattern.substr(star + 1);
  return name.size() + 1 >= pattern.size() && name.starts_with(pattern.substr(0, star)) && name.ends_with(end);
}

/// Whether a path ends as the row says.
bool ends_as(fs::path path, fs::path end) {
  for (; !end.empty(); path = path.parent_path(), end = end.parent_path()) {
    if (!fits(path.filename().string(), end.filename().string())) return false;
  }
  return true;
}

std::vector<fs::path> sorted_paths(const fs::path& folder) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  return paths;
}

/// "run.json (flnas train), reproduce.json (flnas reproduce)": each file once.
std::string kinds_of(const std::vector<Verifier>& table) {
  std::vector<std::string> kinds;
  std::set<std::string> named;
  for (const Verifier& row : table) {
    if (named.insert(row.file).second) kinds.push_back(fmt::format("{} ({})", row.file, row.writer));
  }
  return fmt::format("{}", fmt::join(kinds, ", "));
}

}  // namespace

Verification verify_all(const VerifyRequest& request, const std::vector<Verifier>& table) {
  if (!fs::is_directory(request.folder)) {
    throw DataError(fmt::format("{}: no such folder", request.folder.string()));
  }
  const auto paths = sorted_paths(request.folder);
  Verification found;
  std::set<fs::path> records;
  for (const Verifier& row : table) {
    for (const fs::path& path : paths) {
      if (!ends_as(path, row.file) || !row.is_kind(path)) continue;
      records.insert(path);
      const std::string file = path.filename().string();
      Check check(found, request.folder, path.parent_path());
      check.guarded(file, "schema", [&] { row.verify(check, file, request); });
    }
  }
  if (records.empty()) {
    throw DataError(fmt::format("{}: no record here or below; name a folder with one of {}", request.folder.string(),
                                kinds_of(table)));
  }
  found.records = static_cast<int>(records.size());
  return found;
}

Json to_json(const Verification& found) {
  Json json{{"verdict", found.failures.empty() ? "VALID" : "INVALID"}, {"failures", Json::array()}};
  for (const auto& failure : found.failures) {
    json["failures"].push_back(
        {{"file", failure.file}, {"where", failure.where}, {"rule", failure.rule}, {"message", failure.message}});
  }
  json["skipped"] = found.skipped;
  json["records"] = found.records;
  return json;
}

}  // namespace flnas
