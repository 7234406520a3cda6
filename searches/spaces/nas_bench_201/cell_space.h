#pragma once

#include <memory>
#include <string>
#include <vector>

#include "datasets/nas/nas_table.h"
#include "searches/core/evaluator.h"
#include "searches/core/search_space.h"
#include "searches/spaces/nas_bench_201/cell_words.h"
#include "searches/spaces/nas_bench_201/partition.h"

namespace flnas::searches {

/// The cells of a data set and device with their accuracy, looked up or predicted, and their cost. A cell is a
/// candidate if the table has it, its output depends on the image, and the device has a figure for it.
struct CellProblem {
  std::string dataset, device;
  std::string cost_name;              ///< "latency" or "energy"
  std::vector<double> accuracy;       ///< by index, percent: measured on validation, or predicted
  bool predicted = false;             ///< the accuracies are a predictor's
  std::string schedule;               ///< of the accuracies: "validation, after one training of 12 epochs"; or blank
  NasColumn cost;                     ///< by index
  std::vector<Candidate> candidates;  ///< ascending
  std::vector<bool> legal;            ///< by index
  std::int64_t disconnected = 0;      ///< cells of the table that are no candidate because of that
  std::int64_t unmeasurable = 0;      ///< connected cells without a figure
};

/// The table's cells whose output sees the image, ascending.
/// Throws DataError where a row of the table is another cell than NAS-Bench-201's of that index.
std::vector<Candidate> connected_cells(const NasTable& table);

/// The candidates, with the validation accuracies of the view as accuracy. `connected`: of the table.
/// Throws ConfigError for an unknown device.
CellProblem make_problem(const NasTable& table, const std::vector<Candidate>& connected, const NasSearchView& view,
                         const std::string& device, const std::string& cost_name);

/// All cells whose output sees the image, without a table: no accuracies, costs or device. `dataset`: whose network
/// they are in.
CellProblem connected_problem(const std::string& dataset);

/// NAS-Bench-201's cells on a problem's table. A candidate is a cell's index.
///
///     mutation: another operation on one edge; with probability 1/3 another one on a second edge
///     crossover: each edge from either parent
///
/// Source: Dong, Yang, NAS-Bench-201, ICLR 2020.
class CellSpace : public SearchSpace {
 public:
  /// Keeps references to both. `words`: how cells are written for language models; the canonical form is always
  /// NAS-Bench-201's.
  CellSpace(const CellProblem& problem, const Partition& partition, CellWords words = CellWords::published());

  std::string name() const override { return "nas_bench_201"; }
  Reading parse(const Json& architecture) const override;
  Json canonical(Candidate candidate) const override;
  std::vector<std::string> violations(Candidate candidate) const override;
  bool is_valid(Candidate candidate) const override { return problem_.legal[candidate]; }
  CostEstimate cost(Candidate candidate) const override;

  int niches() const override { return static_cast<int>(partition_.niches.size()); }
  std::optional<std::size_t> niche_size(int niche) const override;
  int niche_of(Candidate candidate) const override { return partition_.niche_of[candidate]; }
  std::string niche_text(int niche) const override {
    return words_.rename(partition_.niches[static_cast<std::size_t>(niche)]);
  }

  /// A candidate of the problem, uniformly, of the niche or of all.
  std::optional<Candidate> sample(int niche, Random& random) const override;
  /// A cell that follows common practice: a skip from node 0 to node 3 and 0 to 5 convolutions on uniformly drawn
  /// edges, two in three of them 3x3; nothing on the other edges and no pooling. A candidate of the problem, or none if
  /// a hundred draws gave none. Source: residual blocks (He et al. 2016) of every width and depth that fits.
  std::optional<Candidate> sample_sensible(Random& random) const override;
  Candidate mutate(Candidate parent, Random& random) const override;
  Candidate crossover(Candidate first, Candidate second, Random& random) const override;
  std::vector<Candidate> neighbours(Candidate candidate) const override;
  /// One decision for each edge.
  std::optional<TokenSequence> tokens() const override;

  std::string describe() const override;
  Json schema() const override;
  std::string text(Candidate candidate) const override;
  Reading read(std::string_view reply) const override;

 private:
  const CellProblem& problem_;
  const Partition& partition_;
  CellWords words_;
  std::vector<std::vector<Candidate>> members_;  ///< legal candidates of each niche
};

/// Evaluates cells by a problem's table: their cost, and the error of a looked-up or predicted accuracy.
class TableEvaluator : public Evaluator {
 public:
  /// Keeps a reference to the problem. `anonymous`: neither data set nor device are named to language models.
  explicit TableEvaluator(const CellProblem& problem, bool anonymous = false)
      : problem_(problem), anonymous_(anonymous) {}

  Evaluation evaluate(Candidate candidate) override;
  /// {cost, 100 - accuracy}
  metrics::Point objectives(const Evaluation& evaluation) const override;
  std::vector<std::string> objective_names() const override { return {problem_.cost_name, "error"}; }
  std::string goal() const override;
  /// From no cost and no error to the largest of the candidates: the reference is that of the final score (Scorer), and
  /// what is best is not told.
  std::optional<metrics::Bounds> box() const override;
  std::string figures(const Evaluation& evaluation) const override;
  /// By cells that compute the same function: of those evaluated, what their accuracies differ by. That predictions are
  /// no measurements. Where nothing is known yet, how it could be found out.
  std::string noise(const std::vector<Evaluation>& evaluations) const override;
  std::string cost_source(const std::vector<Evaluation>& evaluations) const override;

 private:
  const CellProblem& problem_;
  bool anonymous_;
};

}  // namespace flnas::searches
