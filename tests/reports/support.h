#pragma once

#include <filesystem>
#include <map>
#include <ostream>
#include <set>
#include <string>
#include <vector>

#include "harness/base/process.h"
#include "reports/data/report_inputs.h"
#include "reports/document/table.h"
#include "reports/sections/sections.h"
#include "tests/support/paths.h"

namespace flnas::reports {

/// Marks in Boost.Test's messages.
std::ostream& operator<<(std::ostream& stream, Mark mark);

}  // namespace flnas::reports

namespace flnas::reports::tests {

/// A reproduction of three models, small and made by hand: ResNet-18 with two seeds, FaHaNa-like, a failed Search-3.
inline std::filesystem::path fixture() {
  return std::filesystem::path(flnas::tests::tests_dir()) / "reports/fixtures/small";
}

/// A comparison of two strategies over two seeds, a search that a script answered, searches on the miniature table, and
/// a latency suite: really made, and cut down.
inline std::filesystem::path searches_fixture() {
  return std::filesystem::path(flnas::tests::tests_dir()) / "reports/fixtures/searches";
}

/// A folder of its own, removed at the end.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// gnuplot and latexmk that can be missing or fail.
class FakeProcesses : public Processes {
 public:
  std::set<std::string> installed;
  int exit_code = 0;
  std::vector<std::vector<std::string>> commands;

  bool has(std::string_view program) const override { return installed.contains(std::string(program)); }
  /// gnuplot draws one rectangle, whatever the script says.
  ProcessResult run(const std::vector<std::string>& command, const std::filesystem::path& folder,
                    std::string_view input, std::chrono::seconds limit) override;
};

const Table& find_table(const Document& document, const std::string& id);
const Row& find_row(const Table& table, const std::string& key);
const Cell& find_cell(const Table& table, const std::string& row, const std::string& column);
/// The inputs's record of a training run, to be changed by a test.
Run& run_of(ReportInputs& inputs, const std::string& model, int seed = 1);

}  // namespace flnas::reports::tests
