#pragma once

#include <memory>

namespace flnas {

/// SIGINT, SIGTERM and SIGHUP are only noted while one exists, so that what this program began elsewhere can be ended
/// first. One at a time.
class Interruption {
 public:
  Interruption();
  /// The signals do again what they did before.
  ~Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;

  /// Whether one came since the construction.
  static bool requested() noexcept;

 private:
  struct Handlers;
  std::unique_ptr<Handlers> before_;
};

}  // namespace flnas
