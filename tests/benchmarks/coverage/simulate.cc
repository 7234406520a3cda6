#include "tests/benchmarks/coverage/simulate.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdio>
#include <numeric>
#include <stdexcept>
#include <thread>

#include "harness/metrics/rates/fairness.h"

namespace flnas::metrics::test {
void Line::add(double truth_here, double value_here, double low, double high) {
  if (std::isnan(value_here) || std::isnan(low) || std::isnan(high)) return;
  constexpr double kRounding = 1e-9;
  ++samples;
  truth += truth_here, value += value_here, width += high - low;
  below += truth_here < low - kRounding ? 1 : 0;
  above += truth_here > high + kRounding ? 1 : 0;
  covered += low - kRounding <= truth_here && truth_here <= high + kRounding ? 1 : 0;
}

void Line::add_test(double p) {
  if (std::isnan(p)) return;
  ++tests;
  alarms += p <= 0.05 ? 1 : 0;
}

bool Line::misses() const { return 100 * covered < kLeastCoverage * samples || 100 * alarms > kMostAlarms * tests; }

void Line::add(const Line& other) {
  truth += other.truth, value += other.value, width += other.width;
  covered += other.covered, below += other.below, above += other.above, samples += other.samples;
  alarms += other.alarms, tests += other.tests;
}

bool Program::begin(const std::string& id, const std::string& title) {
  if (!only_.empty() && only_ != id) return false;
  table_ = id;
  fmt::print(
      "\n**{}.** {} samples a line.\n\n| figure | method | n | population | true | coverage, % | missed below, above, "
      "% | width | false alarms, % |\n|:--|:--|--:|:--|--:|--:|--:|--:|--:|\n",
      title, samples_);
  return true;
}

bool Program::wants(const std::string& population, int rows) const {
  return !file_.has(table_, rows, population, samples_);
}

std::vector<Line> Program::simulate(const std::string& population, int rows, std::size_t lines, int samples,
                                    const Sample& sample) const {
  std::uint64_t first = static_cast<std::uint64_t>(rows);  // populations do not share their luck
  for (const char letter : population) first = mix_seed(first, static_cast<unsigned char>(letter));
  std::vector<std::vector<Line>> found(static_cast<std::size_t>(samples), std::vector<Line>(lines));
  std::atomic<int> next = 0;
  std::vector<std::thread> threads;
  for (unsigned core = 0; core < std::max(1U, std::thread::hardware_concurrency()); ++core) {
    threads.emplace_back([&] {
      for (int at = next++; at < samples; at = next++) {
        sample(mix_seed(first, static_cast<std::uint64_t>(at)), found[static_cast<std::size_t>(at)]);
      }
    });
  }
  for (auto& thread : threads) thread.join();
  std::vector<Line> sum(lines);  // in one order, whatever the number of cores
  for (const auto& one : found) {
    for (std::size_t line = 0; line < lines; ++line) sum[line].add(one[line]);
  }
  return sum;
}

void Program::lines(const std::string& population, int rows, const std::vector<Title>& titles, const Sample& sample) {
  if (!drawn_.insert(table_ + "/" + population + "/" + std::to_string(rows)).second) {
    throw std::logic_error(table_ + " has two populations of the name " + population);
  }
  if (!wants(population, rows)) return;
  int samples = samples_;
  auto found = simulate(population, rows, titles.size(), samples, sample);
  const auto in_doubt = [&](std::size_t at) { return titles[at].chosen && found[at].misses(); };
  std::vector<std::size_t> places(titles.size());
  std::iota(places.begin(), places.end(), std::size_t{0});
  if (std::any_of(places.begin(), places.end(), in_doubt)) {
    samples *= kMoreSamples;
    found = simulate(population, rows, titles.size(), samples, sample);
  }
  std::vector<std::vector<std::string>> kept;
  for (std::size_t at = 0; at < titles.size(); ++at) {
    const Line& line = found[at];
    const Title& title = titles[at];
    if (std::max(line.samples, line.tests) * 10 <= samples) continue;
    const bool covers = line.samples > 0, tests = line.tests > 0;
    const Share covered = covers ? share_of(line.covered, line.samples) : Share{};
    const Share alarms = tests ? share_of(line.alarms, line.tests) : Share{};
    std::string text =
        fmt::format("| {} | {}{} | {} | {} |", title.figure, title.method, title.chosen ? " *" : "", rows, population);
    text +=
        covers ? fmt::format(" {:.3f} | {:.1f} [{:.1f}, {:.1f}] | {:.1f}, {:.1f} | {:.3f} |", line.truth / line.samples,
                             covered.percent, covered.low, covered.high, 100 * line.below / line.samples,
                             100 * line.above / line.samples, line.width / line.samples)
               : " | | | |";
    text += tests ? fmt::format(" {:.1f} [{:.1f}, {:.1f}] |", alarms.percent, alarms.low, alarms.high) : " |";
    fmt::print("{}\n", text);
    const auto number = [](bool there, double value, int digits) {
      return there ? fmt::format("{:.{}f}", value, digits) : std::string();
    };
    kept.push_back({table_, title.figure, title.method, title.chosen ? "yes" : "no", std::to_string(rows), population,
                    fmt::format("{:.0f}", std::max(line.samples, line.tests)),
                    number(covers, line.truth / line.samples, 4), number(covers, covered.percent, 2),
                    number(covers, covered.low, 2), number(covers, covered.high, 2),
                    number(covers, line.width / line.samples, 4), number(tests, alarms.percent, 2),
                    number(tests, alarms.low, 2), number(tests, alarms.high, 2)});
  }
  std::fflush(stdout);
  file_.replace(table_, rows, population, std::move(kept));
}

int Program::finish() const {
  const auto found = file_.summary();
  fmt::print(
      "\nOf the methods in use (*), {} lines: least coverage {:.1f} % ({}), most false alarms {:.1f} % ({}). In "
      "brackets "
      "the simulation's own error (Clopper and Pearson, 95 %).\n",
      found.lines, found.least, found.least_line, found.most, found.most_line);
  for (const auto& line : found.missed) fmt::print("- Misses its limit by more than that: {}\n", line);
  return static_cast<int>(found.missed.size());
}

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

std::vector<Named> populations(const Population& base, const std::vector<double>& truths, const std::string& who) {
  std::vector<Named> found{{"fair" + who, base}};
  for (const double truth : truths) {
    for (const char* kind : {"sex", "age", "mixed"}) {
      found.push_back({fmt::format("{} {:.2f}{}", kind, truth, who), with_unfairness(base, kind, truth)});
    }
  }
  return found;
}

}  // namespace flnas::metrics::test
