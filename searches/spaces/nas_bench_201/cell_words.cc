#include "searches/spaces/nas_bench_201/cell_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "harness/base/error.h"
#include "harness/base/random.h"

namespace flnas::searches {
namespace {

using nn::CellOperation;

const char* published_name(int code) { return nn::to_string(static_cast<CellOperation>(code)); }

}  // namespace

CellWords CellWords::published() {
  CellWords words;
  for (int code = 0; code < nn::kCellOperations; ++code)
    words.names_[static_cast<std::size_t>(code)] = published_name(code);
  return words;
}

CellWords CellWords::anonymous(std::uint64_t seed) {
  std::vector<std::string> letters = {"A", "B", "C", "D", "E"};
  Random random(mix_seed(seed, 0x616e6f6e));
  random.shuffle(letters);
  CellWords words;
  std::copy(letters.begin(), letters.end(), words.names_.begin());
  words.anonymous_ = true;
  return words;
}

std::string CellWords::write(const nn::Cell& cell) const {
  if (!anonymous_) return nn::to_string(cell);
  std::string text;
  for (const CellOperation of : cell.operations) text += operation(of);
  return text;
}

nn::Cell CellWords::read(const std::string& text) const {
  if (!anonymous_) return nn::parse_cell(text);
  nn::Cell cell;
  const auto code_of = [&](char letter) {
    const auto found = std::find(names_.begin(), names_.end(), std::string(1, letter));
    if (found == names_.end()) {
      throw ConfigError(
          fmt::format("'{}': unknown operation '{}'; choose among A, B, C, D, E", text.substr(0, 40), letter));
    }
    return static_cast<CellOperation>(found - names_.begin());
  };
  if (text.size() != nn::kCellEdgeCount) {
    throw ConfigError(fmt::format("'{}': a cell is six letters, not {}", text.substr(0, 40), text.size()));
  }
  std::transform(text.begin(), text.end(), cell.operations.begin(), code_of);
  return cell;
}

std::string CellWords::pattern() const {
  if (anonymous_) return "^[A-E]{6}$";
  std::string operation;
  for (int code = 0; code < nn::kCellOperations; ++code) {
    operation += (code == 0 ? "(" : "|") + std::string(published_name(code));
  }
  operation += ")";
  std::string pattern = "^";
  for (int node = 1; node <= 3; ++node) {
    pattern += node == 1 ? "\\|" : "\\+\\|";
    for (int from = 0; from < node; ++from) pattern += fmt::format("{}~{}\\|", operation, from);
  }
  return pattern + "$";
}

std::string CellWords::describe() const {
  const std::string& none = operation(CellOperation::kNone);
  std::string text =
      anonymous_
          ? "A cell has four nodes, 0 (input) to 3 (output), and one operation on each of its six edges. It is "
            "written as six letters: the operations on the edges 0->1, 0->2, 1->2, 0->3, 1->3, 2->3, in this "
            "order. Operations: A, B, C, D, E; what they do is not told, but that " +
                none + " cuts its edge. A network repeats the cell many times."
          : "A cell of NAS-Bench-201 has four nodes, 0 (input) to 3 (output), and one operation on each of its six "
            "edges. It is written |op~0|+|op~0|op~1|+|op~0|op~1|op~2|: first node 1's edge, then node 2's, then "
            "node 3's; op~1 is the operation on the edge from node 1. Operations: none, skip_connect, "
            "nor_conv_1x1, nor_conv_3x3, avg_pool_3x3 (convolutions with ReLU before and batch norm after). The rest "
            "of "
            "the network is fixed: a 3x3 convolution to 16 channels, then five cells in each of three stages with "
            "16, 32 and 64 channels, a residual block of stride 2 between stages, global average pooling and a "
            "linear layer.";
  return text +
         fmt::format(
             " A node is the sum of its edges. An edge is live where it lies on a path without {} from node 0 to "
             "node 3; the operation of a dead edge changes nothing in what the network computes, but a device may "
             "still need time for it: compare cells that differ in dead edges alone.",
             none);
}

std::string CellWords::rename(std::string text) const {
  if (!anonymous_) return text;
  for (int code = 0; code < nn::kCellOperations; ++code) {
    const std::string from = published_name(code);
    for (std::size_t at = text.find(from); at != text.npos; at = text.find(from, at)) {
      text.replace(at, from.size(), names_[static_cast<std::size_t>(code)]);
    }
  }
  return text;
}

}  // namespace flnas::searches
