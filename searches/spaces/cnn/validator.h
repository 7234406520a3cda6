#pragma once

#include <string>
#include <vector>

#include "harness/nn/registry.h"
#include "searches/spaces/cnn/design.h"
#include "searches/spaces/cnn/estimate.h"
#include "searches/spaces/cnn/space.h"

namespace flnas::searches {

/// What the validator found. `verdict` is kValid, kInvalid or kRepeated (design.h); violations are empty for kValid.
struct Finding {
  std::string verdict;
  std::vector<std::string> violations;  ///< every broken rule, one line each
  nn::Architecture architecture;        ///< where the schema was kept
  Json design;                          ///< its canonical form, else null
  std::string hash;
  Estimate estimate;  ///< where the shapes fit
};

/// Judges proposals; everything that is wrong is told at once, so that a designer can put it right in one go:
///
///     schema -> choices | shapes -> parameters, MACs, memory -> evaluated before?
///
/// A valid repetition is kRepeated. Takes well under a millisecond; nothing is built.
class Validator {
 public:
  /// `batch`: of training, for the memory limit.
  Validator(Space space, nn::ModelOptions options, int batch);

  Finding judge(const Json& proposal, const History& history) const;

  const Space& space() const { return space_; }
  const nn::ModelOptions& options() const { return options_; }

  /// Throws ConfigError where none of many random designs is valid, nor the template: the choices or their limits
  /// contradict each other at this image size. Names the rule that was broken most often.
  void require_members() const;

 private:
  void check_limits(Finding& finding) const;

  Space space_;
  nn::ModelOptions options_;
  int batch_;
};

}  // namespace flnas::searches
