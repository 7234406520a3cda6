#include "harness/latency/calibration/tflite_fused_cell.h"

#include <array>
#include <vector>

namespace flnas {
namespace {

using nn::CellOperation;
using nn::OperationKind;

constexpr int kNodes = 4;
constexpr int kOutput = 3;

/// One cell, its operations by the nodes of their edges, with the skips from nodes without inputs removed.
class Graph {
 public:
  explicit Graph(const nn::Cell& cell) {
    for (std::size_t i = 0; i < nn::kCellEdgeCount; ++i) {
      const auto [from, to] = nn::kCellEdges[i];
      CellOperation operation = cell[i];
      if (operation == CellOperation::kSkipConnect && from > 0 && inputs(from) == 0) operation = CellOperation::kNone;
      edge(from, to) = operation;
    }
  }

  CellOperation at(int from, int to) const { return edges_[static_cast<std::size_t>(to * kNodes + from)]; }

  int inputs(int node) const {
    int count = 0;
    for (int from = 0; from < node; ++from) count += at(from, node) != CellOperation::kNone ? 1 : 0;
    return count;
  }

  /// Whether the node's value is that of one convolution, whose weights can take up a factor of zero.
  bool is_single_convolution(int node) const {
    if (node == 0) return false;
    if (node == 2 && inputs(2) == 0) return is_single_convolution(1);
    if (inputs(node) != 1) return false;
    int from = 0;
    while (at(from, node) == CellOperation::kNone) ++from;
    const CellOperation operation = at(from, node);
    if (operation == CellOperation::kSkipConnect) return is_single_convolution(from);
    return operation == CellOperation::kConv1x1 || operation == CellOperation::kConv3x3;
  }

  /// Whether what computes `from` runs because of this edge.
  bool keeps_source(int from, int to) const {
    if (at(from, to) != CellOperation::kNone) return true;
    return !(from == 1 && to == kOutput) && is_single_convolution(from);
  }

 private:
  CellOperation& edge(int from, int to) { return edges_[static_cast<std::size_t>(to * kNodes + from)]; }
  std::array<CellOperation, kNodes * kNodes> edges_{};
};

void add_node(const Graph& graph, int node, ExecutedOperations& executed) {
  for (int from = 0; from < node; ++from) {
    const CellOperation operation = graph.at(from, node);
    executed.conv_3x3 += operation == CellOperation::kConv3x3 ? 1 : 0;
    executed.conv_1x1 += operation == CellOperation::kConv1x1 ? 1 : 0;
    executed.pooling += operation == CellOperation::kAvgPool3x3 ? 1 : 0;
  }
  const int inputs = graph.inputs(node);
  executed.additions += inputs > 1 ? inputs - 1 : 0;
}

// Operations as nn::measure_cost lists them: float32, one image, square maps.

std::int64_t map_bytes(std::int64_t channels, std::int64_t side) { return 4 * channels * side * side; }

nn::Operation convolution(std::int64_t in, std::int64_t out, std::int64_t kernel, std::int64_t side, int stride = 1) {
  const std::int64_t weights = in * out * kernel * kernel;
  return {.name = "conv2d",
          .kind = OperationKind::kConvolution,
          .shape = {1, out, side / stride, side / stride},
          .macs = weights * (side / stride) * (side / stride),
          .bytes = 4 * weights + map_bytes(in, side) + map_bytes(out, side / stride),
          .kernel = kernel};
}

nn::Operation pooling(std::int64_t channels, std::int64_t side, std::int64_t out_side) {
  return {.name = "avg_pool2d",
          .kind = OperationKind::kPooling,
          .shape = {1, channels, out_side, out_side},
          .bytes = map_bytes(channels, side) + map_bytes(channels, out_side)};
}

nn::Operation addition(std::int64_t channels, std::int64_t side) {
  return {.name = "add",
          .kind = OperationKind::kElementwise,
          .shape = {1, channels, side, side},
          .bytes = 3 * map_bytes(channels, side)};
}

}  // namespace

ExecutedOperations executed_operations(const nn::Cell& cell) {
  const Graph graph(cell);
  ExecutedOperations executed;
  std::array<bool, kNodes> needed{};
  needed[kOutput] = true;
  for (int node = kOutput; node > 0; --node) {
    if (!needed[static_cast<std::size_t>(node)]) continue;
    add_node(graph, node, executed);
    for (int from = 1; from < node; ++from) {
      if (graph.keeps_source(from, node)) needed[static_cast<std::size_t>(from)] = true;
    }
  }
  return executed;
}

nn::Cost executed_cost(const ExecutedOperations& cell, std::int64_t size, std::int64_t classes) {
  nn::Cost cost;
  std::vector<nn::Operation>& list = cost.operations;
  std::int64_t channels = nn::kCellChannels, side = size;
  list.push_back(convolution(3, channels, 3, side));
  for (int stage = 0; stage < nn::kCellStages; ++stage) {
    if (stage > 0) {
      list.push_back(convolution(channels, 2 * channels, 3, side, 2));
      list.push_back(convolution(2 * channels, 2 * channels, 3, side / 2));
      list.push_back(pooling(channels, side, side / 2));
      list.push_back(convolution(channels, 2 * channels, 1, side / 2));
      list.push_back(addition(2 * channels, side / 2));
      channels *= 2, side /= 2;
    }
    list.insert(list.end(), nn::kCellsPerStage * cell.conv_3x3, convolution(channels, channels, 3, side));
    list.insert(list.end(), nn::kCellsPerStage * cell.conv_1x1, convolution(channels, channels, 1, side));
    list.insert(list.end(), nn::kCellsPerStage * cell.pooling, pooling(channels, side, side));
    list.insert(list.end(), nn::kCellsPerStage * cell.additions, addition(channels, side));
  }
  list.push_back(pooling(channels, side, 1));
  list.push_back({.name = "linear",
                  .kind = OperationKind::kLinear,
                  .shape = {1, classes},
                  .macs = channels * classes,
                  .bytes = 4 * (channels + classes + channels * classes + classes)});
  for (const auto& operation : list) cost.macs += operation.macs, cost.bytes += operation.bytes;
  return cost;
}

}  // namespace flnas
