#include "harness/verification/verify_nas_search.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "harness/metrics/pareto.h"
#include "harness/records/files.h"
#include "harness/records/nas_search.h"
#include "harness/verification/check.h"

namespace flnas {
namespace {

constexpr char kRule[] = "nas_search";

/// The figures of one pair, in its scaled objectives.
class PairCheck {
 public:
  PairCheck(Check& check, const NasSearchRecord& record, std::size_t number)
      : check_(check),
        record_(record),
        pair_(record.pairs[number]),
        where_(fmt::format("pairs[{}]", number)),
        bounds_{pair_.low, pair_.high} {
    for (const NasPoint& point : pair_.true_front) true_front_.push_back(scaled(point));
    for (const NasPoint& point : pair_.points) {
      points_.emplace(point.cell, scaled(point));
      niches_.emplace(point.cell, point.niche);
    }
  }

  void run() {
    if (metrics::pareto_front(true_front_).size() != true_front_.size()) {
      check_.fail(kNasSearchFile, where_ + ".true_front", kRule, "one of its points dominates another one");
    }
    same("true_hypervolume", pair_.true_hypervolume, metrics::hypervolume(true_front_, record_.reference));
    for (std::size_t i = 0; i < pair_.searches.size(); ++i)
      check_search(pair_.searches[i], fmt::format("searches[{}].", i));
  }

 private:
  metrics::Point scaled(const NasPoint& point) const {
    const double cost = record_.cost == "energy" ? point.energy_mj.value_or(0) : point.latency_ms;
    return bounds_.scaled({cost, 100 - point.accuracy});
  }

  void same(const std::string& key, const Json& recorded, const Json& computed) {
    check_.same(kNasSearchFile, where_ + "." + key, kRule, recorded, computed);
  }

  /// Cells of the search's budget that its coverage does not count: in earlier records, those of the predictor.
  std::int64_t trained_on(const NasSearchResult& search) const {
    if (record_.fronts) return 0;
    const auto predicts = [&](const NasStrategy& strategy) {
      return strategy.name == search.strategy && strategy.accuracy == "predictor";
    };
    return std::any_of(record_.strategies.begin(), record_.strategies.end(), predicts) ? record_.predictor_cells : 0;
  }

  void check_search(const NasSearchResult& search, const std::string& key) {
    if (!search.hypervolume) return;
    std::vector<metrics::Point> front;
    for (const std::int64_t cell : search.front) {
      const auto found = points_.find(cell);
      if (found == points_.end()) {
        return check_.fail(kNasSearchFile, where_ + "." + key + "front", kRule,
                           fmt::format("cell {} is not among the pair's points", cell));
      }
      front.push_back(found->second);
    }
    const double hypervolume = metrics::hypervolume(front, record_.reference);
    same(key + "hypervolume", *search.hypervolume, hypervolume);
    same(key + "hypervolume_share", search.hypervolume_share.value_or(0), hypervolume / pair_.true_hypervolume);
    same(key + "igd", search.igd.value_or(0), metrics::igd(front, true_front_));
    if (!search.curve.hypervolume.empty() && !search.curve.igd.empty() && !search.curve.evaluations.empty()) {
      same(key + "curve.hypervolume", search.curve.hypervolume.back(), *search.hypervolume);
      same(key + "curve.igd", search.curve.igd.back(), search.igd.value_or(0));
      same(key + "curve.evaluations", search.curve.evaluations.back(), search.evaluations);
    }
    const auto sum = [](const std::vector<std::int64_t>& counts) {
      return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
    };
    std::vector<std::int64_t> niche_front(search.coverage.niche_front.size(), 0);
    for (const std::int64_t cell : search.front) {
      const auto niche = static_cast<std::size_t>(niches_.at(cell));
      if (niche < niche_front.size()) ++niche_front[niche];
    }
    same(key + "coverage.niche_front", search.coverage.niche_front, niche_front);
    same(key + "coverage.niche_evaluated", sum(search.coverage.niche_evaluated) + trained_on(search),
         search.evaluations);
    same(key + "coverage.cost_evaluated", sum(search.coverage.cost_evaluated), sum(search.coverage.niche_evaluated));
  }

  Check& check_;
  const NasSearchRecord& record_;
  const NasPair& pair_;
  std::string where_;
  metrics::Bounds bounds_;
  std::vector<metrics::Point> true_front_;
  std::map<std::int64_t, metrics::Point> points_;
  std::map<std::int64_t, int> niches_;  ///< of the points
};

}  // namespace

void verify_nas_search(Check& check, const std::string& file, const VerifyRequest&) {
  check.digest(file);
  const NasSearchRecord record = read_nas_search(check.folder() / file);
  for (std::size_t i = 0; i < record.pairs.size(); ++i) PairCheck(check, record, i).run();
}

}  // namespace flnas
