// The ways to make an interval of a sum of absolute gaps, beside each other: gap_interval() and four that it is better
// than, of 95 % each.
#include <algorithm>
#include <cmath>

#include "harness/metrics/figures/figures.h"
#include "tests/benchmarks/coverage/simulate.h"

namespace flnas::metrics::test {
namespace {

constexpr double kTail = 0.025;

using Method = Estimate (*)(const GapSum& sum, const NoisyGaps& noisy);

/// [draws] the sum at the observed gaps times `factor`, plus the noise of each draw; sorted.
std::vector<double> sums(const GapSum& sum, const NoisyGaps& noisy, double factor = 1) {
  std::vector<double> found, gaps(noisy.gaps.size());
  for (std::size_t draw = 0; draw < noisy.noise[0].size(); ++draw) {
    for (std::size_t gap = 0; gap < gaps.size(); ++gap) gaps[gap] = factor * noisy.gaps[gap] + noisy.noise[gap][draw];
    found.push_back(gap_sum(sum, gaps));
  }
  std::sort(found.begin(), found.end());
  return found;
}

/// Quantiles of the sum over the draws.
Estimate percentile(const GapSum& sum, const NoisyGaps& noisy) {
  const auto draws = sums(sum, noisy);
  return {gap_sum(sum, noisy.gaps), quantile(draws, kTail), quantile(draws, 1 - kTail)};
}

/// Those quantiles, reflected about the value.
Estimate basic(const GapSum& sum, const NoisyGaps& noisy) {
  const Estimate found = percentile(sum, noisy);
  return {found.value, 2 * found.value - found.high, 2 * found.value - found.low};
}

/// Extremes of the sum over a simultaneous box of all signed gaps (max-t).
Estimate projection(const GapSum& sum, const NoisyGaps& noisy) {
  std::vector<double> errors, furthest(noisy.noise[0].size());
  for (const auto& noise : noisy.noise) {
    double squares = 0;
    for (const double value : noise) squares += value * value;
    errors.push_back(std::sqrt(squares / static_cast<double>(noise.size())));
  }
  for (const GapTerm& term : sum) {
    for (const std::size_t gap : {term.first, term.second}) {
      if (errors[gap] == 0) continue;
      for (std::size_t draw = 0; draw < furthest.size(); ++draw)
        furthest[draw] = std::max(furthest[draw], std::abs(noisy.noise[gap][draw]) / errors[gap]);
    }
  }
  std::sort(furthest.begin(), furthest.end());
  const double reach = quantile(furthest, 1 - 2 * kTail);
  const auto end = [&](double sign) {
    auto gaps = noisy.gaps;
    for (std::size_t gap = 0; gap < gaps.size(); ++gap)
      gaps[gap] = std::max(std::abs(gaps[gap]) + sign * reach * errors[gap], 0.0);
    return gap_sum(sum, gaps);
  };
  return {gap_sum(sum, noisy.gaps), end(-1), end(1)};
}

/// Test inversion, assuming that the true gaps are the observed ones times a factor.
Estimate scaling(const GapSum& sum, const NoisyGaps& noisy) {
  const double value = gap_sum(sum, noisy.gaps);
  const auto at = [&](double factor, double share) { return quantile(sums(sum, noisy, factor), share); };
  // The factor at which the quantile is `wanted`.
  const auto solve = [&](double from, double to, double share, double wanted) {
    if (at(from, share) >= wanted) return from;
    for (int halving = 0; halving < 14; ++halving) {
      const double middle = (from + to) / 2;
      (at(middle, share) < wanted ? from : to) = middle;
    }
    return (from + to) / 2;
  };
  const double shown = std::max(value, at(0, 0.16));  // as gap_interval() has it
  double most = 2;
  for (int doubling = 0; doubling < 20 && at(most, kTail) < shown; ++doubling) most *= 2;
  return {value, value * solve(0, 1, 1 - kTail, value), std::max(value, value * solve(1, most, kTail, shown))};
}

/// The one that flnas uses.
Estimate inversion(const GapSum& sum, const NoisyGaps& noisy) {
  const GapEstimate found = gap_interval(sum, noisy);
  return {found.value, found.low, found.high};
}

}  // namespace

void add_gap_methods(Program& program) {
  if (!program.begin("gaps", "Ways to make an interval of absolute gaps")) return;
  const std::vector<std::pair<const char*, Method>> methods{{"percentile", percentile},
                                                            {"basic", basic},
                                                            {"projection", projection},
                                                            {"scaling", scaling},
                                                            {"inversion", inversion}};
  const std::vector<std::pair<const char*, std::size_t>> metrics{{"unfairness_sum", 1}, {"eodd", 2}};
  std::vector<Title> titles;
  for (const auto& [metric, index] : metrics) {
    for (const auto& [name, method] : methods) titles.push_back({metric, name, method == inversion});
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
          const auto estimate = method(terms.sums()[index], noisy);
          lines[line++].add(truth.*kGapMetrics[index], estimate.value, estimate.low, estimate.high);
        }
      }
    });
  }
}

}  // namespace flnas::metrics::test
