#include "harness/base/child_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <thread>

#include "harness/base/error.h"
#include "harness/base/text.h"

namespace flnas {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::size_t kKeptErrors = 8192;  ///< bytes of stderr

/// Appends what there is to `text`; false at its end, which is then closed.
bool read_some(Descriptor& pipe, std::string& text) {
  std::array<char, 65536> buffer{};
  const ssize_t got = ::read(pipe.fd, buffer.data(), buffer.size());
  if (got > 0) text.append(buffer.data(), static_cast<std::size_t>(got));
  if (got == 0) pipe.reset();
  return got != 0;
}

}  // namespace

ChildProcess::ChildProcess(const std::vector<std::string>& command) {
  ChildFiles files;
  // A socket in place of a pipe: what is sent to a program that is gone raises no signal.
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    throw IoError(fmt::format("cannot open a socket: {}", std::strerror(errno)));
  }
  files.input.fd = ends[0];
  to_.fd = ends[1];
  open_pipe(from_, files.output);
  open_pipe(errors_, files.errors);
  child_ = spawn(command, ".", files, /*own_group=*/false);
}

void ChildProcess::end() {
  constexpr int kWaits = 100;
  to_.reset();
  for (int i = 0; i < kWaits && !ended_; ++i) {
    ended_ = ::waitpid(child_, &status_, WNOHANG) == child_;
    if (!ended_) std::this_thread::sleep_for(milliseconds(10));
  }
  if (ended_) return;
  ::kill(child_, SIGKILL);
  status_ = wait_for_child(child_);
  ended_ = true;
}

ChildProcess::Reply ChildProcess::ask(std::string_view line, milliseconds limit) {
  return exchange(std::string(line) + "\n", limit);
}

bool ChildProcess::next_line(std::string& line) {
  const auto end = output_.find('\n');
  if (end == output_.npos) return false;
  line = output_.substr(0, end);
  output_.erase(0, end + 1);
  return true;
}

ChildProcess::Reply ChildProcess::exchange(std::string_view input, milliseconds limit) {
  const auto end = Clock::now() + limit;
  Reply reply;
  while (!next_line(reply.line)) {
    if (from_.fd < 0) return {Status::kEnded, {}};
    const auto left = std::chrono::duration_cast<milliseconds>(end - Clock::now()).count();
    if (left <= 0) return {Status::kLimit, {}};
    std::array<pollfd, 3> watched{pollfd{from_.fd, POLLIN, 0}, pollfd{errors_.fd, POLLIN, 0},
                                  pollfd{input.empty() ? -1 : to_.fd, POLLOUT, 0}};
    constexpr std::int64_t kMostWaitMs = 60'000;
    if (::poll(watched.data(), watched.size(), static_cast<int>(std::min<std::int64_t>(left, kMostWaitMs))) < 0) {
      continue;  // a signal
    }
    if (watched[2].revents != 0) {
      const ssize_t sent = ::send(to_.fd, input.data(), input.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
      if (sent > 0) input.remove_prefix(static_cast<std::size_t>(sent));
      if (sent < 0 && errno != EAGAIN && errno != EINTR) input = {};  // it reads no more: its end says why
    }
    if (watched[1].revents != 0) {
      read_some(errors_, error_text_);
      if (error_text_.size() > kKeptErrors) error_text_.erase(0, error_text_.size() - kKeptErrors);
    }
    if (watched[0].revents != 0) read_some(from_, output_);
  }
  return reply;
}

std::string ChildProcess::how_it_ended() {
  if (!ended_) {
    // What it wrote last, without waiting for programs that it may have started itself.
    pollfd errors{errors_.fd, POLLIN, 0};
    while (errors_.fd >= 0 && ::poll(&errors, 1, 100) > 0 && read_some(errors_, error_text_)) {
    }
    end();
  }
  if (WIFEXITED(status_)) return fmt::format("exit code {}", WEXITSTATUS(status_));
  return fmt::format("signal {} ({})", WTERMSIG(status_), ::strsignal(WTERMSIG(status_)));
}

std::string ChildProcess::last_error() const {
  std::string last;
  for (const auto& line : split(error_text_, '\n')) {
    if (line.find_first_not_of(" \t\r") != line.npos) last = line;
  }
  return last;
}

}  // namespace flnas
