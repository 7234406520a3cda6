// The ways to make an interval of a sum of absolute gaps, beside each other.
#include "harness/metrics/figures/figures.h"
#include "tests/benchmarks/coverage/simulate.h"

namespace flnas::metrics::test {

void add_gap_methods(Program& program) {
  if (!program.begin("gaps", "Ways to make an interval of absolute gaps")) return;
  const std::vector<std::pair<const char*, GapMethod>> methods{{"percentile", GapMethod::kPercentile},
                                                               {"basic", GapMethod::kBasic},
                                                               {"projection", GapMethod::kProjection},
                                                               {"scaling", GapMethod::kScaling},
                                                               {"inversion", GapMethod::kInversion}};
  const std::vector<std::pair<const char*, std::size_t>> metrics{{"unfairness_sum", 1}, {"eodd", 2}};
  std::vector<Title> titles;
  for (const auto& [metric, index] : metrics) {
    for (const auto& [name, method] : methods) titles.push_back({metric, name, method == GapMethod::kInversion});
  }
  constexpr int kRows = 500;
  for (const auto& [name, population] : populations({}, {0.03, 0.12, 0.3})) {
    const auto expected = population.expected();
    program.lines(name, kRows, titles, [&, people = population](std::uint64_t seed, std::vector<Line>& lines) {
      Random random(seed);
      const Outcomes drawn = people.draw(kRows, random);
      const auto support = support_of(drawn, tally(drawn));
      const GapTerms terms(drawn, support);
      const auto noisy = noisy_gaps(drawn, terms, {.resamples = kDraws, .seed = random.bits()});
      const auto truth = evaluate(drawn, expected, support);
      std::size_t line = 0;
      for (const auto& [metric, index] : metrics) {
        for (const auto& [method_name, method] : methods) {
          const auto estimate = gap_interval(terms.sums()[index], noisy, 0.95, method);
          lines[line++].add(truth.*kGapMetrics[index], estimate.value, estimate.low, estimate.high);
        }
      }
    });
  }
}

}  // namespace flnas::metrics::test
