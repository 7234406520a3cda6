// Figures of scores and probabilities, of all rows and of the smallest group, and what is made of recalls by group.
#include <algorithm>
#include <atomic>
#include <cmath>
#include <optional>
#include <thread>

#include "harness/metrics/intervals/rate_interval.h"
#include "harness/metrics/scores/calibration.h"
#include "harness/metrics/scores/ranking.h"
#include "tests/benchmarks/coverage/simulate.h"
#include "tests/metrics/scored_population.h"

namespace flnas::metrics::test {
namespace {

constexpr int kOfTruth = 250000;     // rows from which the true figures are computed,
constexpr int kTruths = 8;           // so many times, with other people each
constexpr int kMostResampled = 200;  // rows up to which resampling is tried beside the other methods
constexpr std::size_t kYoung = 3;    // after all rows and two sexes

/// Figures of a population without sampling noise.
struct Truth {
  std::vector<GroupFigures> groups;
  double standardised_sum;
};

Members groups_alone(const Members& members) { return {members.begin() + 1, members.end()}; }

Truth one_truth(const ScoredPopulation& people, std::uint64_t seed) {
  Random random(seed);
  const auto sample = people.draw(kOfTruth, random);
  const auto members = members_of(sample.outcomes);
  const BootstrapConfig config{.resamples = 100};
  return {group_figures(sample.outcomes, sample.scores, members, config),
          standardised_unfairness(sample.outcomes, groups_alone(members), 10, config).sum.debiased};
}

/// The means of several, on all cores: their noise is to be small beside that of 5,000 rows.
Truth truth_of(const ScoredPopulation& people) {
  ScoredPopulation alone = people;
  alone.people.rows_per_lesion = 1;  // lesions of one row have the same rates
  std::vector<Truth> found(kTruths);
  std::atomic<std::size_t> next = 0;
  std::vector<std::thread> threads;
  for (unsigned core = 0; core < std::max(1U, std::thread::hardware_concurrency()); ++core) {
    threads.emplace_back([&] {
      for (std::size_t at = next++; at < found.size(); at = next++) found[at] = one_truth(alone, 7 + at);
    });
  }
  for (auto& thread : threads) thread.join();
  Truth mean = found[0];
  const auto average = [&](const auto& figure) {
    double sum = 0;
    for (const Truth& each : found) sum += figure(each);
    return sum / kTruths;
  };
  mean.standardised_sum = average([](const Truth& truth) { return truth.standardised_sum; });
  for (std::size_t group = 0; group < mean.groups.size(); ++group) {
    GroupFigures& figures = mean.groups[group];
    for (Estimate GroupFigures::*figure :
         {&GroupFigures::auroc, &GroupFigures::tpr_at_fpr, &GroupFigures::brier, &GroupFigures::balanced_accuracy,
          &GroupFigures::standardised_accuracy, &GroupFigures::standardised_gap}) {
      (figures.*figure).value = average([&](const Truth& truth) { return (truth.groups[group].*figure).value; });
    }
    figures.ece_debiased = average([&](const Truth& truth) { return truth.groups[group].ece_debiased; });
  }
  return mean;
}

/// The lowest true balanced accuracy of the groups that count in a sample: those with enough rows of every class.
double worst_that_counts(const Truth& truth, const Outcomes& outcomes, const Members& members) {
  double worst = 1;
  for (std::size_t group = 1; group < members.size(); ++group) {
    std::vector<int> of_class(outcomes.classes.size());
    for (const std::uint32_t row : members[group]) ++of_class[static_cast<std::size_t>(outcomes.labels[row])];
    if (*std::min_element(of_class.begin(), of_class.end()) < kMinSupport) continue;
    worst = std::min(worst, truth.groups[group].balanced_accuracy.value);
  }
  return worst;
}

/// Lesions drawn with replacement.
ScoredPopulation::Sample resampled(const ScoredPopulation::Sample& sample, Random& random) {
  std::vector<std::vector<std::size_t>> lesions(static_cast<std::size_t>(lesion_count(sample.outcomes)));
  for (std::size_t row = 0; row < sample.outcomes.labels.size(); ++row) {
    lesions[static_cast<std::size_t>(sample.outcomes.lesions[row])].push_back(row);
  }
  const std::size_t classes = sample.outcomes.classes.size();
  ScoredPopulation::Sample drawn;
  drawn.outcomes = empty_outcomes(sample.outcomes.classes, true);
  for (std::size_t unit = 0; unit < lesions.size(); ++unit) {
    for (const std::size_t row : lesions[random.below(lesions.size())]) {
      add(drawn.outcomes, 1, {sample.outcomes.groups[0][row], sample.outcomes.groups[1][row]},
          sample.outcomes.labels[row], sample.outcomes.predictions[row]);
      drawn.outcomes.lesions.back() = static_cast<int>(unit);
      const auto first = sample.scores.probabilities.begin() + static_cast<std::ptrdiff_t>(row * classes);
      drawn.scores.probabilities.insert(drawn.scores.probabilities.end(), first,
                                        first + static_cast<std::ptrdiff_t>(classes));
    }
  }
  return drawn;
}

struct Percentiles {
  std::vector<double> auroc, tpr_at_fpr, brier, ece;

  static void add(Line& line, double truth, double value, std::vector<double>& draws) {
    std::erase_if(draws, [](double draw) { return std::isnan(draw); });
    std::sort(draws.begin(), draws.end());
    line.add(truth, value, quantile(draws, 0.025), quantile(draws, 0.975));
  }
};

Percentiles resample(const ScoredPopulation::Sample& sample, Random& random) {
  Percentiles found;
  for (int draw = 0; draw < kDraws / 4; ++draw) {
    const auto again = resampled(sample, random);
    const auto figures = scored_figures(again.outcomes, again.scores);
    found.auroc.push_back(figures.auroc.value);
    found.tpr_at_fpr.push_back(figures.tpr_at_fpr.value);
    found.brier.push_back(figures.brier.value);
    const auto rows = members_of(again.outcomes)[0];
    found.ece.push_back(Calibration(rows, again.scores.probabilities, again.outcomes.labels, again.outcomes.lesions,
                                    again.outcomes.classes.size(), again.outcomes.positive)
                            .ece());
  }
  return found;
}

const std::vector<Title> kTitles{{"auroc", "two bounded means"},
                                 {"auroc", "influence, Wilson", false},
                                 {"auroc", "influence, Student", false},
                                 {"auroc", "percentile", false},
                                 {"auroc of the young", "two bounded means"},
                                 {"auroc of the young", "influence, Wilson", false},
                                 {"tpr_at_fpr_10", "influence, Wilson"},
                                 {"tpr_at_fpr_10", "influence, Student", false},
                                 {"tpr_at_fpr_10", "percentile", false},
                                 {"tpr_at_fpr_10 of the young", "influence, Wilson"},
                                 {"brier", "bounded mean"},
                                 {"brier", "influence, logarithm", false},
                                 {"brier", "influence, Student", false},
                                 {"brier", "percentile", false},
                                 {"brier of the young", "bounded mean"},
                                 {"brier of the young", "influence, logarithm", false},
                                 {"ece", "test inversion, further rows in bins"},
                                 {"ece", "test inversion", false},
                                 {"ece", "percentile", false},
                                 {"ece of the young", "test inversion, further rows in bins"},
                                 {"ece of the young", "test inversion", false},
                                 {"balanced accuracy of the young", "Agresti and Coull, MOVER"},
                                 {"balanced accuracy of the young", "Wilson, MOVER", false},
                                 {"worst_group_balanced_accuracy", "Agresti and Coull, MOVER, Bonferroni"},
                                 {"worst_group_balanced_accuracy", "Wilson, MOVER, Bonferroni", false},
                                 {"standardised_accuracy of the young", "Agresti and Coull, MOVER"},
                                 {"standardised_gap of the young", "influence by lesion, Student"},
                                 {"standardised_gap of the young", "influence by row, Student", false},
                                 {"standardised_unfairness_sum", "test inversion"}};

void one_sample(const ScoredPopulation& people, const Truth& truth, int rows, std::uint64_t seed,
                std::vector<Line>& lines) {
  Random random(seed);
  const auto sample = people.draw(rows, random);
  const auto& [outcomes, scores, second, second_scores] = sample;
  const auto members = members_of(outcomes);
  const BootstrapConfig config{.resamples = kDraws, .seed = random.bits()};
  const Members judged{members[0], members[kYoung]};
  const auto groups = group_figures(outcomes, scores, judged, config);
  const auto before = group_figures(outcomes, scores, judged, config, kMinSupport, Rules::kVersion3);
  const auto scored = scored_figures(outcomes, scores);
  const GroupFigures &all = truth.groups[0], &young = truth.groups[kYoung];
  std::size_t at = 0;
  const auto add = [&](double true_value, const Estimate& estimate) {
    lines[at++].add(true_value, estimate.value, estimate.low, estimate.high);
  };
  Percentiles drawn;
  if (rows <= kMostResampled) drawn = resample(sample, random);
  const auto add_percentile = [&](double true_value, double value, std::vector<double>& draws) {
    Percentiles::add(lines[at++], true_value, value, draws);
  };
  add(all.auroc.value, groups[0].auroc);
  add(all.auroc.value, before[0].auroc);
  add(all.auroc.value, signed_interval(scored.auroc));
  add_percentile(all.auroc.value, scored.auroc.value, drawn.auroc);
  add(young.auroc.value, groups[1].auroc);
  add(young.auroc.value, before[1].auroc);
  add(all.tpr_at_fpr.value, groups[0].tpr_at_fpr);
  add(all.tpr_at_fpr.value, signed_interval(scored.tpr_at_fpr));
  add_percentile(all.tpr_at_fpr.value, scored.tpr_at_fpr.value, drawn.tpr_at_fpr);
  add(young.tpr_at_fpr.value, groups[1].tpr_at_fpr);
  add(all.brier.value, groups[0].brier);
  add(all.brier.value, before[0].brier);
  add(all.brier.value, signed_interval(scored.brier));
  add_percentile(all.brier.value, scored.brier.value, drawn.brier);
  add(young.brier.value, groups[1].brier);
  add(young.brier.value, before[1].brier);
  add(all.ece_debiased, groups[0].ece);
  add(all.ece_debiased, before[0].ece);
  add_percentile(all.ece_debiased, groups[0].ece.value, drawn.ece);
  add(young.ece_debiased, groups[1].ece);
  add(young.ece_debiased, before[1].ece);
  add(young.balanced_accuracy.value, groups[1].balanced_accuracy);
  add(young.balanced_accuracy.value, before[1].balanced_accuracy);
  const double worst = worst_that_counts(truth, outcomes, members);
  for (const Rules rules : {Rules::kNewest, Rules::kVersion3}) {
    add(worst, worst_balanced_accuracy(outcomes, groups_alone(members), kMinSupport, config.level, rules).estimate);
  }
  add(young.standardised_accuracy.value, groups[1].standardised_accuracy);
  add(young.standardised_gap.value, groups[1].standardised_gap);
  add(young.standardised_gap.value, before[1].standardised_gap);
  const auto unfairness = standardised_unfairness(outcomes, groups_alone(members), kMinSupport, config);
  // of all five groups; with fewer it is another figure
  if (unfairness.groups_used == unfairness.groups) {
    lines[at].add(truth.standardised_sum, unfairness.sum.value, unfairness.sum.low, unfairness.sum.high);
  }
}

}  // namespace

void add_scored(Program& program) {
  if (!program.begin("scored", "Figures of scores and probabilities")) return;
  const Population copies{.rows_per_lesion = 3}, eight{.classes = 8};
  const std::vector<std::pair<const char*, ScoredPopulation>> people{
      {"alike in all groups", {}},
      {"worse for the young", {.young_less = 0.7}},
      {"good, overconfident", {.strength = 3, .scale = 5}},
      {"1 to 5 rows a lesion", {.people = copies, .alike = 0.8}},
      {"eight classes", {.people = eight, .strength = 2, .scale = 2}}};
  for (const auto& [name, population] : people) {
    std::optional<Truth> truth;  // seconds
    for (const int rows : {200, 500, 1500, 5000}) {
      if (!program.wants(name, rows)) continue;
      if (!truth) truth = truth_of(population);
      program.lines(name, rows, kTitles, [&, who = population](std::uint64_t seed, std::vector<Line>& lines) {
        one_sample(who, *truth, rows, seed, lines);
      });
    }
  }
}

}  // namespace flnas::metrics::test
