#include "harness/study/verifiers.h"

#include "harness/records/files.h"
#include "harness/study/verify_estimate.h"
#include "harness/study/verify_models.h"
#include "harness/verification/verify_hardware.h"

namespace flnas::study {

std::vector<Verifier> verifiers(const nn::Registry& registry) {
  return {
      {kRunFile, "flnas reproduce", verify_estimate, is_hardware},
      {kRunFile, "flnas train, reproduce", verify_models(registry)},
  };
}

}  // namespace flnas::study
