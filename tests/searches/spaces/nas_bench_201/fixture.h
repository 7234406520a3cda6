#pragma once

#include <string>
#include <vector>

#include "harness/nn/nas_bench_201/nas_bench_201.h"
#include "searches/spaces/nas_bench_201/cell_space.h"
#include "tests/base/fixture.h"

namespace flnas::test {

/// NAS-Bench-201's cells with made-up figures that trade off: convolutions cost and help, skip connections help a
/// little.
struct MadeUpCells {
  std::vector<double> cost = std::vector<double>(kNasCells);
  searches::CellProblem problem;
  searches::Partition six = searches::convolution_partition();
  searches::Partition one = searches::no_partition();

  MadeUpCells() {
    problem.dataset = "toy";
    problem.device = "phone";
    problem.cost_name = "latency";
    problem.accuracy.resize(kNasCells);
    problem.legal.assign(kNasCells, false);
    for (std::size_t index = 0; index < kNasCells; ++index) {
      const nn::Cell cell = nn::cell_at(index);
      double gain = 0;
      for (std::size_t edge = 0; edge < nn::kCellEdgeCount; ++edge) {
        static constexpr double kCost[] = {0, 0.1, 1, 5, 0.5}, kGain[] = {0, 1, 4, 8, 0.5};
        const auto code = static_cast<std::size_t>(cell[edge]);
        cost[index] += kCost[code];
        gain += kGain[code] / (1 + static_cast<double>(edge) / 10);
      }
      problem.accuracy[index] = 40 + gain;
      if (!nn::is_connected(cell)) continue;
      problem.legal[index] = true;
      problem.candidates.push_back(static_cast<searches::Candidate>(index));
    }
    problem.cost = cost;
  }
};

inline searches::Candidate cell_index(const std::string& text) {
  return static_cast<searches::Candidate>(nn::table_index(nn::parse_cell(text)));
}

}  // namespace flnas::test
