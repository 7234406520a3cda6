// Scoring of finished searches: the only part of llmnas that sees final accuracies.
#pragma once

#include <optional>
#include <vector>

#include "harness/records/nas_search.h"
#include "searches/spaces/nas_bench_201/accuracy_predictor.h"
#include "searches/spaces/nas_bench_201/cell_space.h"

namespace flnas::searches {

/// The evaluations of a finished search.
struct SearchTrace {
  std::vector<Candidate> order;            ///< evaluated cells
  std::vector<metrics::Point> objectives;  ///< of each, by which the front is chosen
};

/// Scores searches of one problem against the table's true Pareto front of cost and final test error over all
/// candidates. Objectives are scaled to [0, 1] by the candidates' bounds; the hypervolume's reference is (1, 1), the
/// worst value of each.
class Scorer {
 public:
  /// Keeps references to the problem and the partition (the paper's six niches).
  Scorer(const CellProblem& problem, const NasScores& scores, NasColumn latency, std::optional<NasColumn> energy,
         NasColumn validation, const Partition& niches);

  /// Everything of the pair but searches and points.
  NasPair describe() const;
  NasPoint point(Candidate candidate) const;

  /// Fills in hypervolume, share, igd, front, curve (`points` figures) and coverage.
  void score(const SearchTrace& trace, std::size_t points, NasSearchResult& result) const;

 private:
  metrics::Point final_objectives(Candidate candidate) const;

  const CellProblem& problem_;
  NasScores scores_;
  NasColumn latency_;
  std::optional<NasColumn> energy_;
  NasColumn validation_;
  const Partition& niches_;
  metrics::Bounds bounds_;
  std::vector<Candidate> true_front_;
  std::vector<metrics::Point> true_points_;  ///< scaled
  double true_hypervolume_ = 0;
  std::vector<double> tenths_;  ///< largest cost of each tenth of the candidates
};

/// The scorer of a problem of the view's data set, with its table's latencies and energies. Keeps references to the
/// problem and the partition.
Scorer make_scorer(const CellProblem& problem, const NasScores& scores, const NasSearchView& view,
                   const Partition& niches);

/// A predictor's figures, with the cells that it was not trained on.
NasPredictor score_predictor(const PredictedAccuracy& predicted, const NasSearchView& view, const NasScores& scores,
                             const std::vector<Candidate>& candidates, std::uint64_t seed);

}  // namespace flnas::searches
