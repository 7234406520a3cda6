// Metrics of counts: accuracies, recalls, sums of absolute gaps.
#include "harness/metrics/figures/figures.h"
#include "harness/metrics/null/fair_null.h"
#include "tests/benchmarks/coverage/simulate.h"

namespace flnas::metrics::test {
namespace {

using Values = MetricSet<double>;
using Set = MetricSet<Figure>;
struct Metric {
  const char* name;
  const char* method;
  double Values::*truth;
  Figure Set::*figure;
};
constexpr const char* kInversion = "test inversion";
const std::vector<Metric> kMetrics{
    {"accuracy", "Agresti and Coull, effective rows", &Values::accuracy, &Set::accuracy},
    {"balanced_accuracy", "Agresti and Coull, MOVER", &Values::balanced_accuracy, &Set::balanced_accuracy},
    {"worst_group", "Agresti and Coull, Bonferroni", &Values::worst_group, &Set::worst_group},
    {"unfairness_sum", kInversion, &Values::unfairness_sum, &Set::unfairness_sum},
    {"eodd", kInversion, &Values::eodd, &Set::eodd},
    {"eopp1", kInversion, &Values::eopp1, &Set::eopp1},
    {"eopp2", kInversion, &Values::eopp2, &Set::eopp2},
    {"sum_abs_dtpr", kInversion, &Values::sum_abs_dtpr, &Set::sum_abs_dtpr},
    {"sum_abs_dtpr_plus_dfpr", kInversion, &Values::sum_abs_dtpr_plus_dfpr, &Set::sum_abs_dtpr_plus_dfpr}};

void add_table(Program& program, const std::string& title, const std::vector<Named>& people,
               const std::vector<int>& sizes) {
  if (!program.begin("counted", title)) return;
  std::vector<Title> titles;
  for (const Metric& metric : kMetrics) titles.push_back({metric.name, metric.method});
  titles.push_back({"test of fairness, unfairness_sum", "lesions exchange groups"});
  titles.push_back({"test of fairness, eodd", "the same within a class"});
  for (const int rows : sizes) {
    for (const auto& [name, population] : people) {
      const auto expected = population.expected();
      const bool fair = name.starts_with("fair");
      program.lines(name, rows, titles, [&, people = population](std::uint64_t seed, std::vector<Line>& lines) {
        Random random(seed);
        const Outcomes drawn = people.draw(rows, random);
        const auto measured = measure(drawn, kMinSupport, {.resamples = kDraws, .seed = random.bits()});
        const auto truth = evaluate(drawn, expected, measured.support);
        for (std::size_t at = 0; at < kMetrics.size(); ++at) {
          const Figure& figure = measured.set.*kMetrics[at].figure;
          lines[at].add(truth.*kMetrics[at].truth, figure.value, figure.low, figure.high);
        }
        if (!fair) return;
        const auto null = fair_null(drawn, measured.support, {.draws = 199, .seed = random.bits()});
        lines[kMetrics.size()].add_test(null.unfairness_sum.p);
        lines[kMetrics.size() + 1].add_test(null.eodd.p);
      });
    }
  }
}

}  // namespace

void add_counted(Program& program) {
  const Population two, eight{.classes = 8}, copies{.rows_per_lesion = 3, .copying = 0.8};
  add_table(program, "Metrics of counts: two classes, a row a lesion", populations(two, {0.03, 0.06, 0.12, 0.2, 0.3}),
            {200, 500, 1500, 5000});
  add_table(program, "Metrics of counts: two classes, 1 to 5 rows a lesion, of which 80 % repeat the one before",
            populations(copies, {0.12}, ", 1 to 5 rows a lesion"), {500, 1500, 5000});
  add_table(program, "Metrics of counts: eight classes", populations(eight, {0.12}, ", eight classes"),
            {500, 1500, 5000});
  // The old have more of class 1, so that their accuracy is lower, though equal cases are answered alike.
  const Population worse{.right = 0.9, .positives_less = 0.4};
  const Population positives{.right = 0.8, .sex_gap = 0.3, .old_gap = 0.3, .positives_only = true};
  add_table(program, "Metrics of counts: two classes, rates or gaps of one class alone",
            {{"fair, class 1 less often right", worse}, {"gaps in class 1 alone", positives}}, {200, 500, 1500});
}

}  // namespace flnas::metrics::test
