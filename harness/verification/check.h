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

/// One folder under verification. Every check appends what it finds and goes on; file names are the folder's.
class Check {
 public:
  Check(Verification& result, std::filesystem::path root, std::filesystem::path folder)
      : result_(result), root_(std::move(root)), folder_(std::move(folder)) {}

  const std::filesystem::path& folder() const { return folder_; }

  void fail(const std::string& file, const std::string& where, const std::string& rule, const std::string& message);
  void skip(const std::string& file, const std::string& why);
  /// What another verification found, with this folder as its own.
  void add(const Verification& found);

  /// Runs a check that may throw: data that cannot be read is a failure of that file.
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

  /// The file is byte for byte what a record's write function wrote (see record.h).
  void digest(const std::string& file);
  /// The file is there and has this SHA-256, which `source` names.
  void hash(const std::string& file, const std::string& expected, const std::string& source);
  /// The same for all files of a record; weights may be absent.
  void hashes(const std::map<std::string, std::string>& files);
  /// The raw file from which a figure was derived is among those that run.json hashes.
  void listed(const std::map<std::string, std::string>& files, const std::string& name);
  /// Both are equal (see compare.h); each difference is a failure.
  void same(const std::string& file, const std::string& where, const std::string& rule, const Json& recorded,
            const Json& computed);

 private:
  std::string relative(const std::string& file) const;

  Verification& result_;
  std::filesystem::path root_;
  std::filesystem::path folder_;
};

}  // namespace flnas
