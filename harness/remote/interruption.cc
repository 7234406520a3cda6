#include "harness/remote/interruption.h"

#include <signal.h>

#include <array>
#include <atomic>

namespace flnas {
namespace {

constexpr std::array kSignals = {SIGINT, SIGTERM, SIGHUP};

std::atomic<bool> came = false;

void note(int) { came = true; }

}  // namespace

struct Interruption::Handlers {
  std::array<struct sigaction, kSignals.size()> actions;
};

Interruption::Interruption() : before_(std::make_unique<Handlers>()) {
  came = false;
  struct sigaction action {};
  action.sa_handler = note;
  for (std::size_t i = 0; i < kSignals.size(); ++i) ::sigaction(kSignals[i], &action, &before_->actions[i]);
}

Interruption::~Interruption() {
  for (std::size_t i = 0; i < kSignals.size(); ++i) ::sigaction(kSignals[i], &before_->actions[i], nullptr);
}

bool Interruption::requested() noexcept { return came; }

}  // namespace flnas
