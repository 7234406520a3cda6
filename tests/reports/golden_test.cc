// What reports say, byte for byte: tests/goldens.sh writes it anew; look at the difference before committing it. Of
// each report its text is kept, and that of the tables beside it in one file; the cells of some tables with their
// sources; one table in each form; a figure's script; and the names of all files. Pages, TeX and the other tables'
// forms are made of the same cells by renderers that have tests of their own.
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <map>
#include <set>

#include "harness/base/files.h"
#include "harness/base/json.h"
#include "reports/report.h"
#include "reports/verify/manifest.h"
#include "tests/reports/support.h"
#include "tests/support/paths.h"

namespace flnas::reports {
namespace {

using namespace tests;
namespace fs = std::filesystem;

std::vector<std::string> files_under(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) names.push_back(fs::relative(entry.path(), folder).string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

const std::set<std::string> kKept = {"report.md",
                                     "table1.json",
                                     "claims.json",
                                     "table1_short.csv",
                                     "table1_short.json",
                                     "table1_short.md",
                                     "table1_short.tex",
                                     "figures/accuracy_unfairness.gp",
                                     "search_comparison_searches.json",
                                     "proxies_transformers.json",
                                     "nas_nas.json",
                                     "figures/nas_front_lesions_nas.gp"};
constexpr char kNames[] = "names.txt", kBeside[] = "beside.md";

void compare_with_golden(const fs::path& records, const std::string& name) {
  const fs::path golden = fs::path(flnas::tests::tests_dir()) / "reports" / name;
  const TemporaryFolder folder;
  FakeProcesses gnuplot;
  gnuplot.installed = {"gnuplot"};
  write_report(records, folder.path(), gnuplot);
  BOOST_TEST(read_manifest(folder.path()).renderer == renderer_id());

  std::map<std::string, std::string> found;
  for (const auto& file : files_under(folder.path())) {
    found[kNames] += file + "\n";
    if (kKept.contains(file)) found[file] = read_file(folder.path() / file);
    if (!file.ends_with(".json") || file == kManifest) continue;
    const Json table = read_json(folder.path() / file);
    if (table.value("beside", false)) {
      found[kBeside] += read_file(folder.path() / (table.at("id").get<std::string>() + ".md"));
    }
  }
  if (std::getenv("FLNAS_WRITE_GOLDEN") != nullptr) {
    fs::remove_all(golden);
    for (const auto& [file, text] : found) write_file(golden / file, text);
  }
  for (const auto& [file, text] : found) {
    BOOST_TEST_REQUIRE(fs::exists(golden / file), "no golden file " << file);
    // not BOOST_TEST on the texts: a whole page in the log helps nobody
    BOOST_TEST((text == read_file(golden / file)), file + " differs from its golden file");
  }
  for (const auto& file : files_under(golden)) BOOST_TEST(found.contains(file), file + " is no golden file any more");
}

BOOST_AUTO_TEST_SUITE(golden)

BOOST_AUTO_TEST_CASE(the_report_of_a_fixed_reproduction_is_the_same_to_the_byte) {
  compare_with_golden(fixture(), "golden");
}

BOOST_AUTO_TEST_CASE(the_report_of_fixed_searches_and_measurements_is_the_same_to_the_byte) {
  compare_with_golden(searches_fixture(), "golden_searches");
}

BOOST_AUTO_TEST_CASE(the_same_records_elsewhere_give_the_same_report) {
  const TemporaryFolder folder;
  fs::copy(fixture(), folder.path() / "elsewhere", fs::copy_options::recursive);
  FakeProcesses gnuplot;
  gnuplot.installed = {"gnuplot"};
  write_report(folder.path() / "elsewhere", folder.path() / "one", gnuplot);
  write_report(fixture(), folder.path() / "two", gnuplot);
  BOOST_TEST(files_under(folder.path() / "one") == files_under(folder.path() / "two"),
             boost::test_tools::per_element());
  BOOST_TEST(fs::exists(folder.path() / "one/report.html"));
  for (const auto& name : files_under(folder.path() / "one")) {
    BOOST_TEST((read_file(folder.path() / "one" / name) == read_file(folder.path() / "two" / name)), name);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::reports
