// Remote runs against a real ssh server on this machine; without openssh-server they are skipped.
#include <boost/test/unit_test.hpp>
#include <thread>

#include "harness/base/files.h"
#include "harness/remote/remote.h"
#include "harness/remote/ssh.h"
#include "tests/remote/sshd.h"

namespace flnas {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

struct Fixture {
  test::Sshd server;
  RemoteRun run;

  /// The program of these tests: it notes each start in its home, and does what the test says.
  Fixture() { use("cat model.json >latency.json"); }
  void use(const std::string& script) {
    write_file(server.path("program"), "#!/bin/sh\necho started >>~/starts\necho $$ >~/pid\n" + script + "\n");
    fs::permissions(server.path("program"), fs::perms::owner_all);
    write_file(server.path("model.json"), "{}\n");
    run = {.host = "board",
           .ssh_config = server.path("config"),
           .program = server.path("program"),
           .files = {server.path("model.json")},
           .arguments = {},
           .results = {server.path("out/latency.json")}};
  }
  int go() { return run_remotely(run, system_processes()); }
  std::string starts() const { return read_file(server.home() / "starts"); }
  /// A process that has ended but that nobody waits for has no folder.
  bool program_runs() const {
    std::string pid = read_file(server.home() / "pid");
    pid.pop_back();
    std::error_code ended;
    return !fs::read_symlink("/proc/" + pid + "/cwd", ended).empty();
  }
  /// Waits until the program has started, and a little longer.
  void wait_for_start() const {
    for (int i = 0; i < 200 && !fs::exists(server.home() / "pid"); ++i) std::this_thread::sleep_for(milliseconds(50));
    std::this_thread::sleep_for(milliseconds(200));
  }
};

BOOST_AUTO_TEST_SUITE(sshd, *boost::unit_test::precondition(test::sshd_is_there))

BOOST_FIXTURE_TEST_CASE(a_bundle_runs_there_its_results_come_back_and_arguments_arrive_as_they_are, Fixture) {
  use("{ cat model.json; printf '%s|' \"$@\"; } >latency.json; exit 1");
  run.arguments = {"a b", "$HOME", "it's", "--benchmark_filter=^(x)/.*$", ""};
  BOOST_TEST(go() == 1);
  BOOST_TEST(read_file(run.results[0]) == "{}\na b|$HOME|it's|--benchmark_filter=^(x)/.*$||");
  BOOST_TEST(server.nothing_is_left());
}

BOOST_FIXTURE_TEST_CASE(a_port_in_the_host_goes_before_the_configuration_s, Fixture) {
  use("echo done >latency.json");
  run.ssh_config = server.write_client("other", "known", "user", 1);
  BOOST_CHECK_THROW(go(), ConnectionError);
  run.host = fmt::format("ssh://board:{}", server.port());
  BOOST_TEST(go() == 0);
  BOOST_TEST(read_file(run.results[0]) == "done\n");
  BOOST_TEST(server.nothing_is_left());
}

BOOST_FIXTURE_TEST_CASE(an_unknown_host_key_is_refused, Fixture) {
  write_file(server.path("empty"), "");
  run.ssh_config = server.write_client("other", "empty", "user");
  BOOST_CHECK_EXCEPTION(go(), ConnectionError, [](const Error& error) {
    return std::string(error.what()).find("host key is not known") != std::string::npos;
  });
  BOOST_TEST(read_file(server.path("empty")) == "");
}

BOOST_FIXTURE_TEST_CASE(a_key_that_is_not_accepted_is_told, Fixture) {
  run.ssh_config = server.write_client("other", "known", "stranger");
  BOOST_CHECK_EXCEPTION(go(), ConnectionError, [](const Error& error) {
    return std::string(error.what()).find("accepts none of your keys") != std::string::npos;
  });
}

BOOST_FIXTURE_TEST_CASE(a_lost_connection_is_told_and_the_same_run_fetches_what_went_on, Fixture) {
  use("sleep 2; echo done >latency.json");
  std::thread network([&] {
    wait_for_start();
    server.drop_connections();
  });
  BOOST_CHECK_THROW(go(), ConnectionError);
  network.join();
  BOOST_TEST(program_runs());
  BOOST_TEST(go() == 0);
  BOOST_TEST(read_file(run.results[0]) == "done\n");
  BOOST_TEST(starts() == "started\n");
  BOOST_TEST(server.nothing_is_left());
}

BOOST_FIXTURE_TEST_CASE(what_finished_without_a_connection_is_fetched_and_not_run_again, Fixture) {
  use("sleep 1; echo done >latency.json");
  std::thread network([&] {
    wait_for_start();
    server.drop_connections();
  });
  BOOST_CHECK_THROW(go(), ConnectionError);
  network.join();
  while (program_runs()) std::this_thread::sleep_for(milliseconds(50));
  std::this_thread::sleep_for(milliseconds(200));
  BOOST_TEST(go() == 0);
  BOOST_TEST(starts() == "started\n");
  BOOST_TEST(read_file(run.results[0]) == "done\n");
}

BOOST_FIXTURE_TEST_CASE(after_control_c_the_program_has_ended_and_nothing_is_left, Fixture) {
  use("sleep 60");
  std::thread user([&] {
    wait_for_start();
    ::kill(::getpid(), SIGINT);
  });
  BOOST_CHECK_THROW(go(), InterruptedError);
  user.join();
  BOOST_TEST(!program_runs());
  BOOST_TEST(server.nothing_is_left());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas
