// The order of NAS-Bench-201's rows: Python's random.seed(88); random.shuffle(cells).
#include <fmt/format.h>

#include <array>
#include <bit>
#include <cstdint>
#include <numeric>
#include <random>
#include <utility>

#include "harness/base/error.h"
#include "harness/nn/nas_bench_201/nas_bench_201.h"

namespace flnas::nn {
namespace {

/// Gives std::mt19937 the state that Python gives its own for a small integer seed.
/// Source: Matsumoto and Nishimura, Mersenne Twister, init_by_array of mt19937ar.c, with one key.
class PythonSeed {
 public:
  using result_type = std::uint32_t;
  explicit PythonSeed(std::uint32_t key) : key_(key) {}

  template <class Iterator>
  void generate(Iterator begin, Iterator end) const {
    constexpr std::uint32_t kSize = 624;
    std::array<std::uint32_t, kSize> state;
    const auto mixed = [&](std::uint32_t i) { return state[i - 1] ^ (state[i - 1] >> 30); };
    state[0] = 19650218;
    for (std::uint32_t i = 1; i < kSize; ++i) state[i] = 1812433253u * mixed(i) + i;
    std::uint32_t i = 1;
    const auto step = [&] {
      if (++i < kSize) return;
      state[0] = state[kSize - 1];
      i = 1;
    };
    for (std::uint32_t k = 0; k < kSize; ++k, step()) state[i] = (state[i] ^ (mixed(i) * 1664525u)) + key_;
    for (std::uint32_t k = 1; k < kSize; ++k, step()) state[i] = (state[i] ^ (mixed(i) * 1566083941u)) - i;
    state[0] = 0x80000000u;
    std::copy_n(state.begin(), end - begin, begin);
  }

 private:
  std::uint32_t key_;
};

/// The cell as a number of base 5, e01 being the highest digit.
std::uint16_t digits(const Cell& cell) {
  unsigned value = 0;
  for (const CellOperation operation : cell.operations)
    value = value * kCellOperations + static_cast<unsigned>(operation);
  return static_cast<std::uint16_t>(value);
}

struct Order {
  std::array<std::uint16_t, kCellCount> cell_of_row, row_of_cell;

  Order() {
    std::iota(cell_of_row.begin(), cell_of_row.end(), std::uint16_t{0});
    PythonSeed seed(88);
    std::mt19937 engine(seed);
    for (std::uint32_t i = kCellCount - 1; i > 0; --i) {
      const int shift = std::countl_zero(i + 1);
      std::uint32_t j = engine() >> shift;
      while (j > i) j = engine() >> shift;
      std::swap(cell_of_row[i], cell_of_row[j]);
    }
    for (std::size_t row = 0; row < kCellCount; ++row) row_of_cell[cell_of_row[row]] = static_cast<std::uint16_t>(row);
  }
};

const Order& order() {
  static const Order instance;
  return instance;
}

}  // namespace

std::size_t table_index(const Cell& cell) { return order().row_of_cell[digits(cell)]; }

Cell cell_at(std::size_t index) {
  if (index >= kCellCount) {
    throw ConfigError(fmt::format("there is no cell {}: the last one of NAS-Bench-201 is {}", index, kCellCount - 1));
  }
  unsigned value = order().cell_of_row[index];
  Cell cell;
  for (std::size_t i = kCellEdgeCount; i-- > 0; value /= kCellOperations) {
    cell.operations[i] = static_cast<CellOperation>(value % kCellOperations);
  }
  return cell;
}

}  // namespace flnas::nn
