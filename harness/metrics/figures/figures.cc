#include "harness/metrics/figures/figures.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "harness/metrics/intervals/lesions.h"
#include "harness/metrics/intervals/rate_interval.h"
#include "harness/metrics/intervals/worst_of.h"

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
Estimate accuracy_of(const Outcomes& outcomes, double level, Rules rules,
                     const std::function<bool(std::size_t)>& counts) {
  std::vector<int> lesions;
  std::vector<std::uint8_t> hits;
  for (std::size_t row = 0; row < outcomes.labels.size(); ++row) {
    if (!counts(row)) continue;
    lesions.push_back(outcomes.lesions[row]);
    hits.push_back(outcomes.labels[row] == outcomes.predictions[row] ? 1 : 0);
  }
  return rate_interval(lesions, hits, level, rules);
}

Figure figure(const Estimate& estimate) {
  return {estimate.value, estimate.low, estimate.high, kUndefined, kUndefined};
}

std::vector<Estimate> recalls(const Outcomes& outcomes, const Tally& tally, double level, Rules rules) {
  std::vector<Estimate> found;
  for (std::size_t c = 0; c < outcomes.classes.size(); ++c) {
    Estimate& recall = found.emplace_back(accuracy_of(
        outcomes, level, rules, [&](std::size_t row) { return outcomes.labels[row] == static_cast<int>(c); }));
    if (rules >= Rules::kVersion3) continue;
    const std::int64_t predicted = tally.all.true_positives(c) + tally.all.false_positives(c);
    if (predicted == 0 || predicted == tally.all.rows()) recall.low = recall.high = recall.value;
  }
  return found;
}

