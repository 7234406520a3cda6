#pragma once

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "datasets/synth.h"
#include "harness/base/files.h"
#include "harness/base/process.h"
#include "harness/base/text.h"
#include "tests/base/fixture.h"

namespace flnas::tests {

/// A folder with a small synthetic data set and a split, and the program to run on them.
struct Program {
  test::TemporaryFolder folder;
  std::filesystem::path root = folder.path;

  Program() {
    ::setenv("FLNAS_CACHE", (root / "cache").c_str(), 1);
    write_synthetic(root / "data", {.images = 100, .size = 16, .seed = 3});
    run("dataset split data --out split.json --images 0");
  }

  /// The program with these arguments, in the folder; output is stdout and stderr together.
  ProcessResult run(const std::string& arguments) const {
    return shell(fmt::format("{} {}", FLNAS_PROGRAM, arguments));
  }
  ProcessResult shell(const std::string& script) const {
    return system_processes().run({"sh", "-c", script}, root, "", std::chrono::seconds(120));
  }
  std::string text(const std::string& file) const { return read_file(root / file); }

  /// A training command that takes about a second; `out` is the run's folder.
  static std::string train(const std::string& out, const std::string& more = "") {
    return "train search3 --data data --split split.json --task binary --size 16 --epochs 3 --threads 1 --device cpu "
           "--out " +
           out + " " + more;
  }
};

inline bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace flnas::tests
