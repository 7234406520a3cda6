#include "tests/reports/support.h"

#include <stdlib.h>

#include <stdexcept>

#include "harness/base/files.h"

namespace flnas::reports {

std::ostream& operator<<(std::ostream& stream, Mark mark) { return stream << mark_name(mark); }

}  // namespace flnas::reports

namespace flnas::reports::tests {

TemporaryFolder::TemporaryFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "flnas-reports-test-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp");
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

ProcessResult FakeProcesses::run(const std::vector<std::string>& command, const std::filesystem::path& folder,
                                 std::string_view input, std::chrono::seconds) {
  commands.push_back(command);
  if (exit_code != 0) return {exit_code, "line 3: it is broken\n"};
  const std::string script(input);
  const auto begin = script.find("set output '") + 12;
  if (command.front() == "gnuplot" && begin != std::string::npos + 12) {
    const std::string file = script.substr(begin, script.find('\'', begin) - begin);
    write_file(folder / file,
               "<?xml version=\"1.0\"?>\n<svg viewBox=\"0 0 4 4\" xmlns=\"http://www.w3.org/2000/svg\">\n"
               "<title>Gnuplot</title>\n<desc>Produced by GNUPLOT 5.4 </desc>\n"
               "<rect id='a' fill='rgb(  0, 114, 178)' width='4' height='4'/>\n</svg>\n");
  }
  if (command.front() == "latexmk") write_file(folder / "report.pdf", "%PDF-1.5\n");
  return {};
}

const Table& find_table(const Document& document, const std::string& id) {
  for (const Table* table : tables(document)) {
    if (table->id == id) return *table;
  }
  throw std::runtime_error("no table " + id);
}

const Row& find_row(const Table& table, const std::string& key) {
  for (const Row& row : table.rows) {
    if (row.key == key) return row;
  }
  throw std::runtime_error("no row " + key);
}

const Cell& find_cell(const Table& table, const std::string& row, const std::string& column) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (table.columns[i].key == column) return find_row(table, row).cells.at(i);
  }
  throw std::runtime_error("no column " + column);
}

Run& run_of(ReportInputs& inputs, const std::string& model, int seed) {
  for (Run& run : inputs.runs) {
    if (run.model() == model && run.record.seed == static_cast<std::uint64_t>(seed)) return run;
  }
  throw std::runtime_error("no run of " + model);
}

}  // namespace flnas::reports::tests
