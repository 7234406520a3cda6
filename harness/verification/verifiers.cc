#include "harness/verification/verifiers.h"

#include "harness/records/files.h"
#include "harness/verification/verify_hardware.h"
#include "harness/verification/verify_nas_search.h"
#include "harness/verification/verify_questions.h"
#include "harness/verification/verify_reproduction.h"
#include "harness/verification/verify_robustness.h"
#include "harness/verification/verify_run.h"
#include "harness/verification/verify_suite.h"

namespace flnas {

std::vector<Verifier> record_verifiers() {
  return {
      {kReproductionFile, "flnas reproduce", verify_reproduction},
      {kQuestionsFile, "flnas report", verify_questions},
      {kRunFile, "flnas train, reproduce", verify_run, is_run},
      {kRunFile, "flnas reproduce", verify_hardware, is_hardware},
      {kNasSearchFile, "flnas search", verify_nas_search},
      {kRobustnessFile, "flnas evaluate --robustness", verify_robustness},
      {"bench/*.json", "flnas-bench", verify_latency_suite, is_latency_suite},
  };
}

}  // namespace flnas
