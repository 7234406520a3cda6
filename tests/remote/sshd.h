#pragma once

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <pwd.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <fstream>
#include <thread>

#include "harness/base/files.h"
#include "harness/base/process.h"
#include "tests/base/fixture.h"

namespace flnas::test {

/// An ssh server on this machine with throw-away keys, and a client configuration under which it is the host `board`.
/// Its users' home is a temporary folder.
class Sshd {
 public:
  static constexpr const char* kProgram = "/usr/sbin/sshd";
  static constexpr const char* kSftp = "/usr/lib/openssh/sftp-server";
  static bool is_there() {
    return ::access(kProgram, X_OK) == 0 && ::access(kSftp, X_OK) == 0 && system_processes().has("ssh-keygen");
  }

  Sshd() {
    for (const char* key : {"host", "user", "stranger"}) make_key(key);
    port_ = free_port();
    const std::string host_key = read_file(path("host.pub"));
    write_file(path("known"), fmt::format("[127.0.0.1]:{} {}", port_, host_key));
    write_client("config", "known", "user");
    // The forced command gives every session the temporary home.
    write_file(
        path("sshd_config"),
        fmt::format("Port {}\nListenAddress 127.0.0.1\nHostKey {}\nAuthorizedKeysFile {}\nPidFile none\n"
                    "UsePAM no\nStrictModes no\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n"
                    "Subsystem sftp {}\nForceCommand HOME={}; export HOME; cd; sh -c \"$SSH_ORIGINAL_COMMAND\"\n",
                    port_, path("host").string(), path("user.pub").string(), kSftp, home().string()));
    std::filesystem::create_directory(home());
    // The server's own start script makes this folder.
    if (::geteuid() == 0) std::filesystem::create_directories("/run/sshd");
    start();
  }
  ~Sshd() {
    if (server_ > 0) ::kill(server_, SIGTERM), ::waitpid(server_, nullptr, 0);
  }
  Sshd(const Sshd&) = delete;
  Sshd& operator=(const Sshd&) = delete;

  std::filesystem::path path(const std::string& name) const { return folder_.path / name; }
  std::filesystem::path home() const { return path("home"); }
  bool nothing_is_left() const { return !std::filesystem::exists(home() / ".cache/flnas"); }

  int port() const { return port_; }

  /// `port`: that the configuration names; 0: the server's.
  std::filesystem::path write_client(const std::string& name, const std::string& known, const std::string& key,
                                     int port = 0) const {
    write_file(path(name), fmt::format("Host board\n  HostName 127.0.0.1\n  Port {}\n  User {}\n  IdentityFile {}\n"
                                       "  IdentitiesOnly yes\n  UserKnownHostsFile {}\n  GlobalKnownHostsFile none\n",
                                       port == 0 ? port_ : port, ::getpwuid(::geteuid())->pw_name, path(key).string(),
                                       path(known).string()));
    return path(name);
  }

  /// Ends every connection as if the network were gone.
  void drop_connections() const {
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
      std::ifstream stat(entry.path() / "stat");
      std::string pid, name, state, parent;
      if (stat >> pid >> name >> state >> parent && parent == std::to_string(server_)) ::kill(std::stoi(pid), SIGKILL);
    }
  }

 private:
  void make_key(const std::string& name) const {
    const auto made = system_processes().run({"ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path(name).string()},
                                             ".", "", std::chrono::seconds(20));
    BOOST_REQUIRE_MESSAGE(made.exit_code == 0, made.output);
  }

  static sockaddr_in loopback(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    return address;
  }
  static int free_port() {
    const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    BOOST_REQUIRE(::bind(listener, reinterpret_cast<sockaddr*>(&address), size) == 0);
    BOOST_REQUIRE(::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    ::close(listener);
    return ntohs(address.sin_port);
  }
  bool answers() const {
    const int client = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address = loopback(port_);
    const bool connected = ::connect(client, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    ::close(client);
    return connected;
  }
  void start() {
    std::string config = path("sshd_config").string(), log = path("log").string();
    const char* words[] = {kProgram, "-D", "-f", config.c_str(), "-E", log.c_str(), nullptr};
    BOOST_REQUIRE(::posix_spawn(&server_, kProgram, nullptr, nullptr, const_cast<char**>(words), environ) == 0);
    for (int i = 0; i < 100 && !answers(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(50));
    BOOST_REQUIRE_MESSAGE(answers(), "sshd does not answer: " << (std::filesystem::exists(log) ? read_file(log) : ""));
  }

  TemporaryFolder folder_;
  int port_ = 0;
  pid_t server_ = 0;
};

/// The precondition of tests that need it.
inline boost::test_tools::assertion_result sshd_is_there(boost::unit_test::test_unit_id) {
  boost::test_tools::assertion_result there(Sshd::is_there());
  if (!there) there.message() << "no sshd here: apt install openssh-server";
  return there;
}

}  // namespace flnas::test
