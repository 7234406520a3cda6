#include "harness/remote/remote.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <signal.h>

#include <boost/test/unit_test.hpp>
#include <deque>
#include <fstream>

#include "harness/base/files.h"
#include "harness/base/hash.h"
#include "harness/remote/ssh.h"
#include "tests/base/fixture.h"

namespace flnas {
namespace {

namespace fs = std::filesystem;

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// ssh and scp that answer what the test says, in that order; then they succeed and say nothing.
class FakeSsh : public Processes {
 public:
  struct Answer {
    int exit_code = 0;
    std::string output, errors;
    std::function<void(const std::vector<std::string>&)> then = nullptr;
  };
  std::deque<Answer> answers;
  std::vector<std::vector<std::string>> commands;
  std::vector<std::string> scripts;
  bool installed = true;

  bool has(std::string_view) const override { return installed; }
  ProcessResult run(const std::vector<std::string>&, const fs::path&, std::string_view, std::chrono::seconds) override {
    throw std::logic_error("every command can be interrupted");
  }
  ProcessResult run_watched(const std::vector<std::string>& command, const fs::path&, std::string_view input,
                            std::chrono::seconds, const ProcessWatch& watch) override {
    commands.push_back(command);
    scripts.emplace_back(input);
    Answer answer;
    if (!answers.empty()) answer = answers.front(), answers.pop_front();
    if (answer.then) answer.then(command);
    if (watch.stop && watch.stop()) return {130, ""};
    watch.output(answer.output);
    return {answer.exit_code, answer.errors};
  }

  bool has_removed() const { return contains(scripts.back(), "rm -rf"); }
  bool has_copied_there() const {
    return std::any_of(commands.begin(), commands.end(), [](const auto& command) {
      return command.front() == "scp" && command.back().rfind("pi@board:", 0) == 0;
    });
  }
};

constexpr const char* kBoard = "flnas machine aarch64\nflnas bits 64\nflnas installed /usr/bin/flnas-bench\n";

struct Fixture {
  test::TemporaryFolder folder;
  FakeSsh ssh;
  RemoteRun run;

