#pragma once

#include <optional>
#include <vector>

namespace flnas {

/// Whether a training converged: the one rule of runs, pooled folds and reports. It did not converge
///   if the best epoch is the last one: more epochs might have been better;
///   if a schedule that falls to zero was stopped before its end;
///   if the rate is constant and the epochs ran out before `patience` epochs had passed without an improvement.
/// At a constant rate with `patience` 0 it is not known.
inline std::optional<bool> training_converged(int best_epoch, int epochs_run, bool falling_schedule, bool stopped_early,
                                              int patience) {
  if (best_epoch >= epochs_run) return false;
  if (!falling_schedule && patience == 0) return std::nullopt;
  return falling_schedule ? !stopped_early : epochs_run - best_epoch >= patience;
}

/// For all folds of a model: false if a fold did not converge, unknown if that of another fold is unknown, else true.
inline std::optional<bool> all_converged(const std::vector<std::optional<bool>>& folds) {
  bool known = !folds.empty();
  for (const auto& fold : folds) {
    if (fold && !*fold) return false;
    known = known && fold.has_value();
  }
  return known ? std::optional(true) : std::nullopt;
}

}  // namespace flnas
