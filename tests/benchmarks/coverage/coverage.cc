// `make coverage`: minutes on two cores. Exit 1 where a method in use misses its limit.
#include <fmt/format.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "harness/base/error.h"
#include "tests/benchmarks/coverage/simulate.h"

namespace flnas::metrics::test {
namespace {

struct Options {
  int samples = 400;
  std::string table, csv;
};

constexpr const char* kUsage =
    "usage: coverage [--samples N] [--table NAME] [--csv FILE]\n"
    "  --samples N    samples of each line (400); four times as many where a line misses its limit\n"
    "  --table NAME   one of gaps, counted, scored, paired, trainings (all)\n"
    "  --csv FILE     keep the lines there as they are made; those that it has of N samples are not made again\n";

/// False where the words are none of these.
bool read(const std::vector<std::string>& words, Options& options) {
  for (std::size_t at = 0; at < words.size(); at += 2) {
    if (at + 1 == words.size()) return false;
    const std::string &flag = words[at], &value = words[at + 1];
    if (flag == "--samples") {
      options.samples = std::atoi(value.c_str());
    } else if (flag == "--table") {
      options.table = value;
    } else if (flag == "--csv") {
      options.csv = value;
    } else {
      return false;
    }
  }
  return options.samples > 0;
}

int run(const Options& options) {
  fmt::print(
      "Nominal 95 % intervals and tests at 5 %, by simulation: at least {} % of the intervals of the method in use (*) "
      "have to hold the true value, and at most {} % of the tests may raise a false alarm. {} draws an interval.\n",
      kLeastCoverage, kMostAlarms, kDraws);
  Program program(options.samples, options.table, options.csv);
  add_gap_methods(program);
  add_counted(program);
  add_scored(program);
  add_paired(program);
  add_trainings(program);
  return program.finish() == 0 ? 0 : 1;
}

}  // namespace
}  // namespace flnas::metrics::test

int main(int count, char** arguments) {
  flnas::metrics::test::Options options;
  if (!read({arguments + 1, arguments + count}, options)) {
    fmt::print(stderr, "{}", flnas::metrics::test::kUsage);
    return 2;
  }
  try {
    return run(options);
  } catch (const flnas::Error& error) {
    fmt::print(stderr, "coverage: {}\n", error.what());
    return 3;
  }
}
