#include "harness/base/child_process.h"

#include <signal.h>

#include <boost/test/unit_test.hpp>
#include <cerrno>
#include <chrono>

#include "harness/base/error.h"

using namespace flnas;
using namespace std::chrono_literals;
using Status = ChildProcess::Status;

namespace {

ChildProcess shell(const char* script) { return ChildProcess({"sh", "-c", script}); }

bool is_there(pid_t process) { return ::kill(process, 0) == 0 || errno != ESRCH; }

constexpr auto kLong = 30s;

}  // namespace

BOOST_AUTO_TEST_SUITE(child_process)

BOOST_AUTO_TEST_CASE(every_line_that_is_asked_gets_the_next_line_that_comes) {
  ChildProcess child = shell("echo ready; while read -r line; do echo \"<$line>\"; done");
  BOOST_TEST(child.read_line(kLong).line == "ready");
  BOOST_TEST(child.ask("one", kLong).line == "<one>");
  const std::string large(1'000'000, 'x');
  BOOST_TEST((child.ask(large, kLong).line == "<" + large + ">"));
}

BOOST_AUTO_TEST_CASE(a_line_comes_whole_though_it_was_written_in_pieces) {
  ChildProcess child = shell("printf one; echo two; printf three");
  BOOST_TEST(child.read_line(kLong).line == "onetwo");
  BOOST_TEST((child.read_line(kLong).status == Status::kEnded));
}

BOOST_AUTO_TEST_CASE(an_end_is_told_with_its_reason) {
  ChildProcess child = shell("read -r line; echo first >&2; echo 'out of memory' >&2; echo >&2; exit 3");
  BOOST_TEST((child.ask("question", kLong).status == Status::kEnded));
  BOOST_TEST(child.how_it_ended() == "exit code 3");
  BOOST_TEST(child.last_error() == "out of memory");
  ChildProcess killed = shell("read -r line; kill -9 $$");
  BOOST_TEST((killed.ask("question", kLong).status == Status::kEnded));
  BOOST_TEST(killed.how_it_ended() == "signal 9 (Killed)");
  BOOST_TEST(killed.last_error() == "");
}

BOOST_AUTO_TEST_CASE(to_ask_one_that_is_gone_ends_nothing_but_the_question) {
  ChildProcess child = shell("exit 0");
  BOOST_TEST((child.read_line(kLong).status == Status::kEnded));
  BOOST_TEST((child.ask(std::string(100'000, 'x'), kLong).status == Status::kEnded));
  BOOST_TEST(child.how_it_ended() == "exit code 0");
}

BOOST_AUTO_TEST_CASE(one_that_takes_too_long_is_told) {
  ChildProcess child = shell("while read -r line; do :; done");
  BOOST_TEST((child.ask("question", 50ms).status == Status::kLimit));
}

BOOST_AUTO_TEST_CASE(nothing_is_left_of_it) {
  pid_t polite = 0, deaf = 0;
  {
    ChildProcess child = shell("while read -r line; do :; done");
    polite = child.id();
    BOOST_TEST(is_there(polite));
  }
  BOOST_TEST(!is_there(polite));
  {
    ChildProcess child({"sleep", "600"});
    deaf = child.id();
    BOOST_TEST(is_there(deaf));
  }
  BOOST_TEST(!is_there(deaf));
}

BOOST_AUTO_TEST_CASE(a_program_that_is_not_there_is_an_error) {
  BOOST_CHECK_THROW(ChildProcess({"/nowhere/program"}), IoError);
}

BOOST_AUTO_TEST_SUITE_END()
