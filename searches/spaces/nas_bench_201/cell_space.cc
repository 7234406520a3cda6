#include "searches/spaces/nas_bench_201/cell_space.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "harness/base/error.h"
#include "harness/nn/nas_bench_201/nas_bench_201.h"
#include "harness/records/record.h"
#include "searches/llm/reply/written_architecture.h"
#include "searches/spaces/nas_bench_201/cell_costs.h"

namespace flnas::searches {
namespace {

using nn::Cell;
using nn::CellOperation;

Candidate index_of(const Cell& cell) { return static_cast<Candidate>(nn::table_index(cell)); }

/// Another operation on the edge, uniformly.
void change(Cell& cell, std::size_t edge, Random& random) {
  const auto step = 1 + random.below(nn::kCellOperations - 1);
  const auto code = (static_cast<std::uint64_t>(cell[edge]) + step) % nn::kCellOperations;
  cell.operations[edge] = static_cast<CellOperation>(code);
}

/// The operations as the table's column "cell" has them.
double code_of(const Cell& cell) {
  int code = 0;
  for (const CellOperation operation : cell.operations) code = nn::kCellOperations * code + static_cast<int>(operation);
  return code;
}

const char* unit(const std::string& cost_name) { return cost_name == "energy" ? "mJ" : "ms"; }

/// What a convolution on one edge adds to the network.
std::string costs_text(const nn::ModelOptions& geometry) {
  const nn::CellCost none = nn::cell_cost(Cell{}, geometry);
  std::vector<std::string> costs;
  for (const CellOperation operation : {CellOperation::kConv1x1, CellOperation::kConv3x3}) {
    Cell cell;
    cell.operations[0] = operation;
    const nn::CellCost cost = nn::cell_cost(cell, geometry);
    costs.push_back(fmt::format("{} adds {:.3f} M parameters and {:.1f} M MACs to the network",
                                nn::to_string(operation), cost.parameters_m - none.parameters_m,
                                cost.flops_m - none.flops_m));
  }
  return fmt::format(" On one edge, live or dead, {}; the others next to nothing.", fmt::join(costs, ", "));
}

}  // namespace

std::vector<Candidate> connected_cells(const NasTable& table) {
  std::vector<Candidate> connected;
  for (std::size_t index = 0; index < kNasCells; ++index) {
    if (!table.has(index)) continue;
    const Cell cell = nn::cell_at(index);
    if (table.cells()[index] != code_of(cell)) {
      throw DataError(
          fmt::format("index {} of the table is another cell than NAS-Bench-201's {}; sort its rows as NATS-Bench does",
                      index, nn::to_string(cell)));
    }
    if (nn::is_connected(cell)) connected.push_back(static_cast<Candidate>(index));
  }
  return connected;
}

CellProblem make_problem(const NasTable& table, const std::vector<Candidate>& connected, const NasSearchView& view,
                         const std::string& device, const std::string& cost_name) {
  CellProblem problem;
  problem.dataset = view.dataset();
  problem.device = device;
  problem.cost_name = cost_name;
  problem.cost = view.cost(device, cost_name);
  problem.accuracy.assign(view.validation().begin(), view.validation().end());
  problem.schedule = fmt::format("validation, after one training of {} epochs", view.epochs());
  problem.legal.assign(kNasCells, false);
  for (const Candidate candidate : connected) {
    if (std::isnan(problem.cost[candidate])) continue;
    problem.legal[candidate] = true;
    problem.candidates.push_back(candidate);
  }
  problem.unmeasurable = static_cast<std::int64_t>(connected.size() - problem.candidates.size());
  problem.disconnected = static_cast<std::int64_t>(table.info().cells - connected.size());
  return problem;
}

CellProblem connected_problem(const std::string& dataset) {
  CellProblem problem;
  problem.dataset = dataset;
  problem.legal.assign(kNasCells, false);
  problem.accuracy.assign(kNasCells, 0);
  for (std::size_t index = 0; index < kNasCells; ++index) {
    if (!nn::is_connected(nn::cell_at(index))) continue;
    problem.legal[index] = true;
    problem.candidates.push_back(static_cast<Candidate>(index));
  }
  return problem;
}

CellSpace::CellSpace(const CellProblem& problem, const Partition& partition, CellWords words)
    : problem_(problem), partition_(partition), words_(std::move(words)), members_(partition.niches.size()) {
  for (const Candidate candidate : problem.candidates) {
    members_[static_cast<std::size_t>(partition.niche_of[candidate])].push_back(candidate);
  }
}

std::optional<std::size_t> CellSpace::niche_size(int niche) const {
  return members_[static_cast<std::size_t>(niche)].size();
}

std::vector<std::string> CellSpace::violations(Candidate candidate) const {
  if (problem_.legal[candidate]) return {};
  if (!nn::is_connected(nn::cell_at(candidate)))
    return {fmt::format("no path without '{}' leads from node 0 to node 3", words_.operation(CellOperation::kNone))};
  if (std::isnan(problem_.accuracy[candidate])) return {"the table does not hold this cell"};
  return {fmt::format("{} cannot run this cell", words_.is_anonymous() ? "the device" : problem_.device)};
}

CostEstimate CellSpace::cost(Candidate candidate) const {
  constexpr double kMillion = 1e6;
  const nn::CellCost cost = nn::cell_cost(nn::cell_at(candidate), geometry_of(problem_.dataset));
  return {.parameters = std::llround(cost.parameters_m * kMillion), .macs = std::llround(cost.flops_m * kMillion)};
}

std::optional<Candidate> CellSpace::sample(int niche, Random& random) const {
  const auto& members = niche == kAnywhere ? problem_.candidates : members_[static_cast<std::size_t>(niche)];
  if (members.empty()) return std::nullopt;
  return members[random.below(members.size())];
}

std::optional<Candidate> CellSpace::sample_sensible(Random& random) const {
  constexpr int kAttempts = 100;
  constexpr std::size_t kResidual = 3;  // 0->3 in nn::kCellEdges
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    std::vector<std::size_t> edges = {0, 1, 2, 4, 5};
    random.shuffle(edges);
    edges.resize(random.below(edges.size() + 1));
    Cell cell;
    cell.operations[kResidual] = CellOperation::kSkipConnect;
    for (const std::size_t edge : edges) {
      cell.operations[edge] = random.below(3) == 0 ? CellOperation::kConv1x1 : CellOperation::kConv3x3;
    }
    if (problem_.legal[index_of(cell)]) return index_of(cell);
  }
  return std::nullopt;
}

Candidate CellSpace::mutate(Candidate parent, Random& random) const {
  Cell cell = nn::cell_at(parent);
  const auto first = random.below(nn::kCellEdgeCount);
  change(cell, first, random);
  if (random.below(3) == 0)
    change(cell, (first + 1 + random.below(nn::kCellEdgeCount - 1)) % nn::kCellEdgeCount, random);
  return index_of(cell);
}

Candidate CellSpace::crossover(Candidate first, Candidate second, Random& random) const {
  Cell cell = nn::cell_at(first);
  const Cell other = nn::cell_at(second);
  for (std::size_t edge = 0; edge < nn::kCellEdgeCount; ++edge) {
    cell.operations[edge] = random.below(2) == 0 ? other[edge] : cell[edge];
  }
  return index_of(cell);
}

std::vector<Candidate> CellSpace::neighbours(Candidate candidate) const {
  std::vector<Candidate> found;
  const Cell cell = nn::cell_at(candidate);
  for (std::size_t edge = 0; edge < nn::kCellEdgeCount; ++edge) {
    for (int code = 0; code < nn::kCellOperations; ++code) {
      Cell near = cell;
      near.operations[edge] = static_cast<CellOperation>(code);
      if (near != cell) found.push_back(index_of(near));
    }
  }
  return found;
}

std::optional<TokenSequence> CellSpace::tokens() const {
  return TokenSequence{.options = std::vector<int>(nn::kCellEdgeCount, nn::kCellOperations),
                       .decode = [](const std::vector<int>& actions) {
                         Cell cell;
                         for (std::size_t edge = 0; edge < nn::kCellEdgeCount; ++edge) {
                           cell.operations[edge] = static_cast<CellOperation>(actions[edge]);
                         }
                         return Reading{.candidate = index_of(cell), .problems = {}};
                       }};
}

Json CellSpace::canonical(Candidate candidate) const { return nn::to_string(nn::cell_at(candidate)); }

std::string CellSpace::text(Candidate candidate) const { return words_.write(nn::cell_at(candidate)); }

Reading CellSpace::parse(const Json& architecture) const {
  if (!architecture.is_string()) return {.candidate = {}, .problems = {"a cell is a text such as '" + text(0) + "'"}};
  const auto written = architecture.get<std::string>();
  const bool is_canonical = words_.is_anonymous() && written.starts_with('|');
  try {
    return {.candidate = index_of(is_canonical ? nn::parse_cell(written) : words_.read(written)), .problems = {}};
  } catch (const ConfigError& error) {
    return {.candidate = {}, .problems = {error.what()}};
  }
}

Reading CellSpace::read(std::string_view reply) const { return read_written_architecture(reply, *this); }

std::string CellSpace::describe() const {
  // Anonymous words tell nothing of what an operation is.
  return words_.describe() + (words_.is_anonymous() ? "" : costs_text(geometry_of(problem_.dataset)));
}

Json CellSpace::schema() const { return {{"type", "string"}, {"pattern", words_.pattern()}}; }

Evaluation TableEvaluator::evaluate(Candidate candidate) {
  Evaluation evaluation;
  evaluation.candidate = candidate;
  evaluation.status = kPassed;
  evaluation.scores.accuracy = problem_.accuracy[candidate] / 100;
  return evaluation;
}

metrics::Point TableEvaluator::objectives(const Evaluation& evaluation) const {
  return {problem_.cost[evaluation.candidate], 100 - problem_.accuracy[evaluation.candidate]};
}

std::string TableEvaluator::figures(const Evaluation& evaluation) const {
  return fmt::format("{} {:.2f} %, {} {:.4g} {}", problem_.predicted ? "predicted accuracy" : "accuracy",
                     problem_.accuracy[evaluation.candidate], problem_.cost_name, problem_.cost[evaluation.candidate],
                     unit(problem_.cost_name));
}

std::string TableEvaluator::goal() const {
  std::string text = "a high accuracy";
  if (!problem_.schedule.empty()) text += fmt::format(" ({})", problem_.schedule);
  text += fmt::format(" on {} and a low {} on {}, all trade-offs between the two being of interest",
                      anonymous_ ? "a data set of images" : problem_.dataset, problem_.cost_name,
                      anonymous_ ? "a device" : problem_.device);
  if (problem_.predicted) text += "; accuracies are predicted from zero-cost proxies, and will be evaluated at the end";
  return text + ". In the end the front is scored by test accuracies, which no search sees";
}

std::optional<metrics::Bounds> TableEvaluator::box() const {
  metrics::Bounds box{.low = {0, 0}, .high = {0, 0}};
  for (const Candidate candidate : problem_.candidates) {
    box.high[0] = std::max(box.high[0], problem_.cost[candidate]);
    box.high[1] = std::max(box.high[1], 100 - problem_.accuracy[candidate]);
  }
  return box;
}

std::string TableEvaluator::cost_source(const std::vector<Evaluation>&) const {
  return fmt::format(
      "each {} is one figure of a table{}; what another measurement of the same cell would give is not in it.",
      problem_.cost_name, anonymous_ ? "" : " for " + problem_.device);
}

std::string TableEvaluator::noise(const std::vector<Evaluation>& evaluations) const {
  if (problem_.predicted)
    return "predicted accuracies are estimates, whose order is right more often than their value.";
  constexpr int kFewest = 3;                        // degrees of freedom
  std::map<std::size_t, std::vector<double>> same;  // by the cell with nothing on its dead edges
  for (const Evaluation& evaluation : evaluations) {
    const nn::Cell live = nn::reachable(nn::cell_at(evaluation.candidate));
    same[nn::table_index(live)].push_back(problem_.accuracy[evaluation.candidate]);
  }
  double squares = 0;
  int freedom = 0;
  for (const auto& [live, accuracies] : same) {
    double mean = 0;
    for (const double accuracy : accuracies) mean += accuracy / static_cast<double>(accuracies.size());
    for (const double accuracy : accuracies) squares += (accuracy - mean) * (accuracy - mean);
    freedom += static_cast<int>(accuracies.size()) - 1;
  }
  if (freedom < kFewest) {
    return "not known yet; cells that differ in dead edges alone compute the same function, and what their accuracies "
           "differ by is noise.";
  }
  return fmt::format(
      "accuracies of cells that compute the same function, since they differ in dead edges alone, have a standard "
      "deviation of {:.2f} points here. A difference of less than twice that says nothing.",
      std::sqrt(squares / freedom));
}

}  // namespace flnas::searches
