#pragma once

#include <functional>
#include <string>
#include <vector>

#include "harness/base/fields.h"
#include "harness/base/json.h"
#include "harness/verification/verify.h"

namespace flnas::study {

/// What `flnas verify` is asked for.
struct VerifyRequest {
  static constexpr char kCommand[] = "flnas verify";
  std::filesystem::path folder;
  std::string adapter;           ///< blank: by the record's name of it
  std::filesystem::path tables;  ///< blank: where the search's record says

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("folder", self.folder, "a reproduction, a run, a search, a suite, or a folder that holds some",
          {.value = "DIR", .positional = true, .required = true});
    visit("adapter", self.adapter, "adapter .json that the runs were made with (default: by the data set's name)",
          {.value = "FILE"});
    visit("tables", self.tables, "tables that searches were made on (default: where their records say)",
          {.value = "DIR"});
  }
};

/// Adds to `found` what it recomputes in the request's folder: the records of one layer, such as searches.
using Verifier = std::function<void(Verification& found, const VerifyRequest& request)>;

/// Recomputes everything below a folder: runs, reproductions, suites and searches on tables
/// (harness/verification/verify.h), estimates of hardware, the tables of reports, and what the verifiers of other
/// layers add. Throws DataError where there is no record.
Verification verify_all(const VerifyRequest& request, const std::vector<Verifier>& others);

/// {verdict: VALID or INVALID, failures: [{file, where, rule, message}], skipped, records}
Json to_json(const Verification& found);

}  // namespace flnas::study
