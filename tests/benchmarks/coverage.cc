// How often intervals hold the true value and tests raise a false alarm, by simulation of data sets whose true rates
// are known. Prints Markdown tables: each line one population and sample size. `make coverage`: minutes on two cores.
#include <fmt/format.h>

#include <atomic>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "harness/metrics/fair_null.h"
#include "harness/metrics/figures.h"
#include "harness/metrics/paired.h"
#include "tests/metrics/population.h"

namespace flnas::metrics::test {
namespace {

constexpr int kDraws = 400;  // of each interval; a report takes 2,000 and more

/// What is added up over the samples of one line.
struct Tally {
  double truth = 0, value = 0, debiased = 0, width = 0, covered = 0, below = 0, above = 0, samples = 0;

  void add(double truth_here, double value_here, double debiased_here, double low, double high) {
    if (std::isnan(value_here)) return;
    constexpr double kRounding = 1e-9;
    ++samples;
    truth += truth_here, value += value_here, debiased += debiased_here, width += high - low;
    below += truth_here < low - kRounding ? 1 : 0;
    above += truth_here > high + kRounding ? 1 : 0;
    covered += low - kRounding <= truth_here && truth_here <= high + kRounding ? 1 : 0;
  }
  void add(const Tally& other) {
    truth += other.truth, value += other.value, debiased += other.debiased, width += other.width;
    covered += other.covered, below += other.below, above += other.above, samples += other.samples;
  }
  double mean(double sum) const { return sum / samples; }
  double percent(double sum) const { return 100 * sum / samples; }
};

/// Calls sample(number, tallies) for each sample, on all cores, and adds the tallies up; they do not depend on how many
/// cores there are.
std::vector<Tally> simulate(int samples, std::size_t lines,
                            const std::function<void(int, std::vector<Tally>&)>& sample) {
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  std::vector<std::vector<Tally>> found(static_cast<std::size_t>(samples), std::vector<Tally>(lines));
  std::atomic<int> next = 0;
  std::vector<std::thread> threads;
  for (unsigned core = 0; core < cores; ++core) {
    threads.emplace_back([&] {
      for (int at = next++; at < samples; at = next++) sample(at, found[static_cast<std::size_t>(at)]);
    });
  }
  for (auto& thread : threads) thread.join();
  std::vector<Tally> sum(lines);
  for (const auto& one : found) {
    for (std::size_t line = 0; line < lines; ++line) sum[line].add(one[line]);
  }
  return sum;
}

struct Named {
  std::string name;
  Population people;
};

/// The population of that kind whose unfairness sum is `truth`.
Population with_unfairness(Population people, const std::string& kind, double truth) {
  const auto scaled = [&](double size) {
    Population scaled_people = people;
    const bool sex = kind == "sex", age = kind == "age";
    scaled_people.sex_gap = age ? 0 : sex ? size : size / 2;
    scaled_people.young_gap = sex ? 0 : age ? size : size / 2;
    scaled_people.old_gap = sex || age ? 0 : 0.7 * size;
    return scaled_people;
  };
  if (truth == 0) return people;
  double low = 0, high = 0.7;
  for (int i = 0; i < 40; ++i) {
    const double middle = (low + high) / 2;
    (evaluate(people.empty(), scaled(middle).expected()).unfairness_sum < truth ? low : high) = middle;
  }
  return scaled(low);
}

std::vector<Named> populations(const Population& base, const std::vector<double>& truths) {
  std::vector<Named> found{{"fair", base}};
  for (const double truth : truths) {
    for (const char* kind : {"sex", "age", "mixed"}) found.push_back({kind, with_unfairness(base, kind, truth)});
  }
  return found;
}

std::uint64_t seed_of(int rows, int sample) {
  return mix_seed(static_cast<std::uint64_t>(rows), static_cast<std::uint64_t>(sample));
}

using Values = MetricSet<double>;
using Set = MetricSet<Figure>;
struct Metric {
  const char* name;
  double Values::*truth;
  Figure Set::*figure;
};
const std::vector<Metric> kMetrics{
    {"accuracy", &Values::accuracy, &Set::accuracy},
    {"balanced_accuracy", &Values::balanced_accuracy, &Set::balanced_accuracy},
    {"worst_group", &Values::worst_group, &Set::worst_group},
    {"unfairness_sum", &Values::unfairness_sum, &Set::unfairness_sum},
    {"eodd", &Values::eodd, &Set::eodd},
    {"eopp1", &Values::eopp1, &Set::eopp1},
    {"eopp2", &Values::eopp2, &Set::eopp2},
    {"sum_abs_dtpr", &Values::sum_abs_dtpr, &Set::sum_abs_dtpr},
    {"sum_abs_dtpr_plus_dfpr", &Values::sum_abs_dtpr_plus_dfpr, &Set::sum_abs_dtpr_plus_dfpr}};

void metrics_table(const std::string& title, const std::vector<Named>& people, const std::vector<int>& sizes,
                   int samples, double& least) {
  fmt::print(
      "\n**{}.** {} samples a line.\n\n| metric | n | population | true | coverage % | missed below, above % | "
      "width | bias of the formula | of the debiased |\n|:--|--:|:--|--:|--:|:--|--:|--:|--:|\n",
      title, samples);
  for (const int rows : sizes) {
    for (const auto& [name, population] : people) {
      const auto expected = population.expected();
      const auto tallies = simulate(samples, kMetrics.size(), [&](int sample, std::vector<Tally>& found) {
        Random random(seed_of(rows, sample));
        const Outcomes drawn = population.draw(rows, random);
        const auto measured = measure(drawn, kMinSupport, {.resamples = kDraws, .seed = random.bits()});
        const auto truth = evaluate(drawn, expected, measured.support);
        for (std::size_t at = 0; at < kMetrics.size(); ++at) {
          const Figure& figure = measured.set.*kMetrics[at].figure;
          const double debiased = std::isnan(figure.debiased) ? figure.value : figure.debiased;
          found[at].add(truth.*kMetrics[at].truth, figure.value, debiased, figure.low, figure.high);
        }
      });
      for (std::size_t at = 0; at < kMetrics.size(); ++at) {
        const Tally& line = tallies[at];
        if (line.samples < samples / 2) continue;
        least = std::min(least, line.percent(line.covered));
        fmt::print("| {} | {} | {} | {:.3f} | {:.1f} | {:.1f}, {:.1f} | {:.3f} | {:+.3f} | {:+.3f} |\n",
                   kMetrics[at].name, rows, name, line.mean(line.truth), line.percent(line.covered),
                   line.percent(line.below), line.percent(line.above), line.mean(line.width),
                   line.mean(line.value - line.truth), line.mean(line.debiased - line.truth));
      }
      std::fflush(stdout);
    }
  }
}

/// The ways to make an interval of a sum of absolute gaps, beside each other: coverage and width of each.
void methods_table(const std::vector<Named>& people, int rows, int samples) {
  const std::vector<std::pair<const char*, GapMethod>> methods{{"percentile", GapMethod::kPercentile},
                                                               {"basic", GapMethod::kBasic},
                                                               {"projection", GapMethod::kProjection},
                                                               {"scaling", GapMethod::kScaling},
                                                               {"inversion", GapMethod::kInversion}};
  fmt::print(
      "\n**Ways to make an interval of absolute gaps.** n = {}, {} samples a line; coverage %, mean width.\n\n"
      "| metric | population | true |",
      rows, samples);
  for (const auto& [name, method] : methods) fmt::print(" {} |", name);
  fmt::print("\n|:--|:--|--:|--:|--:|--:|--:|--:|\n");
  for (const auto& [name, population] : people) {
    const auto expected = population.expected();
    const std::vector<std::pair<const char*, std::size_t>> metrics{{"unfairness_sum", 1}, {"eodd", 2}};
    const auto tallies = simulate(samples, metrics.size() * methods.size(), [&](int sample, std::vector<Tally>& found) {
      Random random(seed_of(rows, sample));
      const Outcomes drawn = population.draw(rows, random);
      const auto support = support_of(drawn, tally(drawn));
      const GapTerms terms(drawn, support);
      const auto noisy = noisy_gaps(drawn, terms, {.resamples = kDraws, .seed = random.bits()});
      const auto truth = evaluate(drawn, expected, support);
      std::size_t line = 0;
      for (const auto& [metric, index] : metrics) {
        for (const auto& [method_name, method] : methods) {
          const auto estimate = gap_interval(terms.sums()[index], noisy, 0.95, method);
          found[line++].add(truth.*kGapMetrics[index], estimate.value, estimate.debiased, estimate.low, estimate.high);
        }
      }
    });
    std::size_t line = 0;
    for (const auto& [metric, index] : metrics) {
      fmt::print("| {} | {} | {:.3f} |", metric, name, tallies[line].mean(tallies[line].truth));
      for (std::size_t method = 0; method < methods.size(); ++method, ++line) {
        fmt::print(" {:.1f}, {:.3f} |", tallies[line].percent(tallies[line].covered),
                   tallies[line].mean(tallies[line].width));
      }
      fmt::print("\n");
    }
    std::fflush(stdout);
  }
}

/// A second classifier on the same rows: with probability `alike` a lesion gets the first one's answers, else new ones.
Outcomes second_answers(const Population& people, const Outcomes& first, double alike, Random& random) {
  Outcomes second = first;
  bool same = false;
  for (std::size_t row = 0; row < first.labels.size(); ++row) {
    const bool begins = row == 0 || first.lesions[row] != first.lesions[row - 1];
    if (begins) same = random.uniform() < alike;
    if (same) continue;
    if (!begins && random.uniform() < people.copying) {
      second.predictions[row] = second.predictions[row - 1];
    } else {
      second.predictions[row] = people.answer_of(first.groups[0][row], first.groups[1][row], first.labels[row], random);
    }
  }
  return second;
}

/// False alarms at 5 % of two classifiers with the same rates, and of the test for fairness of fair ones; coverage of
/// the paired differences, whose truth is 0.
void tests_table(const std::vector<Named>& people, const std::vector<int>& sizes, int samples, double& most) {
  struct Compared {
    const char* name;
    Difference MetricSet<Difference>::*gap;
  };
  using Gaps = MetricSet<Difference>;
  const std::vector<Compared> compared{{"accuracy", &Gaps::accuracy},
                                       {"balanced_accuracy", &Gaps::balanced_accuracy},
                                       {"worst_group", &Gaps::worst_group},
                                       {"unfairness_sum", &Gaps::unfairness_sum},
                                       {"eodd", &Gaps::eodd}};
  fmt::print(
      "\n**False alarms of the tests at 5 %, coverage of paired differences.** Two classifiers with the same "
      "rates, half of whose answers are the same; {} samples a line.\n\n| test | n | population | false alarms % "
      "| coverage % | width |\n|:--|--:|:--|--:|--:|--:|\n",
      samples);
  for (const int rows : sizes) {
    for (const auto& [name, population] : people) {
      const std::size_t lines = compared.size() + 4;
      const auto tallies = simulate(samples, lines, [&](int sample, std::vector<Tally>& found) {
        Random random(seed_of(rows, sample));
        const Outcomes first = population.draw(rows, random);
        const Outcomes second = second_answers(population, first, 0.5, random);
        const auto support = support_of(first, tally(first));
        const BootstrapConfig config{.resamples = kDraws, .seed = random.bits()};
        const auto gaps =
            paired_difference(first, second, support, weigh(first, support, config), weigh(second, support, config));
        std::size_t line = 0;
        const auto alarm = [&](Tally& at, double p) { at.above += p <= 0.05 ? 1 : 0; };
        for (const auto& [metric, gap] : compared) {
          const Difference& here = gaps.*gap;
          found[line].add(0, here.value, here.value, here.low, here.high);
          found[line].above = 0;
          alarm(found[line++], here.p);
        }
        std::int64_t only_first = 0, only_second = 0;
        for (std::size_t row = 0; row < first.labels.size(); ++row) {
          const bool one = first.predictions[row] == first.labels[row],
                     other = second.predictions[row] == second.labels[row];
          only_first += one && !other ? 1 : 0;
          only_second += other && !one ? 1 : 0;
        }
        const auto floor = fair_null(first, support, {.draws = 199, .seed = config.seed});
        for (const double p : {mcnemar_by_lesion(first, second), mcnemar(only_first, only_second),
                               floor.unfairness_sum.p, floor.eodd.p}) {
          found[line].samples = std::isnan(p) ? 0 : 1;
          alarm(found[line++], p);
        }
      });
      const std::vector<std::string> others{"McNemar by lesion", "McNemar by row, for comparison",
                                            "fair model, unfairness_sum", "fair model, eodd"};
      for (std::size_t line = 0; line < lines; ++line) {
        const Tally& here = tallies[line];
        const bool is_difference = line < compared.size();
        const std::string test =
            is_difference ? fmt::format("difference of {}", compared[line].name) : others[line - compared.size()];
        const bool of_fair_models = line >= lines - 2;
        if (of_fair_models && !name.starts_with("fair")) continue;
        if (test != others[1]) most = std::max(most, here.percent(here.above));
        fmt::print("| {} | {} | {} | {:.1f} |", test, rows, name, here.percent(here.above));
        if (is_difference) {
          fmt::print(" {:.1f} | {:.3f} |\n", here.percent(here.covered), here.mean(here.width));
        } else {
          fmt::print(" | |\n");
        }
      }
      std::fflush(stdout);
    }
  }
}

int run(int samples) {
  double least = 100, most = 0;
  const std::vector<double> truths{0.03, 0.06, 0.12, 0.2, 0.3};
  const Population two, eight{.classes = 8}, copies{.rows_per_lesion = 3, .copying = 0.8};
  fmt::print("Nominal 95 % intervals; the least that is asked for is 93 %. {} draws an interval.\n", kDraws);
  methods_table(populations(two, {0.03, 0.12, 0.3}), 500, samples);
  metrics_table("Two classes, a row a lesion", populations(two, truths), {200, 500, 1500, 5000}, samples, least);
  metrics_table("Two classes, 1 to 5 rows a lesion, of which 80 % repeat the one before", populations(copies, {0.12}),
                {500, 1500}, samples, least);
  metrics_table("Eight classes", populations(eight, {0.12}), {500, 1500}, samples, least);
  std::vector<Named> tested{{"fair", two}, {"sex", with_unfairness(two, "sex", 0.2)}, {"fair, copies", copies}};
  tests_table(tested, {200, 500, 1500}, samples, most);
  fmt::print("\nLeast coverage {:.1f} %, most false alarms {:.1f} %.\n", least, most);
  return 0;
}

}  // namespace
}  // namespace flnas::metrics::test

int main(int count, char** arguments) { return flnas::metrics::test::run(count > 1 ? std::atoi(arguments[1]) : 400); }
