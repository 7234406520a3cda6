#pragma once

#include <fmt/format.h>

#include <cstdlib>
#include <string>

#include "harness/base/files.h"
#include "harness/base/json.h"
#include "harness/records/nas_search.h"
#include "tests/base/fixture.h"
#include "tests/cli/forked.h"
#include "tests/support/paths.h"

namespace flnas::tests {

/// `flnas search compare --tables` on the committed miniature table.
struct NasSearch : test::TemporaryFolder {
  NasSearch() {
    ::setenv("FLNAS_CACHE", (path / "cache").c_str(), 1);
    ::setenv("FLNAS_LLM_KEY", "test-key-1234567", 1);
  }
  ~NasSearch() { ::unsetenv("FLNAS_LLM_KEY"); }

  /// The program with these arguments, in the folder.
  ProgramResult run(const std::string& arguments) const { return run_flnas_program(split_words(arguments), path); }
  ProcessResult shell(const std::string& script) const { return run_shell(script, path); }
  /// Arguments of a search.
  std::string search(const std::string& out, const std::string& more, const std::string& budget = "--budget 60") const {
    return fmt::format("search compare --tables {}/../datasets/nas/miniature {} --out {} {}", tests::tests_dir(),
                       budget, out, more);
  }
  NasSearchRecord record(const std::string& out) const { return read_nas_search(path / out / "nas_search.json"); }
  /// What two records of the same searches have in common.
  static Json figures(const NasSearchRecord& record) {
    Json json = Json::array();
    for (const auto& pair : record.pairs) {
      for (auto search : pair.searches) {
        search.seconds = 0;
        if (search.chat) search.chat->waiting_seconds = 0;
        json.push_back(record_to_json(search));
      }
    }
    return json;
  }
};

}  // namespace flnas::tests
