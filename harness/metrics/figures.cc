#include "harness/metrics/figures.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "harness/metrics/lesions.h"
#include "harness/metrics/rate_interval.h"
#include "harness/metrics/worst_of.h"

namespace flnas::metrics {
namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

/// Calls visit on the weighted tally of each draw. The weights' random numbers are nothing else's.
template <class Visit>
void for_each_draw(const Outcomes& outcomes, const BootstrapConfig& config, Visit&& visit) {
  const LesionCells rows(outcomes);
  std::vector<std::int64_t> times(rows.cells());
  Tally tally(outcomes);
  Random random(config.seed);
  for (int draw = 0; draw < config.resamples; ++draw) {
    std::fill(times.begin(), times.end(), 0);
    for (std::size_t lesion = 0; lesion < rows.lesions(); ++lesion) rows.add(lesion, lesion_weight(random), times);
    rows.fill(times, tally);
    visit(tally);
  }
}

/// The accuracy, with its interval, of the rows that count.
Estimate accuracy_of(const Outcomes& outcomes, double level, const std::function<bool(std::size_t)>& counts) {
  std::vector<int> lesions;
  std::vector<std::uint8_t> hits;
  for (std::size_t row = 0; row < outcomes.labels.size(); ++row) {
    if (!counts(row)) continue;
    lesions.push_back(outcomes.lesions[row]);
    hits.push_back(outcomes.labels[row] == outcomes.predictions[row] ? 1 : 0);
  }
  return rate_interval(lesions, hits, level);
}

Figure figure(const Estimate& estimate) {
  return {estimate.value, estimate.low, estimate.high, kUndefined, kUndefined};
}

/// Recalls; that of a class which is never, or always, predicted is 0 or 1 by construction.
std::vector<Estimate> recalls(const Outcomes& outcomes, const Tally& tally, double level) {
  std::vector<Estimate> found;
  for (std::size_t c = 0; c < outcomes.classes.size(); ++c) {
    Estimate& recall = found.emplace_back(
        accuracy_of(outcomes, level, [&](std::size_t row) { return outcomes.labels[row] == static_cast<int>(c); }));
    const std::int64_t predicted = tally.all.true_positives(c) + tally.all.false_positives(c);
    if (predicted == 0 || predicted == tally.all.rows()) recall.low = recall.high = recall.value;
  }
  return found;
}

/// The lowest accuracy of a group that counts.
Estimate worst_group(const Outcomes& outcomes, const Support& support, double level) {
  const auto accuracies = [&](double at_level) {
    std::vector<Estimate> found;
    for (std::size_t a = 0; a < support.groups.size(); ++a) {
      const auto& column = outcomes.groups[a];
      for (std::size_t g = 0; g < support.groups[a].size(); ++g) {
        if (!support.groups[a][g]) continue;
        const auto in_group = [&](std::size_t row) { return column[row] == static_cast<int>(g); };
        found.push_back(accuracy_of(outcomes, at_level, in_group));
      }
    }
    return found;
  };
  return worst_of(accuracies, level).estimate;
}

double rows_per_lesion(const Outcomes& outcomes) {
  return static_cast<double>(outcomes.labels.size()) / static_cast<double>(lesion_count(outcomes));
}

/// The mean of Student's t over its normal, for the noise of a rate of so many lesions, and for the two half rows that
/// its draws have on top.
double small_sample_factor(double lesions) { return std::sqrt((lesions + 2) / std::max(lesions - 3, 1.0)); }

void fill_rates(const Outcomes& outcomes, const Tally& tally, double level, Measured& measured) {
  auto& set = measured.set;
  set.accuracy = figure(accuracy_of(outcomes, level, [](std::size_t) { return true; }));
  const auto recall = recalls(outcomes, tally, level);
  for (const Estimate& each : recall) set.recall.push_back(figure(each));
  set.balanced_accuracy = figure(mean_of(recall));
  set.worst_group = figure(worst_group(outcomes, measured.support, level));
  for (std::size_t a = 0; a < outcomes.attributes.size(); ++a) {
    for (std::size_t g = 0; g < outcomes.attributes[a].groups.size(); ++g) {
      set.groups.push_back(figure(accuracy_of(
          outcomes, level, [&](std::size_t row) { return outcomes.groups[a][row] == static_cast<int>(g); })));
    }
  }
  set.unknown = figure(accuracy_of(outcomes, level, [&](std::size_t row) {
    return std::any_of(outcomes.groups.begin(), outcomes.groups.end(),
                       [&](const auto& column) { return column[row] < 0; });
  }));
}

}  // namespace

