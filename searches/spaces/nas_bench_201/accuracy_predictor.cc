#include "searches/spaces/nas_bench_201/accuracy_predictor.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

#include "harness/base/error.h"

namespace flnas::searches {
namespace {

/// Within the range of float32. Monotone, so that it changes no split: synflow reaches 1e67.
double squeezed(double value) {
  return std::abs(value) < 1e30 ? value : std::copysign(1e30 * (1 + std::log10(std::abs(value) / 1e30)), value);
}

struct Features {
  std::vector<std::string> names;
  std::vector<NasColumn> columns;

  void add(const std::string& group, const NasProxies& proxies) {
    for (std::size_t i = 0; i < proxies.names.size(); ++i) {
      names.push_back(fmt::format("{}/{}", group, proxies.names[i]));
      columns.push_back(proxies.columns[i]);
    }
  }
  std::vector<double> of(const std::vector<Candidate>& candidates) const {
    std::vector<double> rows;
    rows.reserve(candidates.size() * columns.size());
    for (const Candidate candidate : candidates) {
      for (const NasColumn column : columns) rows.push_back(squeezed(column[candidate]));
    }
    return rows;
  }
};

}  // namespace

std::vector<bool> cells_with_zc13(const NasSearchView& view) {
  std::vector<bool> has(kNasCells, false);
  for (const NasColumn column : view.zc13().columns) {
    for (std::size_t index = 0; index < kNasCells; ++index) has[index] = has[index] || !std::isnan(column[index]);
  }
  return has;
}

PredictedAccuracy predict_accuracy(const NasSearchView& view, const std::vector<Candidate>& candidates,
                                   std::size_t count, std::uint64_t seed, const BoostedTreesConfig& config) {
  constexpr std::size_t kLeast = 10;
  if (count < kLeast || count > candidates.size()) {
    throw ConfigError(fmt::format("--predictor-cells {}: from {} to the {} candidates of {}", count, kLeast,
                                  candidates.size(), view.dataset()));
  }
  const auto start = std::chrono::steady_clock::now();
  PredictedAccuracy predicted;
  predicted.has_zc13 = cells_with_zc13(view);
  const auto with_zc13 = static_cast<std::size_t>(std::count_if(
      candidates.begin(), candidates.end(), [&](Candidate candidate) { return predicted.has_zc13[candidate]; }));
  Features features;
  if (2 * with_zc13 >= candidates.size()) features.add("zc13", view.zc13());
  features.add("zc_full", view.zc_full());
  if (features.names.empty()) {
    throw ConfigError(fmt::format(
        "{}: the table has no proxies to predict accuracies from; search by validation accuracies: --predictor-cells 0",
        view.dataset()));
  }
  std::vector<Candidate> drawn = candidates;
  Random random(mix_seed(seed, 0x707265));
  random.shuffle(drawn);
  drawn.resize(count);
  std::sort(drawn.begin(), drawn.end());
  std::vector<double> targets;
  for (const Candidate candidate : drawn) targets.push_back(view.validation()[candidate]);
  BoostedTreesConfig settings = config;
  settings.seed = mix_seed(seed, 0x626f6f) & 0x7fffffff;
  const BoostedTrees trees = BoostedTrees::fit(features.of(drawn), targets, settings);
  const std::vector<double> values = trees.predict(features.of(candidates));
  predicted.accuracy.assign(kNasCells, std::numeric_limits<double>::quiet_NaN());
  for (std::size_t i = 0; i < candidates.size(); ++i) predicted.accuracy[candidates[i]] = values[i];
  predicted.trained_on = std::move(drawn);
  predicted.features = features.names;
  predicted.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return predicted;
}

}  // namespace flnas::searches
