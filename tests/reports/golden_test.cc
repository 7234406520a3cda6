// Whole files, byte for byte. FLNAS_UPDATE_GOLDEN=1 writes them anew: look at the difference before committing it.
#include <boost/test/unit_test.hpp>
#include <cstdlib>

#include "harness/base/files.h"
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

/// The list of files names the renderer's sources, which change more often than what they write.
void forget_renderer(const fs::path& report) {
  Manifest manifest = read_manifest(report);
  BOOST_TEST(manifest.renderer == renderer_id());
  manifest.renderer = "this one";
  write_manifest(report, manifest);
}

void compare_with_golden(const fs::path& records, const std::string& name) {
  const fs::path golden = fs::path(flnas::tests::tests_dir()) / "reports" / name;
  const TemporaryFolder folder;
  FakeProcesses gnuplot;
  gnuplot.installed = {"gnuplot"};
  write_report(records, folder.path(), gnuplot);
  forget_renderer(folder.path());
  if (std::getenv("FLNAS_UPDATE_GOLDEN") != nullptr) {
    fs::remove_all(golden);
    fs::copy(folder.path(), golden, fs::copy_options::recursive);
  }
  BOOST_TEST(files_under(folder.path()) == files_under(golden), boost::test_tools::per_element());
  for (const auto& file : files_under(golden)) {
    // not BOOST_TEST on the texts: a whole page in the log helps nobody
    BOOST_TEST((read_file(folder.path() / file) == read_file(golden / file)), file + " differs from its golden file");
  }
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
  for (const auto& name : files_under(folder.path() / "one")) {
    BOOST_TEST((read_file(folder.path() / "one" / name) == read_file(folder.path() / "two" / name)), name);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::reports
