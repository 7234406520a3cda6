#include "harness/base/folder_lock.h"

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/inside.h"
#include "tests/base/fixture.h"

namespace flnas {
namespace {

using test::contains;
using test::message_of;

BOOST_AUTO_TEST_SUITE(folder_lock)

BOOST_AUTO_TEST_CASE(a_folder_has_one_writer_and_the_second_hears_who_it_is) {
  const test::TemporaryFolder folder;
  const auto out = folder / "out";
  {
    const FolderLock first(out, "searching");
    const std::string text = message_of<Error>([&] { FolderLock(out, "searching"); });
    BOOST_TEST(contains(text, fmt::format("process {} is searching there", ::getpid())));
    BOOST_TEST(contains(text, "another --out"));
  }
  const FolderLock next(out, "searching");
}

BOOST_AUTO_TEST_CASE(its_file_goes_with_it_and_a_folder_in_which_nothing_was_done) {
  const test::TemporaryFolder folder;
  { const FolderLock lock(folder / "empty/out", "training"); }
  BOOST_TEST(!std::filesystem::exists(folder / "empty/out"));
  {
    const FolderLock lock(folder / "full", "training");
    write_file(folder / "full/run.json", "{}");
  }
  BOOST_TEST(std::filesystem::exists(folder / "full/run.json"));
  BOOST_TEST(!std::filesystem::exists(folder / "full/.lock"));
  std::filesystem::create_directory(folder / "mine");
  { const FolderLock lock(folder / "mine", "training"); }
  BOOST_TEST(std::filesystem::exists(folder / "mine"), "an empty folder of the user's stays");
}

BOOST_AUTO_TEST_CASE(what_a_killed_process_left_is_used_again) {
  const test::TemporaryFolder folder;
  write_file(folder / "out/.lock", "4711");
  const FolderLock lock(folder / "out", "training");
  BOOST_TEST(read_file(folder / "out/.lock") == std::to_string(::getpid()));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(inside)

BOOST_AUTO_TEST_CASE(names_that_lead_out_of_a_folder_are_known) {
  for (const char* name : {"run.json", "runs/a", "./a", "a..b", "..a", "a/..b/c"}) {
    BOOST_TEST_CONTEXT(name) { BOOST_TEST(is_inside(name)); }
  }
  for (const char* name : {"", "..", "../ref", "runs/../../ref", "runs/..", "/etc/shadow", "//a"}) {
    BOOST_TEST_CONTEXT(name) { BOOST_TEST(!is_inside(name)); }
  }
  BOOST_TEST(!is_inside(std::string("a\0b", 3)));
  BOOST_TEST(is_file_name("d001"));
  for (const char* name : {"", ".", "..", "a/b", "/a"}) {
    BOOST_TEST_CONTEXT(name) { BOOST_TEST(!is_file_name(name)); }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas
