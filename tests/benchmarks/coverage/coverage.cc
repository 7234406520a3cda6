// `make coverage`: minutes on two cores. Exit 1 where a method in use misses its limit.
#include <fmt/format.h>

#include <cstdlib>
#include <string>

#include "tests/benchmarks/coverage/simulate.h"

int main(int count, char** arguments) {
  using namespace flnas::metrics::test;
  const int samples = count > 1 ? std::atoi(arguments[1]) : 400;
  if (samples < 1 || count > 4) {
    fmt::print(stderr, "usage: coverage [SAMPLES] [all|gaps|counted|scored|paired|trainings [FILE.csv]]\n");
    return 2;
  }
  const std::string table = count > 2 ? arguments[2] : "all";
  fmt::print(
      "Nominal 95 % intervals and tests at 5 %, by simulation: at least {} % of the intervals of the method in use (*) "
      "have to hold the true value, and at most {} % of the tests may raise a false alarm. {} draws an interval.\n",
      kLeastCoverage, kMostAlarms, kDraws);
  Program program(samples, table == "all" ? "" : table);
  add_gap_methods(program);
  add_counted(program);
  add_scored(program);
  add_paired(program);
  add_trainings(program);
  return program.finish(count > 3 ? arguments[3] : "") == 0 ? 0 : 1;
}
