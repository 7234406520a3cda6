#pragma once

#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <string>

#include "harness/base/error.h"
#include "harness/base/json.h"
#include "harness/verification/verification.h"

namespace flnas {

/// Whether a record with this status has results.
bool is_finished(const std::string& status);

/// One folder under verification. Every check adds what it finds and continues; file names are relative to the folder.
class Check {
 public:
  Check(Verification& result, std::filesystem::path root, std::filesystem::path folder)
      : result_(result), root_(std::move(root)), folder_(std::move(folder)) {}

  const std::filesystem::path& folder() const { return folder_; }

  void fail(const std::string& file, const std::string& where, const std::string& rule, const std::string& message);
  void skip(const std::string& file, const std::string& why);
  /// Adds the findings of another verification of this folder.
  void add(const Verification& found);

  /// Runs a check that may throw: an error in reading data is a failure of that file.
  template <class Run>
  void guarded(const std::string& file, const std::string& rule, Run&& run) {
    try {
      run();
    } catch (const Error& error) {
      fail(file, "", rule, error.what());
    } catch (const Json::exception& error) {
      fail(file, "", rule, fmt::format("not the JSON that was expected ({})", error.what()));
    }
  }

  /// Checks that the file is byte for byte what the record's write function wrote (see record.h).
  void digest(const std::string& file);
  /// Checks that the file is there and has the SHA-256 that `source` lists.
  void hash(const std::string& file, const std::string& expected, const std::string& source);
  /// The same for all files of a record; weights may be absent.
  void hashes(const std::map<std::string, std::string>& files);
  /// Checks that run.json lists the hash of a raw file from which a figure was derived.
  void listed(const std::map<std::string, std::string>& files, const std::string& name);
  /// Checks that both are equal (see compare.h); each difference is a failure.
  void same(const std::string& file, const std::string& where, const std::string& rule, const Json& recorded,
            const Json& computed);

 private:
  std::string relative(const std::string& file) const;

  Verification& result_;
  std::filesystem::path root_;
  std::filesystem::path folder_;
};

}  // namespace flnas