NoisyGaps noisy_gaps(const Outcomes& outcomes, const GapTerms& terms, const BootstrapConfig& config) {
  const Tally counted = tally(outcomes);
  const auto draws = static_cast<std::size_t>(config.resamples);
  const double per_lesion = rows_per_lesion(outcomes);
  std::vector<std::vector<double>> rates;
  rates.reserve(draws);
  Random prior(mix_seed(config.seed, 1));
  for_each_draw(outcomes, config,
                [&](const Tally& weighted) { rates.push_back(terms.rates(weighted, per_lesion, prior)); });
  const auto rows = terms.rows(counted);
  for (std::size_t rate = 0; rate < rows.size(); ++rate) {
    double mean = 0;
    for (const auto& draw : rates) mean += draw[rate] / static_cast<double>(draws);
    const double factor = small_sample_factor(rows[rate] / per_lesion);
    for (auto& draw : rates) draw[rate] = (draw[rate] - mean) * factor;
  }
  NoisyGaps noisy{terms.gaps(terms.rates(counted)), {}};
  noisy.noise.assign(terms.size(), std::vector<double>(draws));
  for (std::size_t draw = 0; draw < draws; ++draw) {
    const auto gaps = terms.gaps(rates[draw]);
    for (std::size_t gap = 0; gap < gaps.size(); ++gap) noisy.noise[gap][draw] = gaps[gap];
  }
  return noisy;
}

std::vector<Estimate> accuracy_gaps(const Outcomes& outcomes, const BootstrapConfig& config) {
  check(outcomes);
  const Support support = support_of(outcomes, tally(outcomes), 0);
  const GapTerms terms(outcomes, support);
  const NoisyGaps noisy = noisy_gaps(outcomes, terms, config);
  constexpr std::size_t kUnfairnessSum = 1;  // in kGapMetrics
  const double tail = (1 - config.level) / 2;
  std::vector<Estimate> found;
  std::size_t term = 0;
  for (const auto& attribute : support.groups) {
    for (const bool counts : attribute) {
      if (!counts) {
        found.push_back({kUndefined, kUndefined, kUndefined});
        continue;
      }
      const std::size_t gap = terms.sums()[kUnfairnessSum][term++].first;
      auto noise = noisy.noise[gap];
      std::sort(noise.begin(), noise.end());
      const double value = noisy.gaps[gap];
      found.push_back({value, value + quantile(noise, tail), value + quantile(noise, 1 - tail)});
    }
  }
  return found;
}

Measured measure(const Outcomes& outcomes, int min_support, const BootstrapConfig& config) {
  check(outcomes);
  const Tally counted = tally(outcomes);
  Measured measured{support_of(outcomes, counted, min_support), {}, {}, {}};
  measured.use = term_use(outcomes, counted, measured.support);
  fill_rates(outcomes, counted, config.level, measured);
  const GapTerms terms(outcomes, measured.support);
  const NoisyGaps noisy = noisy_gaps(outcomes, terms, config);
  const auto supported = evaluate(outcomes, counted, measured.support), printed = evaluate(outcomes, counted);
  std::size_t at = 0;
  MetricSet<Figure>::for_each_gap(measured.set, [&](Figure& found) {
    const auto estimate = gap_interval(terms.sums()[at], noisy, config.level);
    // the terms are added in another order: equal figures are to be equal to the last digit
    const double value = supported.*kGapMetrics[at];
    found = {value, std::fmin(estimate.low, value), std::fmax(estimate.high, value),
             std::fmin(estimate.debiased, value), printed.*kGapMetrics[at]};
    ++at;
  });
  for (const auto& [eodd, eopp1, eopp2] : terms.pair_sums()) {
    measured.pairs.push_back({gap_interval(eodd, noisy, config.level), gap_interval(eopp1, noisy, config.level),
                              gap_interval(eopp2, noisy, config.level)});
  }
  return measured;
}

Resampled weigh(const Outcomes& outcomes, const Support& support, const BootstrapConfig& config) {
  check(outcomes);
  const auto flat = [&](const Tally& counts) {
    std::vector<double> values;
    const auto set = evaluate(outcomes, counts, support);
    MetricSet<double>::for_each_value(set, [&](double value) { values.push_back(value); });
    return values;
  };
  Resampled found{flat(tally(outcomes)), {}, outcomes.classes.size(), 0, config};
  for (const auto& attribute : outcomes.attributes) found.groups += attribute.groups.size();
  found.draws.reserve(static_cast<std::size_t>(config.resamples));
  for_each_draw(outcomes, config, [&](const Tally& weighted) { found.draws.push_back(flat(weighted)); });
  return found;
}

}  // namespace flnas::metrics
