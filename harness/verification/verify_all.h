// The loop of `flnas verify`. It does not know which kinds of records there are: they are rows of a table.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "harness/base/fields.h"
#include "harness/verification/verification.h"

namespace flnas {

class Check;

/// What `flnas verify` is asked for.
struct VerifyRequest {
  static constexpr char kCommand[] = "flnas verify";
  std::filesystem::path folder;
  std::string adapter;           ///< blank: the record's name of it
  std::filesystem::path tables;  ///< blank: where the search's record says

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("folder", self.folder, "a reproduction, a run, a search, a suite, or a folder that holds some",
          {.value = "DIR", .positional = true, .required = true});
    visit("adapter", self.adapter, "adapter .json that the runs were made with (default: the copy beside them)",
          {.value = "FILE"});
    visit("tables", self.tables, "tables that searches were made on (default: where their records say)",
          {.value = "DIR"});
  }
};

inline bool is_record_file(const std::filesystem::path& path) { return std::filesystem::is_regular_file(path); }

/// A row of the table of records: files of one kind, the command that writes them, and the function that recomputes
/// them. Several rows may name the same file; each recomputes what its layer can.
struct Verifier {
  std::string file;    ///< The end of their paths; a * stands for any text: "run.json", "bench/*.json".
  std::string writer;  ///< The command that writes them: "flnas train".
  /// Recomputes the file of check.folder() and reports differences to `check`. An exception (Error or Json::exception)
  /// is a failure of the file by the rule "schema".
  std::function<void(Check& check, const std::string& file, const VerifyRequest& request)> verify;
  /// Whether a path with that end is of this kind: a file, as a rule.
  bool (*is_kind)(const std::filesystem::path& path) = is_record_file;
};

/// Recomputes every record at or below a folder, row by row in the order of the table, and the files of a row in the
/// order of their paths. Throws DataError if the folder is missing or holds no record.
Verification verify_all(const VerifyRequest& request, const std::vector<Verifier>& table);

}  // namespace flnas
