#include "harness/metrics/standardised.h"

namespace flnas::metrics {

std::vector<double> class_mix(const Counts& counts) {
  std::vector<double> mix;
  for (std::size_t c = 0; c < counts.classes(); ++c) {
    mix.push_back(static_cast<double>(counts.positives(c)) / static_cast<double>(counts.rows()));
  }
  return mix;
}

double standardised_accuracy(const Counts& group, const std::vector<double>& mix) {
  double sum = 0;
  for (std::size_t c = 0; c < mix.size(); ++c) {
    if (mix[c] > 0) sum += mix[c] * group.tpr(c);
  }
  return sum;
}

}  // namespace flnas::metrics
