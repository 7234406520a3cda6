#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "harness/nn/registry.h"

namespace flnas::nn {

class Classifier;

// NAS-Bench-201's space: a network repeats one cell, and a cell is one operation on each of six edges between four
// nodes, of which node 0 is the input and node 3 the output:
//
//     |e01~0|+|e02~0|e12~1|+|e03~0|e13~1|e23~2|        e12~1: the operation e12 on the edge from node 1 to node 2
//
// A node is the sum of its edges. Everything but the network is free of libtorch.
// Source: Dong and Yang, NAS-Bench-201: Extending the Scope of Reproducible NAS, ICLR 2020.

/// With the codes of the tables' columns e01 to e23.
enum class CellOperation : std::uint8_t { kNone, kSkipConnect, kConv1x1, kConv3x3, kAvgPool3x3 };
inline constexpr int kCellOperations = 5;
/// "none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3"
const char* to_string(CellOperation operation);

struct CellEdge {
  int from, to;
};
inline constexpr std::size_t kCellEdgeCount = 6;
inline constexpr std::array<CellEdge, kCellEdgeCount> kCellEdges = {{{0, 1}, {0, 2}, {1, 2}, {0, 3}, {1, 3}, {2, 3}}};

/// The operations on `kCellEdges`, in that order.
struct Cell {
  std::array<CellOperation, kCellEdgeCount> operations{};

  CellOperation operator[](std::size_t edge) const { return operations[edge]; }
  bool operator==(const Cell&) const = default;
};

/// Throws ConfigError: wrong number of nodes or edges, an unknown operation (with the nearest), an edge from the wrong
/// node or one that would close a cycle.
Cell parse_cell(std::string_view text);
std::string to_string(const Cell& cell);

/// How many edges carry the operation.
int count(const Cell& cell, CellOperation operation);

/// Whether a path without `none` leads from the input to the output; without one the logits do not see the image.
bool is_connected(const Cell& cell);

/// The canonical form: `none` on every edge that no such path uses. It computes the same function.
Cell reachable(const Cell& cell);

inline constexpr std::size_t kCellCount = 15625;  ///< 5^6

/// The row, from 0, that the tables of NAS-Bench-201, NATS-Bench and HW-NAS-Bench give a cell, and the cell of a row.
/// Source: the order is NAS-Bench-201's: cells counted up with e23 the lowest digit, then shuffled by Python 3 with
/// seed 88; computed here and equal to the published tables in all 15,625 rows.
std::size_t table_index(const Cell& cell);
/// Throws ConfigError from 15,625 on.
Cell cell_at(std::size_t index);

// The network's measures.
inline constexpr std::int64_t kCellChannels = 16;  ///< of the first stage; each further one has twice as many
inline constexpr int kCellStages = 3;
inline constexpr int kCellsPerStage = 5;

/// The same for a network that is not NAS-Bench-201's own.
struct CellNetworkShape {
  std::int64_t channels = kCellChannels;
  int stages = kCellStages;
  int cells_per_stage = kCellsPerStage;
};

/// What the network of a cell costs, in millions, by formula and without building it.
struct CellCost {
  double parameters_m = 0;
  double flops_m = 0;
};
/// As the tables' params_M and flops_M count, and equal to them for all cells: multiply-accumulates of convolutions and
/// the linear layer, two for each output of a batch norm, one for each of a ReLU, the window for each of an average
/// pooling, and the global average as a window of (side + 1)^2. Unreachable operations count.
CellCost cell_cost(const Cell& cell, const ModelOptions& options);

/// The network of a cell: 3x3 stem to 16 channels, three stages of five cells at 16, 32 and 64 channels with a residual
/// reduction block between them, batch norm and ReLU, global average, linear. Unreachable operations run, too.
/// Shapes: images [N, 3, S, S], S at least 4 -> logits [N, C].
/// Expected parameters at 10 classes: 73,306 with six times `none`, 1,531,546 with six times `nor_conv_3x3`.
/// Parameter names are those of the authors' TinyNetwork. Differs: `none` adds nothing, theirs a product with zero.
std::shared_ptr<Classifier> make_cell_network(const Cell& cell, const ModelOptions& options,
                                              const CellNetworkShape& shape = {});

}  // namespace flnas::nn
