// Records under reports/results can be repeated elsewhere: none names a folder of the machine that made it.
#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "harness/base/files.h"
#include "harness/base/text.h"
#include "tests/support/paths.h"

namespace fs = std::filesystem;

BOOST_AUTO_TEST_CASE(published_records_have_commands_of_relative_paths) {
  const fs::path results = fs::path(flnas::tests::tests_dir()) / "../reports/results";
  int commands = 0;
  for (const auto& entry : fs::recursive_directory_iterator(results)) {
    if (entry.path().extension() != ".json" || entry.path().string().find("/report/") != std::string::npos) continue;
    for (const std::string& line : flnas::split(flnas::read_file(entry.path()), '\n')) {
      if (line.find("\"command\": ") == std::string::npos) continue;
      ++commands;
      const bool absolute = line.find(" /") != std::string::npos || line.find("'/") != std::string::npos;
      BOOST_TEST(!absolute, entry.path() << " names an absolute path; make it again with relative ones: " << line);
    }
  }
  BOOST_TEST(commands > 100);
}
