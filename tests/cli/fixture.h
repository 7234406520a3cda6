#pragma once

#include <fmt/format.h>

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "datasets/synthetic/synth.h"
#include "harness/base/files.h"
#include "harness/base/process.h"
#include "harness/base/text.h"
#include "tests/base/fixture.h"
#include "tests/cli/forked.h"
#include "tests/support/paths.h"

namespace flnas::tests {

inline bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// Waits in a shell until `condition` holds, a minute at most; then, or where process `pid` ends before, it says so and
/// ends the script with 99.
inline std::string wait_until(const std::string& condition) {
  return fmt::format(
      "n=0; until {0}; do n=$((n + 1)); [ $n -lt 6000 ] && kill -0 $pid 2>/dev/null || "
      "{{ echo 'waited in vain until {0}'; kill -9 $pid 2>/dev/null; exit 99; }}; sleep 0.01; done; ",
      condition);
}

/// Images and a split, drawn once for all tests.
inline const std::filesystem::path& shared_data() {
  static const test::TemporaryFolder folder;
  static const bool made = [] {
    write_synthetic(folder / "data", {.images = 100, .size = 16, .seed = 3});
    return run_flnas_program({"dataset", "split", "data", "--out", "split.json", "--images", "0"}, folder.path)
               .exit_code == 0;
  }();
  BOOST_TEST_REQUIRE(made);
  return folder.path;
}

/// A folder with a small synthetic data set and a split, and the program to run on them.
struct Program {
  test::TemporaryFolder folder;
  std::filesystem::path root = folder.path;

  Program() {
    ::setenv("FLNAS_CACHE", (root / "cache").c_str(), 1);
    std::filesystem::copy(shared_data(), root, std::filesystem::copy_options::recursive);
  }

  /// The program with these arguments (blanks and quotes separate them; no shell is involved), in the folder.
  ProgramResult run(const std::string& arguments) const { return run_flnas_program(split_words(arguments), root); }
  ProcessResult shell(const std::string& script) const { return run_shell(script, root); }
  std::string text(const std::string& file) const { return read_file(root / file); }

  /// Starts the program, sends it a signal once the shell's `condition` holds, and then runs `afterwards`. The output
  /// tells "code 137" for a program that was killed.
  ProcessResult interrupt(const std::string& arguments, const std::string& condition,
                          const std::string& signal = "KILL", const std::string& afterwards = "") const {
    const auto result =
        shell(fmt::format("{} {} & pid=$!; {} kill -{} $pid; wait $pid; echo code $?; {}", tests::flnas_program(),
                          arguments, wait_until(condition), signal, afterwards));
    BOOST_TEST_CONTEXT(result.output) { BOOST_TEST_REQUIRE(result.exit_code != 99, "it was not there in time"); }
    return result;
  }

  /// A training command that takes about a second; `out` is the run's folder.
  static std::string train(const std::string& out, const std::string& more = "") {
    return "train search3 --data data --split split.json --task binary --size 16 --epochs 3 --threads 1 --device cpu "
           "--out " +
           out + " " + more;
  }
};

}  // namespace flnas::tests
