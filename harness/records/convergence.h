#pragma once

#include <optional>
#include <vector>

namespace flnas {

/// Whether a training had come to its end, the one rule of runs, pooled folds and reports. It had not
///   where the best epoch is the last one: more epochs might have been better still;
///   where a schedule that falls to zero was cut before it got there;
///   where the rate is constant and the epochs ran out before `patience` of them had passed without a better one.
/// `patience` 0 at a constant rate: nothing waited for a better epoch, and it is not known.
inline std::optional<bool> training_converged(int best_epoch, int epochs_run, bool falling_schedule, bool stopped_early,
                                              int patience) {
  if (best_epoch >= epochs_run) return false;
  if (!falling_schedule && patience == 0) return std::nullopt;
  return falling_schedule ? !stopped_early : epochs_run - best_epoch >= patience;
}

/// Of all folds of a model: each has to; none where no fold is known to have not and one is not known.
inline std::optional<bool> all_converged(const std::vector<std::optional<bool>>& folds) {
  bool known = !folds.empty();
  for (const auto& fold : folds) {
    if (fold && !*fold) return false;
    known = known && fold.has_value();
  }
  return known ? std::optional(true) : std::nullopt;
}

}  // namespace flnas
