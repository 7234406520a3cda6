#include "harness/base/files.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <csignal>
#include <stdexcept>

#include "harness/base/error.h"
#include "harness/base/one_line.h"
#include "tests/base/fixture.h"

namespace flnas {
namespace {

namespace fs = std::filesystem;
using test::contains;
using test::message_of;
using test::TemporaryFolder;

/// Runs `body` in a child process and returns its exit code: limits and users can be changed there.
template <class Body>
int in_child(Body&& body) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(body());
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

/// Files may not grow beyond this many bytes: what a full disk looks like to a writer.
void limit_file_size(rlim_t bytes) {
  std::signal(SIGXFSZ, SIG_IGN);
  const rlimit limit{bytes, bytes};
  ::setrlimit(RLIMIT_FSIZE, &limit);
}

BOOST_AUTO_TEST_SUITE(files)

BOOST_AUTO_TEST_CASE(a_file_is_written_with_its_folders_and_read_back) {
  const TemporaryFolder folder;
  const std::string content("a\0b\n", 4);
  write_file(folder / "x/y/z.bin", content);
  BOOST_TEST(read_file(folder / "x/y/z.bin") == content);
  BOOST_TEST(std::distance(fs::directory_iterator(folder / "x/y"), fs::directory_iterator()) == 1);
}

BOOST_AUTO_TEST_CASE(a_full_disk_keeps_the_old_content_and_leaves_no_temporary_file) {
  const TemporaryFolder folder;
  write_file(folder / "a.txt", "old");
  const int code = in_child([&] {
    limit_file_size(4096);
    try {
      write_file(folder / "a.txt", std::string(100000, 'n'));
    } catch (const IoError& error) {
      return contains(error.what(), "a.txt") ? 7 : 8;
    }
    return 9;
  });
  BOOST_TEST(code == 7);
  BOOST_TEST(read_file(folder / "a.txt") == "old");
  BOOST_TEST(folder.entries() == 1u);
}

BOOST_AUTO_TEST_CASE(a_full_device_is_an_io_error_with_a_fix) {
  const auto message = message_of<IoError>([] { append_line("/dev/full", "x"); });
  BOOST_TEST(contains(message, "/dev/full: cannot write"));
  BOOST_TEST(contains(message, "free some space"));
}

BOOST_AUTO_TEST_CASE(a_writer_that_throws_leaves_nothing_behind) {
  const TemporaryFolder folder;
  BOOST_CHECK_THROW(write_file(folder / "a.txt",
                               [](const fs::path& temporary) {
                                 write_file(temporary, "half");
                                 throw IoError("no more");
                               }),
                    IoError);
  BOOST_TEST(folder.entries() == 0u);
}

BOOST_AUTO_TEST_CASE(a_read_only_folder_is_an_io_error_with_a_fix) {
  const TemporaryFolder folder;
  const int code = in_child([&] {
    fs::permissions(folder.path,
                    fs::perms::owner_read | fs::perms::owner_exec | fs::perms::others_read | fs::perms::others_exec);
    if (::geteuid() == 0 && ::seteuid(65534) != 0) return 5;  // root may write everywhere
    try {
      write_file(folder / "a.txt", "x");
    } catch (const IoError& error) {
      return contains(error.what(), "may write to") ? 7 : 8;
    }
    return 9;
  });
  BOOST_TEST(code == 7);
}

BOOST_AUTO_TEST_CASE(a_device_or_a_pipe_is_written_to_and_stays_what_it_is) {
  const TemporaryFolder folder;
  write_file("/dev/null", "x");
  BOOST_TEST(fs::is_character_file("/dev/null"));
  BOOST_TEST(contains(message_of<IoError>([] { write_file("/dev/full", "x"); }), "free some space"));
  BOOST_TEST(contains(message_of<IoError>([] { write_stream("/dev/full", [](std::ostream& out) { out << "x"; }); }),
                      "/dev/full: cannot write"));
  BOOST_TEST(fs::is_character_file("/dev/full"));
  BOOST_TEST_REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
  const int reader = ::open((folder / "pipe").c_str(), O_RDONLY | O_NONBLOCK);
  write_file(folder / "pipe", "through");
  char got[16] = {};
  BOOST_TEST(::read(reader, got, sizeof(got)) == 7);
  BOOST_TEST(got == std::string("through"));
  ::close(reader);
  BOOST_TEST(fs::is_fifo(folder / "pipe"));
  BOOST_TEST(folder.entries() == 1u);
}

BOOST_AUTO_TEST_CASE(a_stream_that_outgrows_the_disk_never_tells_its_writer) {
  const TemporaryFolder folder;
  const int code = in_child([&] {
    limit_file_size(100);
    try {
      write_stream(folder / "a.bin", [](std::ostream& out) {
        for (int i = 0; i < 100; ++i) out << std::string(50, 'x') << 'y';
        if (!out.good() || out.tellp() != 5100) ::_exit(6);
      });
    } catch (const IoError&) {
      return fs::is_empty(folder.path) ? 7 : 8;
    }
    return 9;
  });
  BOOST_TEST(code == 7);
}

BOOST_AUTO_TEST_CASE(what_killed_processes_left_is_swept_at_the_next_start) {
  const TemporaryFolder folder;
  for (const char* name : {".checkpoint.pt.1.tmp", ".history.jsonl.2.tmp", "mine.tmp"}) write_file(folder / name, "x");
  const auto hours_ago = fs::file_time_type::clock::now() - std::chrono::hours(2);
  fs::last_write_time(folder / ".checkpoint.pt.1.tmp", hours_ago);
  fs::last_write_time(folder / "mine.tmp", hours_ago);
  const int code = in_child([&] {  // another process; this one has looked already
    write_file(folder / "new/../a.txt", "x");
    return 7;
  });
  BOOST_TEST(code == 7);
  BOOST_TEST(!fs::exists(folder / ".checkpoint.pt.1.tmp"));
  BOOST_TEST(fs::exists(folder / ".history.jsonl.2.tmp"));  // may be somebody's
  BOOST_TEST(fs::exists(folder / "mine.tmp"));
}

BOOST_AUTO_TEST_CASE(appended_lines_follow_each_other) {
  const TemporaryFolder folder;
  append_line(folder / "new/h.jsonl", "1");
  append_line(folder / "new/h.jsonl", "2");
  BOOST_TEST(read_file(folder / "new/h.jsonl") == "1\n2\n");
}

BOOST_AUTO_TEST_CASE(a_torn_last_line_is_cut_off_before_the_next) {
  const TemporaryFolder folder;
  write_file(folder / "h.jsonl", "1\n{\"half");
  append_line(folder / "h.jsonl", "2");
  BOOST_TEST(read_file(folder / "h.jsonl") == "1\n2\n");
  write_file(folder / "only.jsonl", "{\"half");
  append_line(folder / "only.jsonl", "1");
  BOOST_TEST(read_file(folder / "only.jsonl") == "1\n");
}

BOOST_AUTO_TEST_CASE(an_append_that_does_not_fit_can_be_repaired_by_the_next) {
  const TemporaryFolder folder;
  append_line(folder / "h.jsonl", "1");
  const int code = in_child([&] {
    limit_file_size(100);
    try {
      append_line(folder / "h.jsonl", std::string(200, 'x'));
    } catch (const IoError&) {
      return 7;
    }
    return 9;
  });
  BOOST_TEST(code == 7);
  append_line(folder / "h.jsonl", "2");
  BOOST_TEST(read_file(folder / "h.jsonl") == "1\n2\n");
}

BOOST_AUTO_TEST_CASE(a_finished_file_or_folder_takes_the_place_of_what_was_there) {
  const TemporaryFolder folder;
  write_file(folder / "new", "2");
  write_file(folder / "old", "1");
  move_into_place(folder / "new", folder / "old");
  BOOST_TEST(read_file(folder / "old") == "2");
  BOOST_TEST(!fs::exists(folder / "new"));
  write_file(folder / "made/a", "x");
  move_into_place(folder / "made", folder / "whole");
  BOOST_TEST(read_file(folder / "whole/a") == "x");
  const auto message = message_of<IoError>([&] { move_into_place(folder / "absent", folder / "whole/b"); });
  BOOST_TEST(contains(message, "whole/b: cannot write (No such file or directory)"), message);
}

BOOST_AUTO_TEST_CASE(what_is_removed_is_gone_with_what_is_in_it_and_may_have_been_gone_before) {
  const TemporaryFolder folder;
  write_file(folder / "a/b/c", "x");
  remove_path(folder / "a");
  BOOST_TEST(!fs::exists(folder / "a"));
  remove_path(folder / "a");
  const auto message = message_of<IoError>([] { remove_path("/proc/self/status"); });
  BOOST_TEST(contains(message, "/proc/self/status: cannot remove ("), message);
}

BOOST_AUTO_TEST_CASE(what_went_wrong_is_told_in_one_line) {
  BOOST_TEST(one_line(std::runtime_error("no kernel\nException raised from conv")) == "no kernel");
  try {
    fs::rename("/absent/a", "/absent/b");
  } catch (const std::exception& error) {
    BOOST_TEST(one_line(error) ==
               "/absent/a: cannot rename (No such file or directory); check the path, its permissions and the disk");
  }
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_is_an_io_error) {
  const TemporaryFolder folder;
  BOOST_TEST(contains(message_of<IoError>([&] { read_file(folder / "absent"); }), "absent: cannot read"));
  BOOST_CHECK_THROW(read_file(folder.path), IoError);
  write_file(folder / "a", "x");
  BOOST_CHECK_THROW(create_folder(folder / "a"), IoError);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas
