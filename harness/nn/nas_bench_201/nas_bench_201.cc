#include "harness/nn/nas_bench_201/nas_bench_201.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "harness/base/error.h"
#include "harness/base/names.h"
#include "harness/base/text.h"

namespace flnas::nn {
namespace {

constexpr const char* kNames[kCellOperations] = {"none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3",
                                                 "avg_pool_3x3"};
constexpr int kNodes = 4;

[[noreturn]] void fail(std::string_view text, const std::string& problem) {
  throw ConfigError(fmt::format("cell '{}': {}; expected |op~0|+|op~0|op~1|+|op~0|op~1|op~2|", text, problem));
}

CellOperation parse_operation(std::string_view text, std::string_view name) {
  static const std::vector<std::string> names(std::begin(kNames), std::end(kNames));
  try {
    return static_cast<CellOperation>(find_name("operation", name, names));
  } catch (Error& error) {
    error.add_context(fmt::format("cell '{}'", text));
    throw;
  }
}

/// One edge, "nor_conv_3x3~1".
CellOperation parse_edge(std::string_view text, std::string_view edge, const CellEdge& expected) {
  const std::size_t tilde = edge.rfind('~');
  if (tilde == edge.npos) fail(text, fmt::format("'{}' names no node", edge));
  const std::string_view from = edge.substr(tilde + 1);
  if (from != std::to_string(expected.from)) {
    const bool later = from.size() == 1 && from[0] >= '0' + expected.to && from[0] < '0' + kNodes;
    fail(text, fmt::format("node {} has '{}' where its edge from node {} belongs{}", expected.to, edge, expected.from,
                           later ? ", and this one would close a cycle" : ""));
  }
  return parse_operation(text, edge.substr(0, tilde));
}

/// Bit i: node i is reached from the input (forward) or reaches the output (backward), without `none`.
unsigned reached(const Cell& cell, bool forward) {
  unsigned nodes = forward ? 1u : 1u << (kNodes - 1);
  for (int round = 1; round < kNodes; ++round) {
    for (std::size_t i = 0; i < kCellEdgeCount; ++i) {
      if (cell[i] == CellOperation::kNone) continue;
      const int from = forward ? kCellEdges[i].from : kCellEdges[i].to;
      const int to = forward ? kCellEdges[i].to : kCellEdges[i].from;
      if (nodes >> from & 1u) nodes |= 1u << to;
    }
  }
  return nodes;
}

}  // namespace

const char* to_string(CellOperation operation) { return kNames[static_cast<int>(operation)]; }

Cell parse_cell(std::string_view text) {
  const std::vector<std::string> nodes = split(text, '+');
  if (nodes.size() != kNodes - 1) fail(text, fmt::format("{} nodes instead of {}", nodes.size(), kNodes - 1));
  Cell cell;
  std::size_t next = 0;
  for (int node = 1; node < kNodes; ++node) {
    const std::string& part = nodes[static_cast<std::size_t>(node - 1)];
    if (part.size() < 2 || part.front() != '|' || part.back() != '|') {
      fail(text, fmt::format("node {} is '{}', without bars around it", node, part));
    }
    const std::vector<std::string> edges = split(std::string_view(part).substr(1, part.size() - 2), '|');
    if (edges.size() != static_cast<std::size_t>(node)) {
      fail(text, fmt::format("node {} has {} edges instead of {}", node, edges.size(), node));
    }
    for (const auto& edge : edges) {
      cell.operations[next] = parse_edge(text, edge, kCellEdges[next]);
      ++next;
    }
  }
  return cell;
}

std::string to_string(const Cell& cell) {
  std::string text;
  for (std::size_t i = 0; i < kCellEdgeCount; ++i) {
    const auto [from, to] = kCellEdges[i];
    if (from == 0) text += to == 1 ? "|" : "+|";
    text += fmt::format("{}~{}|", to_string(cell[i]), from);
  }
  return text;
}

int count(const Cell& cell, CellOperation operation) {
  return static_cast<int>(std::count(cell.operations.begin(), cell.operations.end(), operation));
}

CellCost cell_cost(const Cell& cell, const ModelOptions& options) {
  const auto times = [&](CellOperation operation) { return static_cast<std::int64_t>(count(cell, operation)); };
  const std::int64_t large = times(CellOperation::kConv3x3), small = times(CellOperation::kConv1x1);
  const std::int64_t pooling = times(CellOperation::kAvgPool3x3);
  const std::int64_t area = options.size * options.size, side = options.size / 4;
  // Stem, reductions and head, then an operation in all fifteen places. A stage's maps have 16, 8 and 4 values for
  // every pixel of the image.
  const std::int64_t parameters = 72'656 + 65 * options.classes + 28'000 * small + 243'040 * large;
  const std::int64_t by_pixel = 7'752 + 4'260 * small + 34'980 * large + 1'260 * pooling;
  const std::int64_t flops = by_pixel * area + 64 * ((side + 1) * (side + 1) + options.classes);
  return {.parameters_m = static_cast<double>(parameters) * 1e-6, .flops_m = static_cast<double>(flops) * 1e-6};
}

bool is_connected(const Cell& cell) { return reached(cell, true) >> (kNodes - 1) & 1u; }

Cell reachable(const Cell& cell) {
  const unsigned used = reached(cell, true) & reached(cell, false);
  Cell canonical = cell;
  for (std::size_t i = 0; i < kCellEdgeCount; ++i) {
    const bool on_path = (used >> kCellEdges[i].from & 1u) && (used >> kCellEdges[i].to & 1u);
    if (!on_path) canonical.operations[i] = CellOperation::kNone;
  }
  return canonical;
}

}  // namespace flnas::nn
