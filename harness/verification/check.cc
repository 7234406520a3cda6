#include "harness/verification/check.h"

#include "harness/base/files.h"
#include "harness/base/hash.h"
#include "harness/base/inside.h"
#include "harness/evaluation/json_diff.h"
#include "harness/records/files.h"
#include "harness/records/record.h"

namespace flnas {

bool is_finished(const std::string& status) { return status == kPassed || status == kUnreliable; }

void Check::fail(const std::string& file, const std::string& where, const std::string& rule,
                 const std::string& message) {
  result_.failures.push_back({relative(file), where, rule, message});
}

void Check::skip(const std::string& file, const std::string& why) {
  result_.skipped.push_back(relative(file) + ": " + why);
}

void Check::add(const Verification& found) {
  for (const Failure& failure : found.failures) fail(failure.file, failure.where, failure.rule, failure.message);
  for (const auto& skipped : found.skipped) result_.skipped.push_back(relative(skipped));
}

void Check::digest(const std::string& file) {
  const std::string text = read_file(folder_ / file);
  const Json json = parse_json(text, file);
  const Json found = json.contains("digest") ? json["digest"] : Json("absent");
  if (const std::string digest = record_digest(json); found != digest) {
    fail(file, "digest", "digest",
         fmt::format("not as it was written: its content has the digest {}, recorded is {}", digest, found.dump()));
  } else if (text != json.dump(2) + "\n" && text != json.dump() + "\n") {  // searches on tables are one line
    fail(file, "", "digest", "not as it was written: white space, order or the form of a number differ");
  }
}

void Check::hash(const std::string& file, const std::string& expected, const std::string& source) {
  if (!std::filesystem::is_regular_file(folder_ / file)) {
    return fail(file, "", "present", fmt::format("{} lists it, but it is not here", source));
  }
  if (const std::string found = sha256_file(folder_ / file); found != expected) {
    fail(file, "", "sha256", fmt::format("SHA-256 is {}, {} says {}", found, source, expected));
  }
}

void Check::hashes(const std::map<std::string, std::string>& files) {
  for (const auto& [name, expected] : files) {
    if (!is_inside(name)) {
      fail(kRunFile, "files", "present", fmt::format("'{}' would lie outside of the record's folder", name));
      continue;
    }
    const bool weights = name == kCheckpointFile || name == kWeightsFile;
    if (weights && !std::filesystem::exists(folder_ / name)) {
      skip(name, "weights are not here, their SHA-256 was not compared");
    } else {
      hash(name, expected, kRunFile);
    }
  }
}

void Check::listed(const std::map<std::string, std::string>& files, const std::string& name) {
  if (files.count(name) == 0) fail(kRunFile, "files", "present", fmt::format("{} is not listed", name));
}

void Check::same(const std::string& file, const std::string& where, const std::string& rule, const Json& recorded,
                 const Json& computed) {
  for (const auto& difference : json_diff(recorded, computed, where)) {
    fail(file, difference.where, rule, fmt::format("recorded {}, recomputed {}", difference.first, difference.second));
  }
}

std::string Check::relative(const std::string& file) const {
  return (folder_ / file).lexically_normal().lexically_relative(root_.lexically_normal()).string();
}

}  // namespace flnas