  Fixture() {
    write_file(folder.path / "model.pt", "weights");
    run.host = "pi@board";
    run.files = {folder.path / "model.pt"};
    run.arguments = {"--models", "model.pt"};
    run.results = {folder.path / "out/latency.json"};
  }
  std::string state(const std::string& more = "") const { return kBoard + more; }
  /// What a look tells about files that are there.
  static std::string there(const std::string& name, const std::string& content) {
    return fmt::format("flnas file {}  {}\n", sha256(content), name);
  }
  /// A look, the copy, a program that ends with that code, and a look after it.
  void until_ended(int code, const std::string& errors, const std::string& files = "") {
    ssh.answers = {{0, state()}, {0, ""}, {0, "", errors}, {0, state(fmt::format("{}flnas code {}\n", files, code))}};
  }
  std::string error() {
    try {
      run_remotely(run, ssh);
    } catch (const RemoteError& failed) {
      return failed.what();
    }
    return {};
  }
  /// A program with the head of an ELF file for that machine.
  void give_program(int machine) {
    std::string head(20, '\0');
    head.replace(0, 4,
                 "\x7f"
                 "ELF");
    head[18] = static_cast<char>(machine);
    write_file(folder.path / "flnas-bench", head);
    run.program = folder.path / "flnas-bench";
  }
};

BOOST_FIXTURE_TEST_SUITE(remote, Fixture)

BOOST_AUTO_TEST_CASE(results_are_fetched_and_all_is_removed_there) {
  until_ended(0, "", there("latency.json", "{}"));
  ssh.answers.push_back({0, "", "", [](const auto& command) { write_file(command.back(), "{}"); }});
  BOOST_TEST(run_remotely(run, ssh) == 0);
  BOOST_TEST(read_file(run.results[0]) == "{}");
  BOOST_TEST(ssh.has_copied_there());
  BOOST_TEST(ssh.has_removed());
  BOOST_TEST(ssh.commands.size() == 6);
}

BOOST_AUTO_TEST_CASE(no_password_is_asked_for_and_no_host_key_check_is_disabled) {
  run.ssh_config = folder.path / "config";
  write_file(run.ssh_config, "");
  until_ended(1, "");
  run_remotely(run, ssh);
  BOOST_TEST_REQUIRE(ssh.commands.size() > 2u);
  for (const auto& command : ssh.commands) {
    const std::string words = fmt::format("{}", fmt::join(command, " "));
    BOOST_TEST(contains(words, "BatchMode=yes"));
    BOOST_TEST(contains(words, "ConnectTimeout="));
    BOOST_TEST(contains(words, "ServerAliveInterval="));
    BOOST_TEST(contains(words, "-F " + run.ssh_config.string()));
    BOOST_TEST(!contains(words, "StrictHostKeyChecking"));
    BOOST_TEST(!contains(words, "KnownHosts"));
  }
}

BOOST_AUTO_TEST_CASE(each_way_that_ssh_fails_says_what_to_do) {
  const std::vector<std::pair<std::string, std::string>> failures = {
      {"ssh: Could not resolve hostname board: Name or service not known", "its name is not known"},
      {"ssh: connect to host board port 22: Connection refused", "no ssh server answers"},
      {"ssh: connect to host board port 22: Connection timed out", "does not answer"},
      {"ssh: connect to host board port 22: No route to host", "does not answer"},
      {"No ED25519 host key is known for board and you have requested strict checking.\nHost key verification failed.",
       "host key is not known"},
      {"@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\nHost key verification failed.", "is another than"},
      {"pi@board: Permission denied (publickey,password).", "ssh-copy-id"},
      {"Timeout, server board not responding.", "connection was lost"},
      {"", "connection was lost"},
  };
  for (const auto& [text, meaning] : failures) {
    ssh = {};
    ssh.answers = {{255, "", text + "\r\n"}};
    BOOST_CHECK_THROW(run_remotely(run, ssh), ConnectionError);
    BOOST_TEST(ssh.commands.size() == 1);
    ssh.answers = {{255, "", text + "\r\n"}};
    const std::string told = error();
    BOOST_TEST(contains(told, "pi@board: "), told);
    BOOST_TEST(contains(told, meaning), told);
    BOOST_TEST(!contains(told, "\n"), told);
  }
}

BOOST_AUTO_TEST_CASE(a_connection_lost_while_it_measures_leaves_all_there_for_the_next_time) {
  ssh.answers = {{0, state()}, {0, ""}, {255, "", "Connection to board closed by remote host."}};
  BOOST_CHECK_THROW(run_remotely(run, ssh), ConnectionError);
  BOOST_TEST(!ssh.has_removed());
}

BOOST_AUTO_TEST_CASE(files_that_are_there_are_not_copied_again) {
  ssh.answers = {{0, state(there("model.pt", "weights"))}, {0, ""}, {0, state("flnas code 1\n")}};
  BOOST_TEST(run_remotely(run, ssh) == 1);
  BOOST_TEST(!ssh.has_copied_there());
}

BOOST_AUTO_TEST_CASE(a_file_that_arrived_in_part_is_copied_again) {
  ssh.answers = {{0, state(there("model.pt", "weig"))}};
  error();
  BOOST_TEST(ssh.has_copied_there());
}

BOOST_AUTO_TEST_CASE(another_model_is_another_folder_and_the_same_run_the_same) {
  const auto folder_there = [&] {
    ssh = {};
    error();
    return ssh.commands.front().back();
  };
  const std::string first = folder_there();
  BOOST_TEST(folder_there() == first);
  write_file(folder.path / "model.pt", "other weights");
  const std::string second = folder_there();
  BOOST_TEST(second != first);
  run.arguments.emplace_back("--batch=1");
  BOOST_TEST(folder_there() != second);
}

BOOST_AUTO_TEST_CASE(a_full_disk_there_is_told_and_the_rest_removed) {
  ssh.answers = {{0, state()}, {1, "", "scp: write remote \"model.pt\": No space left on device"}};
  BOOST_TEST(contains(error(), "No space left"));
  BOOST_TEST(ssh.has_removed());
}

BOOST_AUTO_TEST_CASE(a_board_without_libtorch_is_told_to_install_the_package) {
  until_ended(127,
              "flnas-bench: error while loading shared libraries: libtorch_cpu.so.1.13: cannot open shared object\n");
  const std::string told = error();
  BOOST_TEST(contains(told, "libtorch_cpu.so.1.13"), told);
  BOOST_TEST(contains(told, "apt install"), told);
  BOOST_TEST(ssh.has_removed());
}

BOOST_AUTO_TEST_CASE(an_older_system_is_told_apart) {
  until_ended(1, "./flnas-bench: /lib/libc.so.6: version `GLIBC_2.36' not found (required by ./flnas-bench)\n");
  BOOST_TEST(contains(error(), "version `GLIBC_2.36' not found"));
}

BOOST_AUTO_TEST_CASE(a_board_without_flnas_is_told_to_install_it) {
  ssh.answers = {{0, "flnas machine aarch64\nflnas bits 64\nflnas installed \n"}};
  BOOST_TEST(contains(error(), "not installed there; run `make pi4`"));
  BOOST_TEST(ssh.has_removed());
}

BOOST_AUTO_TEST_CASE(a_program_for_another_processor_is_not_copied) {
  give_program(62);
  ssh.answers = {{0, state()}};
  BOOST_TEST(contains(error(), "is for x86_64"));
  BOOST_TEST(!ssh.has_copied_there());
  give_program(183);
  ssh = {};
  ssh.answers = {{0, "flnas machine aarch64\nflnas bits 32\n"}};
  BOOST_TEST(contains(error(), "64-bit system"));
}

BOOST_AUTO_TEST_CASE(a_program_killed_there_is_told) {
  until_ended(137, "");
  BOOST_TEST(contains(error(), "signal 9 (out of memory?)"));
  ssh = {};
  ssh.answers = {{0, state()}, {0, ""}, {0, ""}, {0, state()}};
  BOOST_TEST(contains(error(), "before it had finished"));
  BOOST_TEST(ssh.has_removed());
}

BOOST_AUTO_TEST_CASE(a_program_that_fails_by_itself_has_said_why) {
  until_ended(2, "error: unknown model\n");
  BOOST_TEST(run_remotely(run, ssh) == 2);
  BOOST_TEST(!fs::exists(run.results[0]));
  BOOST_TEST(ssh.has_removed());
}

BOOST_AUTO_TEST_CASE(a_result_that_is_missing_or_damaged_is_an_error) {
  until_ended(0, "");
  BOOST_TEST(contains(error(), "did not write latency.json"));
  BOOST_TEST(ssh.has_removed());
  ssh = {};
  until_ended(0, "", there("latency.json", "{}"));
  ssh.answers.push_back({0, "", "", [](const auto& command) { write_file(command.back(), "{"); }});
  BOOST_TEST(contains(error(), "arrived damaged"));
  BOOST_TEST(!fs::exists(run.results[0]));
  BOOST_TEST(!ssh.has_removed());
}

BOOST_AUTO_TEST_CASE(an_interrupted_run_is_ended_there_and_removed) {
  ssh.answers = {{0, state()}, {0, ""}, {0, "", "", [](const auto&) { ::raise(SIGINT); }}};
  BOOST_CHECK_THROW(run_remotely(run, ssh), InterruptedError);
  BOOST_TEST(ssh.has_removed());
}

BOOST_AUTO_TEST_CASE(what_cannot_be_a_host_never_reaches_ssh) {
  for (const char* host : {"", "-oProxyCommand=reboot", "pi@", "@board", "pi board", "pi@board\n"}) {
    run.host = host;
    BOOST_CHECK_THROW(run_remotely(run, ssh), ConfigError);
  }
  BOOST_TEST(ssh.commands.empty());
}

BOOST_AUTO_TEST_CASE(a_host_may_be_written_as_ssh_does_with_its_port) {
  const auto reads = [](const char* host, const std::string& target, std::optional<int> port) {
    const SshDestination found = ssh_destination(host);
    BOOST_TEST(found.target == target, host << " gives " << found.target);
    BOOST_TEST((found.port == port), host << " gives " << found.port.value_or(0));
  };
  reads("pi@board", "pi@board", {});
  reads("board", "board", {});
  reads("pi@fe80::1", "pi@fe80::1", {});
  reads("ssh://pi@board:2222", "pi@board", 2222);
  reads("ssh://board:1", "board", 1);
  reads("ssh://pi@board", "pi@board", {});
  reads("ssh://pi@board:65535/", "pi@board", 65535);
  reads("ssh://pi@[fe80::1]:2222", "pi@fe80::1", 2222);
  reads("ssh://[fe80::1]", "fe80::1", {});
  reads("ssh://first.last@corp@board:22", "first.last@corp@board", 22);
}

BOOST_AUTO_TEST_CASE(a_port_that_is_none_is_named_with_the_host) {
  const auto refused = [](const char* host, const char* part) {
    const std::string told = test::message_of<ConfigError>([&] { ssh_destination(host); });
    BOOST_TEST(contains(told, part), told);
    BOOST_TEST(contains(told, host), told);
  };
  for (const char* host : {"ssh://pi@board:0", "ssh://pi@board:65536", "ssh://pi@board:", "ssh://pi@board:22x",
                           "ssh://pi@board:-22", "ssh://pi@board: 22"}) {
    refused(host, "has no port from 1 to 65535");
  }
  refused("pi@board:2222", "has a port without ssh:// (ssh://pi@board:2222)");
  refused("ssh://pi@board:22/home", "names a path");
  for (const char* host : {"ssh://", "ssh://@board", "ssh://-oProxyCommand=reboot", "ssh://pi@-oProxyCommand=reboot"}) {
    refused(host, "is no host");
  }
}

BOOST_AUTO_TEST_CASE(the_port_goes_to_ssh_and_to_scp) {
  run.host = "ssh://pi@board:2222";
  ssh.answers = {{0, state()}};
  error();
  BOOST_REQUIRE(ssh.commands.size() >= 2U);
  for (const auto& command : ssh.commands) {
    BOOST_TEST(contains(fmt::format("{}", fmt::join(command, " ")), "-o Port=2222 "));
  }
  BOOST_TEST(ssh.has_copied_there());
}

BOOST_AUTO_TEST_CASE(an_address_with_colons_is_put_in_brackets_for_scp_alone) {
  run.host = "pi@fe80::1";
  ssh.answers = {{0, state()}};
  error();
  BOOST_TEST(contains(ssh.commands[1].back(), "pi@[fe80::1]:.cache/flnas/"));
  const auto& first = ssh.commands[0];
  BOOST_TEST((std::find(first.begin(), first.end(), "pi@fe80::1") != first.end()));
}

BOOST_AUTO_TEST_CASE(a_machine_without_ssh_and_files_that_collide_are_errors_of_the_user) {
  fs::create_directory(folder.path / "other");
  write_file(folder.path / "other/model.pt", "other weights");
  run.files.push_back(folder.path / "other/model.pt");
  BOOST_CHECK_THROW(run_remotely(run, ssh), ConfigError);
  run.files = {folder.path / "missing.pt"};
  BOOST_CHECK_THROW(run_remotely(run, ssh), ConfigError);
  run.files = {folder.path / "model.pt"};
  run.results = {folder.path / "model.pt"};
  BOOST_CHECK_THROW(run_remotely(run, ssh), ConfigError);
  run.results.clear();
  ssh.installed = false;
  BOOST_CHECK_THROW(run_remotely(run, ssh), ConfigError);
  BOOST_TEST(ssh.commands.empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas
