// Two classifiers on the same rows: their differences, and the tests of none.
#include <cmath>

#include "harness/metrics/comparison/paired.h"
#include "harness/metrics/figures/figures.h"
#include "tests/benchmarks/coverage/simulate.h"
#include "tests/metrics/scored_population.h"

namespace flnas::metrics::test {
namespace {

/// A second classifier on the same rows: half of the lesions get the first one's answers, the others new ones.
Outcomes second_answers(const Population& people, const Outcomes& first, Random& random) {
  Outcomes second = first;
  bool same = false;
  for (std::size_t row = 0; row < first.labels.size(); ++row) {
    const bool begins = row == 0 || first.lesions[row] != first.lesions[row - 1];
    if (begins) same = random.uniform() < 0.5;
    if (same) continue;
    if (!begins && random.uniform() < people.copying) {
      second.predictions[row] = second.predictions[row - 1];
    } else {
      second.predictions[row] = people.answer_of(first.groups[0][row], first.groups[1][row], first.labels[row], random);
    }
  }
  return second;
}

double mcnemar_by_row(const Outcomes& first, const Outcomes& second) {
  std::int64_t only_first = 0, only_second = 0;
  for (std::size_t row = 0; row < first.labels.size(); ++row) {
    const bool one = first.predictions[row] == first.labels[row], other = second.predictions[row] == second.labels[row];
    only_first += one && !other ? 1 : 0;
    only_second += other && !one ? 1 : 0;
  }
  return mcnemar(only_first, only_second);
}

struct Compared {
  const char* name;
  Difference MetricSet<Difference>::*gap;
  double MetricSet<double>::*value;
};
using Gaps = MetricSet<Difference>;
using Values = MetricSet<double>;
const std::vector<Compared> kCompared{{"accuracy", &Gaps::accuracy, &Values::accuracy},
                                      {"balanced_accuracy", &Gaps::balanced_accuracy, &Values::balanced_accuracy},
                                      {"worst_group", &Gaps::worst_group, &Values::worst_group},
                                      {"unfairness_sum", &Gaps::unfairness_sum, &Values::unfairness_sum},
                                      {"eodd", &Gaps::eodd, &Values::eodd}};

/// `other`: how the second classifier answers where it answers anew.
void counted_pairs(Program& program, const std::string& name, const Population& people, const Population& other,
                   int rows) {
  std::vector<Title> titles;
  for (const Compared& compared : kCompared) {
    const std::string figure = std::string("difference of ") + compared.name;
    titles.push_back({figure, "draws, exchange test"});
    titles.push_back({figure, "draws alone", false});
  }
  titles.push_back({"right answers", "McNemar by lesion"});
  titles.push_back({"right answers", "McNemar by row", false});
  const auto expected = people.expected(), expected_other = other.expected();
  const bool alike = people.right == other.right;
  program.lines(name, rows, titles, [&](std::uint64_t seed, std::vector<Line>& lines) {
    Random random(seed);
    const Outcomes first = people.draw(rows, random), second = second_answers(other, first, random);
    const auto support = support_of(first, tally(first));
    const BootstrapConfig config{.resamples = kDraws, .seed = random.bits()};
    const auto one = weigh(first, support, config), two = weigh(second, support, config);
    const auto gaps = paired_difference(first, second, support, one, two);
    const auto drawn = independent_difference(one, two);  // the same draws, without the exchange test
    const auto truth = evaluate(first, expected, support), truth_other = evaluate(first, expected_other, support);
    std::size_t line = 0;
    for (const Compared& compared : kCompared) {
      // Half of the lesions have the first one's answers; rates, and gaps of one sign, are in the middle.
      const double gap = (truth.*compared.value - truth_other.*compared.value) / 2;
      const Difference &found = gaps.*compared.gap, &alone = drawn.*compared.gap;
      lines[line].add(gap, found.value, found.low, found.high);
      if (std::abs(gap) < 1e-9) lines[line].add_test(found.p);
      lines[++line].add(gap, alone.value, alone.low, alone.high);
      ++line;
    }
    if (!alike) return;
    lines[line++].add_test(mcnemar_by_lesion(first, second));
    lines[line].add_test(mcnemar_by_row(first, second));
  });
}

const std::vector<Title> kScored{{"difference of auroc", "influence, Student"},
                                 {"difference of tpr_at_fpr_10", "influence, Student"},
                                 {"difference of brier", "influence, Student"}};

void scored_pairs(Program& program, const std::string& name, const ScoredPopulation& people, int rows) {
  if (!program.wants(name, rows)) return;  // the truth takes seconds
  constexpr int kOfTruth = 500000;
  ScoredPopulation alone = people;
  alone.people.rows_per_lesion = 1;
  Random of_truth(11);
  const auto all = alone.draw(kOfTruth, of_truth);
  const Scored first = scored_figures(all.outcomes, all.scores);
  const Scored second = scored_figures(all.second_outcomes, all.second_scores);
  const bool same = people.second_less == 0;
  const auto truth = [&](Influence Scored::*figure) {
    return same ? 0 : (first.*figure).value - (second.*figure).value;
  };
  program.lines(name, rows, kScored, [&](std::uint64_t seed, std::vector<Line>& lines) {
    Random random(seed);
    const auto sample = people.draw(rows, random);
    const auto one = scored_figures(sample.outcomes, sample.scores);
    const auto other = scored_figures(sample.second_outcomes, sample.second_scores);
    std::size_t line = 0;
    for (Influence Scored::*figure : {&Scored::auroc, &Scored::tpr_at_fpr, &Scored::brier}) {
      const auto gap = difference(one.*figure, other.*figure, true);
      lines[line].add(truth(figure), gap.value, gap.low, gap.high);
      if (same) lines[line].add_test(gap.p);
      ++line;
    }
  });
}

}  // namespace

void add_paired(Program& program) {
  if (!program.begin("paired", "Two classifiers on the same rows")) return;
  const Population two, copies{.rows_per_lesion = 3, .copying = 0.8}, worse{.right = 0.6};
  const Population worse_copies{.right = 0.6, .rows_per_lesion = 3, .copying = 0.8};
  const Population unfair = with_unfairness(two, "sex", 0.2);
  for (const int rows : {200, 500, 1500, 5000}) {
    counted_pairs(program, "the same rates, fair", two, two, rows);
    counted_pairs(program, "the second worse, 1 to 5 rows a lesion", copies, worse_copies, rows);
    scored_pairs(program, "the same scores", {}, rows);
    scored_pairs(program, "the second's scores worse", {.second_less = 0.4}, rows);
    scored_pairs(program, "the same scores, 1 to 5 rows a lesion", {.people = {.rows_per_lesion = 3}, .alike = 0.8},
                 rows);
  }
  for (const int rows : {200, 500, 1500}) {
    counted_pairs(program, "the same rates, sex 0.20", unfair, unfair, rows);
    counted_pairs(program, "the second worse, fair", two, worse, rows);
    counted_pairs(program, "the same rates, 1 to 5 rows a lesion", copies, copies, rows);
  }
}

}  // namespace flnas::metrics::test
