#include <boost/test/unit_test.hpp>
#include <map>

#include "harness/base/files.h"
#include "harness/base/hash.h"
#include "harness/base/json.h"
#include "reports/report.h"
#include "reports/verify/manifest.h"
#include "reports/verify/page_cells.h"
#include "tests/reports/support.h"

namespace flnas::reports {
namespace {

using namespace tests;
namespace fs = std::filesystem;

/// A copy of the fixture with its report.
struct Reported {
  TemporaryFolder folder;
  fs::path root = folder.path() / "out";
  explicit Reported(const fs::path& records = fixture()) {
    fs::copy(records, root, fs::copy_options::recursive);
    fs::remove_all(root / "runs/resnet18-s2-1a1b2c3d4e5f");  // so that ResNet-18's cells are those of one record
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

/// The same, as if another version of the renderer had written it.
struct OlderReport : Reported {
  explicit OlderReport(const fs::path& records = fixture()) : Reported(records) { sign(); }
  /// files.json as that version wrote it, after its files were changed.
  void sign() const {
    Manifest manifest = read_manifest(root / "report");
    manifest.renderer = "another";
    for (auto& [name, hash] : manifest.files) hash = sha256_file(root / "report" / name);
    write_manifest(root / "report", manifest);
  }
};

bool named(const std::vector<Failure>& failures, const std::string& file, const std::string& where) {
  for (const Failure& failure : failures) {
    if (failure.file == file && failure.where.find(where) != std::string::npos) return true;
  }
  return false;
}

BOOST_AUTO_TEST_SUITE(verify_report_)

BOOST_AUTO_TEST_CASE(an_untouched_report_is_valid) {
  const Reported reported;
  BOOST_TEST(verify_report(reported.root).failures.empty());
}

BOOST_AUTO_TEST_CASE(records_without_a_report_have_nothing_to_fail) {
  BOOST_TEST(verify_report(fixture()).failures.empty());
}

BOOST_AUTO_TEST_CASE(a_changed_cell_of_the_csv_is_named) {
  const Reported reported;
  reported.replace("report/table1.csv", "resnet18,ResNet-18,,0.65,", "resnet18,ResNet-18,,0.75,");
  const auto failures = verify_report(reported.root).failures;
  BOOST_TEST(named(failures, "report/table1.csv", "resnet18, accuracy"));
  BOOST_TEST(failures.front().message == "'0.75' is stored, the records give '0.65'");
}

BOOST_AUTO_TEST_CASE(a_page_that_lost_its_link_to_a_table_beside_it_is_named) {
  const std::vector<std::pair<const char*, const char*>> links{{"report.html", "<a href=\"comparisons.csv\">"},
                                                               {"report.md", "](comparisons.csv)"}};
  for (const auto& [page, link] : links) {
    const OlderReport reported;
    reported.replace(std::string("report/") + page, link, "");
    reported.sign();
    BOOST_TEST(named(verify_report(reported.root).failures, std::string("report/") + page, "comparisons"), page);
  }
}

BOOST_AUTO_TEST_CASE(a_changed_cell_of_the_json_is_named) {
  const Reported reported;
  const fs::path file = reported.root / "report/table1.json";
  Json table = read_json(file);
  table["rows"][0]["cells"]["eodd"]["within"] = false;
  write_json(file, table);
  BOOST_TEST(named(verify_report(reported.root).failures, "report/table1.json", "rows[resnet18].cells.eodd.within"));
}

BOOST_AUTO_TEST_CASE(a_changed_record_shows_in_the_tables) {
  const Reported reported;
  reported.replace("runs/resnet18-s1-0a1b2c3d4e5f/run.json", "0.65", "0.66");
  BOOST_TEST(named(verify_report(reported.root).failures, "report/table1.csv", "resnet18, accuracy"));
}

BOOST_AUTO_TEST_CASE(one_changed_byte_in_any_file_of_the_report_is_found) {
  for (const char* name : {"report.html", "report.md", "report.tex", "table1.tex", "table1.md", "groups.csv",
                           "hashes.json", "figures/parameters.svg", "figures/parameters.gp"}) {
    const Reported reported;
    const fs::path file = reported.root / "report" / name;
    std::string text = read_file(file);
    text[text.size() / 2] = static_cast<char>(text[text.size() / 2] ^ 1);
    write_file(file, text);
    BOOST_TEST(named(verify_report(reported.root).failures, std::string("report/") + name, ""), name << " was changed");
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
    const auto failures = verify_report(reported.root).failures;
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
  const auto failures = verify_report(reported.root).failures;
  BOOST_TEST(named(failures, "report/report.md", ""));
  BOOST_TEST(named(failures, "report/report.pdf", ""));
}

BOOST_AUTO_TEST_CASE(the_pdfs_hash_is_listed) {
  const TemporaryFolder folder;
  fs::copy(fixture(), folder.path() / "out", fs::copy_options::recursive);
  FakeProcesses fake;
  fake.installed = {"gnuplot", "latexmk"};
  write_report(folder.path() / "out", folder.path() / "out/report", fake);
  BOOST_TEST(verify_report(folder.path() / "out").failures.empty());
  write_file(folder.path() / "out/report/report.pdf", "%PDF-1.6\n");
  BOOST_TEST(named(verify_report(folder.path() / "out").failures, "report/report.pdf", ""));
}

BOOST_AUTO_TEST_CASE(missing_files_are_named) {
  const Reported reported;
  fs::remove(reported.root / "report/groups.json");
  fs::remove(reported.root / "report/report.md");
  const auto failures = verify_report(reported.root).failures;
  BOOST_TEST(named(failures, "report/groups.json", ""));
  BOOST_TEST(named(failures, "report/report.md", ""));
}

BOOST_AUTO_TEST_CASE(a_report_without_its_list_of_files_fails) {
  const Reported reported;
  fs::remove(reported.root / "report/files.json");
  BOOST_TEST(named(verify_report(reported.root).failures, "report/files.json", ""));
}

BOOST_AUTO_TEST_CASE(a_report_of_another_version_of_the_renderer_is_valid_and_says_what_was_not_compared) {
  for (const auto& records : {fixture(), searches_fixture()}) {
    const OlderReport reported(records);
    const Verification found = verify_report(reported.root);
    for (const Failure& failure : found.failures) {
      BOOST_TEST(false, failure.file << " " << failure.where << ": " << failure.message);
    }
    BOOST_REQUIRE(found.skipped.size() == 1u);
    BOOST_TEST(found.skipped[0].starts_with("report/files.json: another version of the renderer wrote the report"));
  }
}

BOOST_AUTO_TEST_CASE(other_words_of_another_version_leave_a_report_valid) {
  const OlderReport reported;
  // a caption, a column's head, a mark's meaning and a definition, in every format that shows them
  const std::vector<std::pair<std::string, std::string>> changed{
      {"Paper and reproduction", "The paper beside our own figures"},
      {"Accuracies in per cent", "All accuracies as percentages"},
      {"lower is fairer", "the lower the fairer"},
      {"whose prediction is their label", "that are answered by their label"}};
  std::map<std::string, int> found;  // how often
  for (const auto& entry : fs::directory_iterator(reported.root / "report")) {
    if (!entry.is_regular_file()) continue;
    std::string text = read_file(entry.path());
    for (const auto& [from, to] : changed) {
      for (auto at = text.find(from); at != text.npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
        ++found[from];
      }
    }
    write_file(entry.path(), text);
  }
  for (const auto& [from, to] : changed) BOOST_TEST(found[from] > 0, "no page says '" << from << "' any more");
  reported.sign();
  const auto failures = verify_report(reported.root).failures;
  for (const Failure& failure : failures)
    BOOST_TEST(false, failure.file << " " << failure.where << ": " << failure.message);
}

BOOST_AUTO_TEST_CASE(one_changed_digit_in_any_format_of_another_version_is_found) {
  struct Change {
    std::string file, from, to, where;
  };
  for (const Change& change :
       {Change{"report.html", ">65.00<", ">75.00<", "table1, resnet18, accuracy"},
        Change{"report.html", "data-sort=\"0.65\"", "data-sort=\"0.75\"", "table1, resnet18"},
        Change{"report.html", "data-key=\"/metrics/accuracy\"", "data-key=\"/metrics/eodd\"", "resnet18"},
        Change{"report.html", "[61.00, 69.00]", "[61.00, 69.01]", "table1, resnet18, accuracy"},
        Change{"table1.md", "| 65.00 [", "| 65.10 [", "resnet18, accuracy"},
        Change{"table1.tex", "& 65.00 &", "& 56.00 &", "resnet18, accuracy"},
        Change{"table1.tex", "[61.00, 69.00]", "[61.00, 69.90]", "resnet18, accuracy"},
        Change{"report.md", "| 65.00 [", "| 65.10 [", "table1"},
        Change{"report.tex", "& 65.00 &", "& 56.00 &", "table1"},
        Change{"table1.csv", ",0.65,", ",0.75,", "resnet18, accuracy"},
        Change{"table1.json", "\"value\": 0.65", "\"value\": 0.75", "rows[resnet18].cells.accuracy.value"},
        Change{"hashes.json", "\"value\": \"", "\"value\": \"0", "cells.sha256.value"}}) {
    const OlderReport reported;
    reported.replace("report/" + change.file, change.from, change.to);
    BOOST_TEST(named(verify_report(reported.root).failures, "report/" + change.file, ""),
               change.file << ": by its hash");
    reported.sign();
    BOOST_TEST(named(verify_report(reported.root).failures, "report/" + change.file, change.where),
               change.file << ": " << change.from << " -> " << change.to);
  }
}

BOOST_AUTO_TEST_CASE(cells_of_a_page_are_what_a_reader_sees) {
  const auto markdown = markdown_cells(
      "**Table I.** A | in a caption.\n\n| Model | a<br>% | b |\n|:--|--:|--:|\n| **Group** | | |\n"
      "| ResNet\\_18<br>*exact* | 1,169.5 [−0.10, <0.001]<br>*host* | `x-1` &lt;2 \\| 3 |\n");
  BOOST_REQUIRE(markdown.size() == 1u);
  BOOST_REQUIRE(markdown[0].size() == 1u);
  const PageRow& row = markdown[0][0];
  BOOST_TEST(letters_and_digits(row.label) == "ResNet18exact");
  BOOST_REQUIRE(row.cells.size() == 2u);
  BOOST_TEST(numerals(row.cells[0].text) == (std::vector<std::string>{"1169.5", "-0.10", "0.001"}),
             boost::test_tools::per_element());
  BOOST_TEST(letters_and_digits(row.cells[1].text) == "x123");
  const auto latex = latex_cells(
      "\\toprule\nModel & a \\\\\n\\midrule\n\\multicolumn{2}{@{}l}{\\emph{Group}} \\\\\n"
      "ResNet\\_18 (\\emph{exact}) & $-$0.10 \\\\\n\\quad{\\color{gray}95\\,\\% interval} & [1e+20, "
      "$\\mathtt{<}$0.001] "
      "\\\\\n\\bottomrule\n");
  BOOST_REQUIRE(latex.size() == 1u);
  BOOST_REQUIRE(latex[0].size() == 1u);
  BOOST_TEST(numerals(latex[0][0].cells.at(0).text) == (std::vector<std::string>{"-0.10", "1e+20", "0.001"}),
             boost::test_tools::per_element());
  BOOST_TEST(html_cells("<figure class=\"table\" id=\"a\"></figure>", "b").empty());
}

BOOST_AUTO_TEST_CASE(a_number_changed_in_every_format_at_once_is_not_the_records) {
  const OlderReport reported;
  for (const char* file : {"table1.json", "table1.csv"})
    reported.replace(std::string("report/") + file, "0.65", "0.75");
  for (const char* file : {"table1.md", "table1.tex", "report.md", "report.html"}) {
    reported.replace(std::string("report/") + file, "65.00", "75.00");
  }
  reported.replace("report/report.html", "data-sort=\"0.65\"", "data-sort=\"0.75\"");
  reported.sign();
  const auto failures = verify_report(reported.root).failures;
  BOOST_TEST(failures.size() == 1u);
  BOOST_TEST(named(failures, "report/table1.json", "rows[resnet18].cells.accuracy.value"));
}

BOOST_AUTO_TEST_CASE(a_row_or_a_mark_that_the_records_do_not_give_is_found) {
  const OlderReport reported;
  const fs::path file = reported.root / "report/table1.json";
  Json table = read_json(file);
  Json added = table["rows"][0];
  added["key"] = "ours";
  table["rows"].push_back(added);
  table["rows"][0]["cells"]["memory_training_mib"]["mark"] = "emulated";
  write_json(file, table);
  reported.sign();
  const auto failures = verify_report(reported.root).failures;
  BOOST_TEST(named(failures, "report/table1.json", "rows[ours].cells.accuracy"));
  BOOST_TEST(named(failures, "report/table1.json", "rows[resnet18].cells.memory_training_mib.mark"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::reports
