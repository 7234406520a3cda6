#include "harness/evaluation/difference_json.h"

#include <cmath>

#include "harness/base/defined.h"
#include "harness/metrics/comparison/significance.h"

namespace flnas {

Json difference_json(const metrics::Difference& difference) {
  return {{"value", number_or_null(difference.value)},
          {"low", number_or_null(difference.low)},
          {"high", number_or_null(difference.high)},
          {"p", number_or_null(difference.p)}};
}

void add_holm(const std::vector<Json*>& tests) {
  std::vector<double> p;
  for (const Json* test : tests) {
    const Json& value = test->at("p");
    p.push_back(value.is_null() ? std::nan("") : value.get<double>());
  }
  const auto adjusted = metrics::holm(p);
  for (std::size_t i = 0; i < tests.size(); ++i) (*tests[i])["p_holm"] = number_or_null(adjusted[i]);
}

}  // namespace flnas
