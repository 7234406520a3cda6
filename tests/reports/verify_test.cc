#include <boost/test/unit_test.hpp>

#include "harness/base/files.h"
#include "harness/base/hash.h"
#include "harness/base/json.h"
#include "reports/report.h"
#include "tests/reports/support.h"

namespace flnas::reports {
namespace {

using namespace tests;
namespace fs = std::filesystem;

/// A copy of the fixture with its report.
struct Reported {
  TemporaryFolder folder;
  fs::path root = folder.path() / "out";
  Reported() {
    fs::copy(fixture(), root, fs::copy_options::recursive);
    FakeProcesses gnuplot;
    gnuplot.installed = {"gnuplot"};
    write_report(root, root / "report", gnuplot);
  }
  void replace(const std::string& file, const std::string& from, const std::string& to) const {
    std::string text = read_file(root / file);
    const auto at = text.find(from);
    BOOST_REQUIRE(at != std::string::npos);
    write_file(root / file, text.replace(at, from.size(), to));
  }
};

bool named(const std::vector<Failure>& failures, const std::string& file, const std::string& where) {
  for (const Failure& failure : failures) {
    if (failure.file == file && failure.where.find(where) != std::string::npos) return true;
  }
  return false;
}

BOOST_AUTO_TEST_SUITE(verify_tables_)

BOOST_AUTO_TEST_CASE(an_untouched_report_is_valid) {
  const Reported reported;
  BOOST_TEST(verify_tables(reported.root).empty());
}

BOOST_AUTO_TEST_CASE(records_without_a_report_have_nothing_to_fail) { BOOST_TEST(verify_tables(fixture()).empty()); }

BOOST_AUTO_TEST_CASE(a_changed_cell_of_the_csv_is_named) {
  const Reported reported;
  reported.replace("report/table1.csv", "resnet18,ResNet-18,below constant,0.65,",
                   "resnet18,ResNet-18,below constant,0.75,");
  const auto failures = verify_tables(reported.root);
  BOOST_TEST(named(failures, "report/table1.csv", "resnet18, accuracy"));
  BOOST_TEST(failures.front().message == "'0.75' is stored, the records give '0.65'");
}

BOOST_AUTO_TEST_CASE(a_changed_cell_of_the_json_is_named) {
  const Reported reported;
  const fs::path file = reported.root / "report/table1.json";
  Json table = read_json(file);
  table["rows"][0]["cells"]["eodd"]["within"] = false;
  write_json(file, table);
  BOOST_TEST(named(verify_tables(reported.root), "report/table1.json", "rows[resnet18].cells.eodd.within"));
}

BOOST_AUTO_TEST_CASE(a_changed_record_shows_in_the_tables) {
  const Reported reported;
  reported.replace("runs/resnet18-s1-0a1b2c3d4e5f/run.json", "0.65", "0.66");
  BOOST_TEST(named(verify_tables(reported.root), "report/table1.csv", "resnet18, accuracy"));
}

BOOST_AUTO_TEST_CASE(one_changed_byte_in_any_file_of_the_report_is_found) {
  for (const char* name : {"report.html", "report.md", "report.tex", "table1.tex", "table1.md", "groups.csv",
                           "hashes.json", "figures/parameters.svg", "figures/parameters.gp"}) {
    const Reported reported;
    const fs::path file = reported.root / "report" / name;
    std::string text = read_file(file);
    text[text.size() / 2] = static_cast<char>(text[text.size() / 2] ^ 1);
    write_file(file, text);
    BOOST_TEST(named(verify_tables(reported.root), std::string("report/") + name, ""), name << " was changed");
  }
}

BOOST_AUTO_TEST_CASE(a_page_that_was_changed_together_with_its_hash_is_found) {
  for (const char* name : {"report.md", "report.html", "report.tex", "table1.md", "figures/parameters.gp"}) {
    const Reported reported;
    const fs::path file = reported.root / "report" / name;
    std::string text = read_file(file);
    const auto at = text.find("ResNet-18");
    BOOST_REQUIRE(at != std::string::npos);
    text[at] = 'B';
    write_file(file, text);
    Json list = read_json(reported.root / "report/files.json");
    list["files"][name] = sha256(text);
    write_json(reported.root / "report/files.json", list);
    const auto failures = verify_tables(reported.root);
    BOOST_TEST(named(failures, std::string("report/") + name, ""), name << " was changed");
    BOOST_TEST(failures.size() == 1u);
  }
}

BOOST_AUTO_TEST_CASE(a_page_or_a_pdf_that_the_list_leaves_out_is_named) {
  const Reported reported;
  Json list = read_json(reported.root / "report/files.json");
  list["files"].erase("report.md");
  write_json(reported.root / "report/files.json", list);
  write_file(reported.root / "report/report.pdf", "%PDF-1.5\n");
  const auto failures = verify_tables(reported.root);
  BOOST_TEST(named(failures, "report/report.md", ""));
  BOOST_TEST(named(failures, "report/report.pdf", ""));
}

BOOST_AUTO_TEST_CASE(the_pdfs_hash_is_listed) {
  const TemporaryFolder folder;
  fs::copy(fixture(), folder.path() / "out", fs::copy_options::recursive);
  FakeProcesses fake;
  fake.installed = {"gnuplot", "latexmk"};
  write_report(folder.path() / "out", folder.path() / "out/report", fake);
  BOOST_TEST(verify_tables(folder.path() / "out").empty());
  write_file(folder.path() / "out/report/report.pdf", "%PDF-1.6\n");
  BOOST_TEST(named(verify_tables(folder.path() / "out"), "report/report.pdf", ""));
}

BOOST_AUTO_TEST_CASE(missing_files_are_named) {
  const Reported reported;
  fs::remove(reported.root / "report/groups.json");
  fs::remove(reported.root / "report/report.md");
  const auto failures = verify_tables(reported.root);
  BOOST_TEST(named(failures, "report/groups.json", ""));
  BOOST_TEST(named(failures, "report/report.md", ""));
}

BOOST_AUTO_TEST_CASE(a_report_without_its_list_of_files_fails) {
  const Reported reported;
  fs::remove(reported.root / "report/files.json");
  BOOST_TEST(named(verify_tables(reported.root), "report/files.json", ""));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::reports