/// The lowest accuracy of a group that counts.
Estimate worst_group(const Outcomes& outcomes, const Support& support, double level, Rules rules) {
  const auto accuracies = [&](double at_level) {
    std::vector<Estimate> found;
    for (std::size_t a = 0; a < support.groups.size(); ++a) {
      const auto& column = outcomes.groups[a];
      for (std::size_t g = 0; g < support.groups[a].size(); ++g) {
        if (!support.groups[a][g]) continue;
        const auto in_group = [&](std::size_t row) { return column[row] == static_cast<int>(g); };
        found.push_back(accuracy_of(outcomes, at_level, rules, in_group));
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

void fill_rates(const Outcomes& outcomes, const Tally& tally, double level, Rules rules, Measured& measured) {
  auto& set = measured.set;
  set.accuracy = figure(accuracy_of(outcomes, level, rules, [](std::size_t) { return true; }));
  const auto recall = recalls(outcomes, tally, level, rules);
  for (const Estimate& each : recall) set.recall.push_back(figure(each));
  set.balanced_accuracy = figure(mean_of(recall));
  set.worst_group = figure(worst_group(outcomes, measured.support, level, rules));
  for (std::size_t a = 0; a < outcomes.attributes.size(); ++a) {
    for (std::size_t g = 0; g < outcomes.attributes[a].groups.size(); ++g) {
      set.groups.push_back(figure(accuracy_of(
          outcomes, level, rules, [&](std::size_t row) { return outcomes.groups[a][row] == static_cast<int>(g); })));
    }
  }
  set.unknown = figure(accuracy_of(outcomes, level, rules, [&](std::size_t row) {
    return std::any_of(outcomes.groups.begin(), outcomes.groups.end(),
                       [&](const auto& column) { return column[row] < 0; });
  }));
}

/// Rates with what those of other samples of the same size would differ by.
struct NoisyRates {
  std::vector<double> rates;               // [R]
  std::vector<std::vector<double>> noise;  // [draws][R], of mean 0
};

/// [terms] From the same weights, each with a prior of its own.
std::vector<NoisyRates> noisy_rates(const Outcomes& outcomes, const std::vector<GapTerms>& terms,
                                    const BootstrapConfig& config) {
  const Tally counted = tally(outcomes);
  const double per_lesion = rows_per_lesion(outcomes);
  std::vector<NoisyRates> found;
  for (const GapTerms& each : terms) found.push_back({each.rates(counted), {}});
  std::vector<Random> priors(terms.size(), Random(mix_seed(config.seed, 1)));
  for_each_draw(outcomes, config, [&](const Tally& weighted) {
    for (std::size_t i = 0; i < terms.size(); ++i) {
      found[i].noise.push_back(terms[i].rates(weighted, per_lesion, priors[i]));
    }
  });
  for (std::size_t i = 0; i < terms.size(); ++i) {
    const auto rows = terms[i].rows(counted);
    for (std::size_t rate = 0; rate < rows.size(); ++rate) {
      double mean = 0;
      for (const auto& draw : found[i].noise) mean += draw[rate] / static_cast<double>(config.resamples);
      const double factor = small_sample_factor(rows[rate] / per_lesion);
      for (auto& draw : found[i].noise) draw[rate] = (draw[rate] - mean) * factor;
    }
  }
  return found;
}

NoisyGaps gaps_of(const GapTerms& terms, const NoisyRates& noisy) {
  NoisyGaps found{terms.gaps(noisy.rates), {}};
  found.noise.assign(terms.size(), std::vector<double>(noisy.noise.size()));
  for (std::size_t draw = 0; draw < noisy.noise.size(); ++draw) {
    const auto gaps = terms.gaps(noisy.noise[draw]);
    for (std::size_t gap = 0; gap < gaps.size(); ++gap) found.noise[gap][draw] = gaps[gap];
  }
  return found;
}

/// The most that a sum of gaps in [-1, 1] can be; dTPR + dFPR is in [-2, 2].
double most_of(const GapSum& sum, bool of_two) {
  double most = 0;
  for (const GapTerm& term : sum) most += of_two ? 2 * term.weight : term.weight;
  return most;
}

GapEstimate estimate_of(const GapSum& sum, const NoisyGaps& noisy, double level, Rules rules, bool of_two = false) {
  GapEstimate found = gap_interval(sum, noisy, level, rules);
  if (rules >= Rules::kVersion3) found.high = std::min(found.high, most_of(sum, of_two));
  return found;
}

/// EODD is at least a part of it that has the same terms: what that does not exclude it does not.
template <class T>
void include_part(T& eodd, const T& part, bool same_terms) {
  if (same_terms && !std::isnan(eodd.value)) eodd.high = std::fmax(eodd.high, part.high);
}

void fill_gaps(const Outcomes& outcomes, const Tally& counted, const GapTerms& terms, const NoisyGaps& noisy,
               double level, Rules rules, Measured& measured) {
  const auto supported = evaluate(outcomes, counted, measured.support), printed = evaluate(outcomes, counted);
  std::size_t at = 0;
  MetricSet<Figure>::for_each_gap(measured.set, [&](Figure& found) {
    const bool of_two = kGapMetrics[at] == &MetricSet<double>::sum_abs_dtpr_plus_dfpr;
    const auto estimate = estimate_of(terms.sums()[at], noisy, level, rules, of_two);
    // the terms are added in another order: equal figures are to be equal to the last digit
    const double value = supported.*kGapMetrics[at];
    found = {value, std::fmin(estimate.low, value), std::fmax(estimate.high, value),
             std::fmin(estimate.debiased, value), printed.*kGapMetrics[at]};
    ++at;
  });
  if (rules < Rules::kVersion3) return;
  auto& set = measured.set;
  const TermUse& use = measured.use;
  include_part(set.eodd, set.eopp1, use.eopp1 == use.eodd);
  include_part(set.eodd, set.eopp2, use.eopp2 == use.eodd);
}

}  // namespace

NoisyGaps noisy_gaps(const Outcomes& outcomes, const GapTerms& terms, const BootstrapConfig& config) {
  return gaps_of(terms, noisy_rates(outcomes, {terms}, config).front());
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

Outcomes with_attribute(const Outcomes& outcomes, std::size_t attribute) {
  Outcomes one = outcomes;
  one.attributes = {outcomes.attributes[attribute]};
  one.groups = {outcomes.groups[attribute]};
  return one;
}

namespace {

/// Everything but the sums of gaps.
Measured counted_figures(const Outcomes& outcomes, const Tally& counted, int min_support, double level, Rules rules) {
  Measured measured{support_of(outcomes, counted, min_support), {}, {}};
  measured.use = term_use(outcomes, counted, measured.support);
  fill_rates(outcomes, counted, level, rules, measured);
  return measured;
}

/// Of the terms of one attribute alone.
Support of_attribute(Support support, const Outcomes& outcomes, std::size_t attribute) {
  std::size_t pair = 0;
  for (std::size_t a = 0; a < outcomes.attributes.size(); ++a) {
    const std::size_t after = pair + outcomes.attributes[a].pairs.size();
    if (a != attribute) {
      support.groups[a].assign(support.groups[a].size(), false);
      for (auto* rates : {&support.tpr, &support.fpr}) {
        for (auto& of_class : *rates) {
          for (std::size_t i = pair; i < after; ++i) of_class[i] = false;
        }
      }
    }
    pair = after;
  }
  return support;
}

}  // namespace

Measured measure(const Outcomes& outcomes, int min_support, const BootstrapConfig& config, Rules rules) {
  check(outcomes);
  const Tally counted = tally(outcomes);
  Measured measured = counted_figures(outcomes, counted, min_support, config.level, rules);
  const GapTerms terms(outcomes, measured.support, rules);
  fill_gaps(outcomes, counted, terms, noisy_gaps(outcomes, terms, config), config.level, rules, measured);
  return measured;
}

MeasuredByAttribute measure_by_attribute(const Outcomes& outcomes, int min_support, const BootstrapConfig& config,
                                         Rules rules) {
  check(outcomes);
  const Tally counted = tally(outcomes);
  MeasuredByAttribute found{counted_figures(outcomes, counted, min_support, config.level, rules), {}};
  std::vector<GapTerms> terms{GapTerms(outcomes, found.all.support, rules)};
  for (std::size_t a = 0; a < outcomes.attributes.size(); ++a) {
    terms.emplace_back(outcomes, of_attribute(found.all.support, outcomes, a), rules);
  }
  const auto noisy = noisy_rates(outcomes, terms, config);
  fill_gaps(outcomes, counted, terms[0], gaps_of(terms[0], noisy[0]), config.level, rules, found.all);
  for (std::size_t a = 0; a < outcomes.attributes.size(); ++a) {
    const Outcomes one = with_attribute(outcomes, a);
    const Tally of_one = tally(one);
    Measured& alone = found.alone.emplace_back(counted_figures(one, of_one, min_support, config.level, rules));
    fill_gaps(one, of_one, terms[a + 1], gaps_of(terms[a + 1], noisy[a + 1]), config.level, rules, alone);
  }
  return found;
}

std::vector<PairFigures> measure_pairs(const Outcomes& outcomes, int min_support, const BootstrapConfig& config,
                                       Rules rules) {
  check(outcomes);
  const GapTerms terms(outcomes, support_of(outcomes, tally(outcomes), min_support), rules);
  const NoisyGaps noisy = noisy_gaps(outcomes, terms, config);
  std::vector<PairFigures> pairs;
  for (const auto& [eodd, eopp1, eopp2] : terms.pair_sums()) {
    PairFigures& pair = pairs.emplace_back();
    pair.eodd = estimate_of(eodd, noisy, config.level, rules);
    pair.eopp1 = estimate_of(eopp1, noisy, config.level, rules);
    pair.eopp2 = estimate_of(eopp2, noisy, config.level, rules);
    if (rules < Rules::kVersion3) continue;
    include_part(pair.eodd, pair.eopp1, eopp1.size() == eodd.size());
    include_part(pair.eodd, pair.eopp2, eopp2.size() == eodd.size());
  }
  return pairs;
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
