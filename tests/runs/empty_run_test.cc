#include "harness/runs/empty_run.h"

#include <boost/test/unit_test.hpp>

#include "harness/base/files.h"
#include "tests/base/fixture.h"

BOOST_AUTO_TEST_SUITE(empty_run)

BOOST_AUTO_TEST_CASE(what_a_killed_program_had_begun_to_write_leaves_a_folder_empty) {
  const flnas::test::TemporaryFolder folder;
  BOOST_TEST(flnas::is_empty_run(folder / "missing"));
  BOOST_TEST(flnas::is_empty_run(folder.path));
  flnas::write_file(folder / ".lock", "1\n");
  flnas::write_file(folder / ".run.json.4711.tmp", "{");
  BOOST_TEST(flnas::is_empty_run(folder.path));
  flnas::write_file(folder / "notes.txt", "mine");
  BOOST_TEST(!flnas::is_empty_run(folder.path));
}

BOOST_AUTO_TEST_SUITE_END()
