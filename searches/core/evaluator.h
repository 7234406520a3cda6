#pragma once

#include "searches/spaces/cnn/design.h"
#include "searches/spaces/cnn/validator.h"

namespace flnas::searches {

/// Turns a valid design into scores and costs. The search fills in round, hash and name.
class Evaluator {
 public:
  virtual ~Evaluator() = default;
  /// A design that cannot be trained is a result too: status failed, with the reason. Throws where the fault is not
  /// the design's: data, disk, settings.
  virtual Evaluation evaluate(const Finding& design, const std::string& name) = 0;
};

}  // namespace flnas::searches
