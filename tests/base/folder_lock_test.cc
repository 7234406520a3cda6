#include "harness/base/folder_lock.h"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <vector>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/inside.h"
#include "harness/base/lock_holder.h"
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

/// A lock's file that was last touched so long ago.
void leave_lock(const std::filesystem::path& folder, const std::string& holder, std::chrono::seconds age) {
  write_file(folder / ".lock", holder);
  std::filesystem::last_write_time(folder / ".lock", std::filesystem::file_time_type::clock::now() - age);
}

BOOST_AUTO_TEST_CASE(a_process_that_was_killed_here_is_replaced_at_once) {
  const test::TemporaryFolder folder;
  const pid_t child = ::fork();
  if (child == 0) {
    const FolderLock lock(folder / "out", "training");
    ::_exit(0);  // as a kill: no destructor runs
  }
  ::waitpid(child, nullptr, 0);
  BOOST_TEST(LockHolder::parse(read_file(folder / "out/.lock")).process == std::to_string(child));
  const FolderLock lock(folder / "out", "training");
  BOOST_TEST(read_file(folder / "out/.lock") == LockHolder::self().text());
}

BOOST_AUTO_TEST_CASE(an_id_that_another_process_has_by_now_holds_nothing) {
  const test::TemporaryFolder folder;
  LockHolder before = LockHolder::self();
  before.start = "1";
  leave_lock(folder / "out", before.text(), std::chrono::seconds(0));
  const FolderLock lock(folder / "out", "training");
  BOOST_TEST(read_file(folder / "out/.lock") == LockHolder::self().text());
}

BOOST_AUTO_TEST_CASE(a_process_of_another_machine_holds_the_folder_until_two_minutes_after_its_last_sign_of_life) {
  const test::TemporaryFolder folder;
  LockHolder other = LockHolder::self();
  other.host = "elsewhere";
  leave_lock(folder / "out", other.text(), std::chrono::seconds(60));
  const std::string text = message_of<Error>([&] { FolderLock(folder / "out", "training"); });
  BOOST_TEST(contains(text, fmt::format("process {} on elsewhere (seen ", ::getpid())), text);
  leave_lock(folder / "out", other.text(), std::chrono::seconds(150));
  const FolderLock lock(folder / "out", "training");
  BOOST_TEST(read_file(folder / "out/.lock") == LockHolder::self().text());
}

BOOST_AUTO_TEST_CASE(files_of_earlier_versions_and_blank_ones_go_by_their_age) {
  const test::TemporaryFolder folder;
  for (const char* content : {"4711", ""}) {
    leave_lock(folder / "out", content, std::chrono::seconds(0));
    BOOST_CHECK_THROW(FolderLock(folder / "out", "training"), Error);
    leave_lock(folder / "out", content, std::chrono::seconds(150));
    const FolderLock lock(folder / "out", "training");
    BOOST_TEST(read_file(folder / "out/.lock") == LockHolder::self().text());
  }
}

/// Ten seconds at most.
void wait_for_close(int fd) {
  pollfd gate{fd, POLLIN, 0};
  ::poll(&gate, 1, 10'000);
}

BOOST_AUTO_TEST_CASE(of_eight_processes_that_race_for_a_dead_ones_folder_one_gets_it) {
  const test::TemporaryFolder folder;
  for (int round = 0; round < 20; ++round) {
    LockHolder dead = LockHolder::self();
    dead.start = "1";
    leave_lock(folder / "out", dead.text(), std::chrono::seconds(0));
    std::vector<pid_t> racers;
    int start[2], end[2];  // each is opened to all racers when this process closes it
    BOOST_TEST_REQUIRE(::pipe(start) == 0);
    BOOST_TEST_REQUIRE(::pipe(end) == 0);
    for (int i = 0; i < 8; ++i) {
      const pid_t child = ::fork();
      if (child == 0) {
        ::close(start[1]);
        ::close(end[1]);
        wait_for_close(start[0]);
        try {
          const FolderLock lock(folder / "out", "training");
          wait_for_close(end[0]);
          ::_exit(7);
        } catch (const Error&) {
          ::_exit(0);
        }
      }
      racers.push_back(child);
    }
    ::close(start[1]);
    int winners = 0;
    for (std::size_t ended = 0; ended < racers.size(); ++ended) {
      if (ended + 1 == racers.size()) ::close(end[1]);  // all have tried
      int status = 0;
      ::waitpid(-1, &status, 0);
      winners += WIFEXITED(status) && WEXITSTATUS(status) == 7 ? 1 : 0;
    }
    ::close(start[0]);
    ::close(end[0]);
    BOOST_TEST(winners == 1, "round " << round);
    std::size_t files = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder / "out")) ++files;
    BOOST_TEST(files == 1u);
    std::filesystem::remove_all(folder / "out");
  }
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
