#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace flnas {

/// A progress bar with ETA on stderr. On a terminal it redraws in place at most ten times a second and clears
/// itself when it is destroyed, and is never wider than the terminal; elsewhere it prints nothing (logs stay readable).
class Progress {
 public:
  Progress(std::string label, std::int64_t total);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// `done` out of the total (units of the caller: images, batches, bytes); `note` follows the bar.
  void update(std::int64_t done, const std::string& note = {});
  void set_total(std::int64_t total) { total_ = total; }

 private:
  using Clock = std::chrono::steady_clock;
  std::string label_;
  std::int64_t total_;
  bool terminal_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point drawn_{};
};

/// What a bar shows, cut to `width` characters: "epoch 3/10 [######....]  60 %  12 s left  note".
std::string progress_line(const std::string& label, double share, double elapsed_seconds, const std::string& note,
                          std::size_t width);

/// "1 h 02 min", "3 min 05 s" or "4.2 s".
std::string format_duration(double seconds);

}  // namespace flnas
