#include "harness/base/progress.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace flnas {
namespace {

/// Columns of the terminal on stderr; 80 where it does not tell.
std::size_t terminal_width() {
  constexpr std::size_t kUsual = 80;
  winsize size{};
  return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1 ? size.ws_col : kUsual;
}

}  // namespace

Progress::Progress(std::string label, std::int64_t total)
    : label_(std::move(label)), total_(total), terminal_(::isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
  if (terminal_ && drawn_ != Clock::time_point{}) fmt::print(stderr, "\r\033[K");
}

void Progress::update(std::int64_t done, const std::string& note) {
  const auto now = Clock::now();
  if (!terminal_ || (done < total_ && now - drawn_ < std::chrono::milliseconds(100))) return;
  drawn_ = now;
  const double share = total_ > 0 ? std::clamp(static_cast<double>(done) / static_cast<double>(total_), 0.0, 1.0) : 0;
  const double elapsed = std::chrono::duration<double>(now - start_).count();
  fmt::print(stderr, "\r\033[K{}", progress_line(label_, share, elapsed, note, terminal_width() - 1));
  std::fflush(stderr);
}

std::string progress_line(const std::string& label, double share, double elapsed_seconds, const std::string& note,
                          std::size_t width) {
  constexpr int kWidth = 24;
  const int filled = static_cast<int>(share * kWidth);
  const std::string left = share > 0 ? format_duration(elapsed_seconds / share - elapsed_seconds) : "?";
  std::string line = fmt::format("{} [{:#<{}}{:.<{}}] {:3.0f} %  {} left  {}", label, "", filled, "", kWidth - filled,
                                 100 * share, left, note);
  std::size_t end = 0;
  for (std::size_t characters = 0; end < line.size() && characters < width; ++characters) {
    do {
      ++end;
    } while (end < line.size() && (line[end] & 0xC0) == 0x80);  // the rest of a character of UTF-8
  }
  return line.substr(0, end);
}

std::string format_duration(double seconds) {
  if (seconds < 10) return fmt::format("{:.1f} s", seconds);
  const auto whole = static_cast<std::int64_t>(seconds + 0.5);
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  return fmt::format("{} h {:02} min", whole / 3600, whole / 60 % 60);
}

}  // namespace flnas
