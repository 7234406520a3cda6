// Several trainings of a model, in one or in several folds: lesions and training seeds as levels.
#include "harness/metrics/comparison/two_level.h"
#include "harness/metrics/figures/figures.h"
#include "tests/benchmarks/coverage/simulate.h"

namespace flnas::metrics::test {
namespace {

constexpr double kTraining = 0.03;  // standard deviation of a training's rate
constexpr int kRows = 500;

/// One training's answers, of a fold's own training each; a lesion's difficulty is the same for all trainings.
Outcomes trained(const Outcomes& rows, const std::vector<double>& difficulty, int folds, Random& random) {
  std::vector<double> right;
  for (int fold = 0; fold < folds; ++fold) right.push_back(0.75 + kTraining * random.normal());
  Outcomes answers = rows;
  for (std::size_t row = 0; row < rows.labels.size(); ++row) {
    const auto lesion = static_cast<std::size_t>(rows.lesions[row]);
    // Half of the answers are the lesion's own, right or wrong for every training.
    const double chance = random.uniform() < 0.5 ? difficulty[lesion] : random.uniform();
    const bool is_right = chance < right[lesion % right.size()];
    answers.predictions[row] = is_right ? rows.labels[row] : 1 - rows.labels[row];
  }
  return answers;
}

struct Metric {
  const char* name;
  const char* key;
};
const std::vector<Metric> kMetrics{{"mean accuracy", "accuracy"}, {"mean balanced accuracy", "balanced_accuracy"}};

Trainings drawn(const std::vector<Outcomes>& trainings, const Support& support, const char* metric,
                const BootstrapConfig& config) {
  Trainings found;
  for (const Outcomes& training : trainings) {
    const auto set = evaluate(training, tally(training), support);
    found.values.push_back(metric == std::string("accuracy") ? set.accuracy : set.balanced_accuracy);
    found.draws.push_back(draws_of(weigh(training, support, config), metric));
  }
  return found;
}

}  // namespace

void add_trainings(Program& program) {
  if (!program.begin("trainings", "Several trainings of a model")) return;
  std::vector<Title> titles;
  for (const Metric& metric : kMetrics) {
    titles.push_back({metric.name, "variances of both levels, Student"});
    titles.push_back({std::string("difference of ") + metric.name, "variances of both levels, Student"});
    titles.push_back({std::string("difference of ") + metric.name, "trainings' degrees apart", false});
    titles.push_back({metric.name, "first training alone, Agresti and Coull", false});
  }
  for (const auto& [name, seeds, folds, rows_per_lesion] :
       {std::tuple{"2 seeds", 2, 1, 1}, std::tuple{"3 seeds", 3, 1, 1}, std::tuple{"5 seeds", 5, 1, 1},
        std::tuple{"3 seeds, 1 to 5 rows a lesion", 3, 1, 3}, std::tuple{"3 seeds in 5 folds", 3, 5, 1}}) {
    program.lines(name, kRows, titles,
                  [&, seeds = seeds, folds = folds, people = Population{.rows_per_lesion = rows_per_lesion}](
                      std::uint64_t seed, std::vector<Line>& lines) {
                    Random random(seed);
                    const Outcomes rows = people.draw(kRows, random);
                    std::vector<double> difficulty(static_cast<std::size_t>(lesion_count(rows)));
                    for (double& each : difficulty) each = random.uniform();
                    std::vector<Outcomes> first, second;
                    for (int training = 0; training < seeds; ++training) {
                      first.push_back(trained(rows, difficulty, folds, random));
                      second.push_back(trained(rows, difficulty, folds, random));
                    }
                    const auto support = support_of(rows, tally(rows));
                    const BootstrapConfig config{.resamples = kDraws, .seed = random.bits()};
                    const auto alone = measure(first[0], kMinSupport, {.resamples = 10}).set;
                    std::size_t line = 0;
                    for (const Metric& metric : kMetrics) {
                      const auto of_first = drawn(first, support, metric.key, config);
                      const auto of_second = drawn(second, support, metric.key, config);
                      const TwoLevel mean = two_level(of_first);
                      lines[line++].add(0.75, mean.mean, mean.low, mean.high);
                      const auto gap = two_level_difference(of_first, of_second);
                      lines[line].add(0, gap.value, gap.low, gap.high);
                      lines[line++].add_test(gap.p);
                      const auto apart = two_level_difference(of_first, of_second, Rules::kVersion2);
                      lines[line++].add(0, apart.value, apart.low, apart.high);
                      const Figure& single =
                          metric.key == std::string("accuracy") ? alone.accuracy : alone.balanced_accuracy;
                      lines[line++].add(0.75, single.value, single.low, single.high);
                    }
                  });
  }
}

}  // namespace flnas::metrics::test
