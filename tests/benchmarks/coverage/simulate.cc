#include "tests/benchmarks/coverage/simulate.h"

#include <fmt/format.h>

#include <atomic>
#include <cmath>
#include <cstdio>
#include <thread>

#include "harness/base/csv.h"
#include "harness/base/files.h"
#include "harness/metrics/fairness.h"

namespace flnas::metrics::test {
namespace {

/// Three standard errors of a share of so many samples, in per cent.
double error(double percent, double samples) { return 3 * std::sqrt(percent * (100 - percent) / samples); }

}  // namespace

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

void Line::add(const Line& other) {
  truth += other.truth, value += other.value, width += other.width;
  covered += other.covered, below += other.below, above += other.above, samples += other.samples;
  alarms += other.alarms, tests += other.tests;
}

bool Program::begin(const std::string& id, const std::string& title, double share) {
  if (!only_.empty() && only_ != id) return false;
  of_table_ = std::max(1, static_cast<int>(samples_ * share));
  fmt::print(
      "\n**{}.** {} samples a line.\n\n| figure | method | n | population | true | coverage, % | missed below, above, "
      "% "
      "| width | false alarms, % |\n|:--|:--|--:|:--|--:|--:|--:|--:|--:|\n",
      title, of_table_);
  return true;
}

std::vector<Line> Program::simulate(const std::string& population, int rows, std::size_t lines,
                                    const Sample& sample) const {
  const int samples = of_table_;
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
  const auto found = simulate(population, rows, titles.size(), sample);
  for (std::size_t at = 0; at < titles.size(); ++at) {
    const Line& line = found[at];
    const Title& title = titles[at];
    if (std::max(line.samples, line.tests) * 10 <= of_table_) continue;
    const auto name = fmt::format("{}, {}, n = {}, {}", title.figure, title.method, rows, population);
    std::string text =
        fmt::format("| {} | {}{} | {} | {} |", title.figure, title.method, title.chosen ? " *" : "", rows, population);
    if (line.samples > 0) {
      text += fmt::format(" {:.3f} | {:.1f} | {:.1f}, {:.1f} | {:.3f} |", line.truth / line.samples, line.coverage(),
                          100 * line.below / line.samples, 100 * line.above / line.samples, line.width / line.samples);
    } else {
      text += " | | | |";
    }
    text += line.tests > 0 ? fmt::format(" {:.1f} |", line.alarm_rate()) : " |";
    fmt::print("{}\n", text);
    const auto number = [](bool there, double value) { return there ? fmt::format("{:.4f}", value) : std::string(); };
    const bool covers = line.samples > 0;
    csv_ += csv_row({title.figure, title.method, title.chosen ? "yes" : "no", std::to_string(rows), population,
                     fmt::format("{:.0f}", std::max(line.samples, line.tests)),
                     number(covers, line.truth / line.samples), number(covers, line.coverage()),
                     number(covers, line.width / line.samples), number(line.tests > 0, line.alarm_rate())}) +
            "\n";
    if (!title.chosen) continue;
    if (line.samples > 0 && line.coverage() < least_) least_ = line.coverage(), least_line_ = name;
    if (line.tests > 0 && line.alarm_rate() > most_) most_ = line.alarm_rate(), most_line_ = name;
    if (line.samples > 0 && line.coverage() + error(kLeastCoverage, line.samples) < kLeastCoverage) {
      missed_.push_back(fmt::format("{}: coverage {:.1f} %", name, line.coverage()));
    }
    if (line.tests > 0 && line.alarm_rate() - error(kMostAlarms, line.tests) > kMostAlarms) {
      missed_.push_back(fmt::format("{}: false alarms {:.1f} %", name, line.alarm_rate()));
    }
  }
  std::fflush(stdout);
}

int Program::finish(const std::string& file) const {
  if (!file.empty()) write_file(file, csv_);
  fmt::print("\nOf the methods in use (*): least coverage {:.1f} % ({}), most false alarms {:.1f} % ({}).\n", least_,
             least_line_, most_, most_line_);
  for (const auto& line : missed_) fmt::print("- Misses its limit by more than three standard errors: {}\n", line);
  return static_cast<int>(missed_.size());
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

std::vector<Named> populations(const Population& base, const std::vector<double>& truths) {
  std::vector<Named> found{{"fair", base}};
  for (const double truth : truths) {
    for (const char* kind : {"sex", "age", "mixed"}) {
      found.push_back({fmt::format("{} {:.2f}", kind, truth), with_unfairness(base, kind, truth)});
    }
  }
  return found;
}

}  // namespace flnas::metrics::test
