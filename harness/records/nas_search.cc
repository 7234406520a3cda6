#include "harness/records/nas_search.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "harness/base/defined.h"
#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/metrics/intervals/mean_interval.h"
#include "harness/records/digest.h"

namespace flnas {
namespace {

/// One figure of one strategy: by seed, its value on each pair.
using BySeed = std::map<std::uint64_t, std::vector<double>>;

/// The mean over the pairs of each seed; seeds that lack a pair are left out.
std::map<std::uint64_t, double> seed_means(const BySeed& figures, std::size_t pairs) {
  std::map<std::uint64_t, double> means;
  for (const auto& [seed, values] : figures) {
    if (values.size() != pairs) continue;
    for (const double value : values) means[seed] += value / static_cast<double>(pairs);
  }
  return means;
}

NasMean mean_of(const std::vector<double>& values) {
  const auto [mean, low, high, n] = metrics::mean_interval(values);
  return {defined(mean), defined(low), defined(high), static_cast<std::int64_t>(n)};
}

NasMean mean_over_seeds(const BySeed& figures, std::size_t pairs) {
  std::vector<double> means;
  for (const auto& [seed, mean] : seed_means(figures, pairs)) means.push_back(mean);
  return mean_of(means);
}

using Figure = std::optional<double> NasSearchResult::*;

std::map<std::uint64_t, double> by_seed(const NasSearchRecord& record, const std::string& strategy, Figure figure) {
  BySeed values;
  for (const NasPair& pair : record.pairs) {
    for (const NasSearchResult& search : pair.searches) {
      if (search.strategy != strategy || search.status != kPassed || !(search.*figure)) continue;
      values[search.seed].push_back(*(search.*figure));
    }
  }
  return seed_means(values, record.pairs.size());
}

bool was_measured(const NasSearchRecord& record, const std::string& name) {
  return std::any_of(record.strategies.begin(), record.strategies.end(), [&](const NasStrategy& strategy) {
    return strategy.name == name && why_not_measured(record, strategy).empty();
  });
}

/// First minus second.
NasMean difference(const NasSearchRecord& record, const std::string& first, const std::string& second, Figure figure) {
  if (!was_measured(record, first) || !was_measured(record, second)) return {};
  const auto ours = by_seed(record, first, figure), theirs = by_seed(record, second, figure);
  std::vector<double> differences;
  for (const auto& [seed, value] : ours) {
    if (const auto other = theirs.find(seed); other != theirs.end()) differences.push_back(value - other->second);
  }
  return mean_of(differences);
}

}  // namespace

std::string why_not_measured(const NasSearchRecord& record, const NasStrategy& strategy) {
  constexpr char kScripted[] = "scripted";
  if (strategy.status != kPassed) return strategy.reason.empty() ? strategy.status : strategy.reason;
  for (const NasPair& pair : record.pairs) {
    for (const NasSearchResult& search : pair.searches) {
      if (search.strategy != strategy.name || !search.chat) continue;
      const auto& sources = search.chat->sources;
      if (std::find(sources.begin(), sources.end(), kScripted) != sources.end())
        return "a script answered in a language model's place";
    }
  }
  return "";
}

void write_nas_search(const std::filesystem::path& file, const NasSearchRecord& record) {
  Json json = record_to_json(record);
  json["digest"] = record_digest(json);
  write_file(file, json.dump() + "\n");
}

NasSearchRecord read_nas_search(const std::filesystem::path& file) {
  Json json = read_schema(file);
  if (json.is_object() && !json.contains("raw")) json["raw"] = nullptr;
  auto record = record_from_json<NasSearchRecord>(json, file.string());
  if (record.kind != NasSearchRecord{}.kind) {
    throw DataError(
        fmt::format("{}: kind '{}', not what `flnas search llmnas --tables` wrote", file.string(), record.kind));
  }
  return record;
}

std::vector<NasSummary> summarise_nas_search(const NasSearchRecord& record, int pair) {
  std::vector<NasSummary> rows;
  for (const NasStrategy& strategy : record.strategies) {
    if (!why_not_measured(record, strategy).empty()) continue;
    BySeed hypervolume, share, igd, seconds, evaluations;
    std::size_t pairs = 0;
    for (std::size_t i = 0; i < record.pairs.size(); ++i) {
      if (pair >= 0 && static_cast<std::size_t>(pair) != i) continue;
      ++pairs;
      for (const NasSearchResult& search : record.pairs[i].searches) {
        if (search.strategy != strategy.name || search.status != kPassed) continue;
        if (search.hypervolume) hypervolume[search.seed].push_back(*search.hypervolume);
        if (search.hypervolume_share) share[search.seed].push_back(*search.hypervolume_share);
        if (search.igd) igd[search.seed].push_back(*search.igd);
        seconds[search.seed].push_back(search.seconds);
        evaluations[search.seed].push_back(static_cast<double>(search.evaluations));
      }
    }
    rows.push_back({strategy.name, mean_over_seeds(hypervolume, pairs), mean_over_seeds(share, pairs),
                    mean_over_seeds(igd, pairs), mean_over_seeds(seconds, pairs), mean_over_seeds(evaluations, pairs)});
  }
  return rows;
}

std::vector<double> hypervolume_shares(const NasSearchRecord& record, const std::string& strategy) {
  std::vector<double> shares;
  if (!was_measured(record, strategy)) return shares;
  for (const auto& [seed, share] : by_seed(record, strategy, &NasSearchResult::hypervolume_share)) {
    shares.push_back(share);
  }
  return shares;
}

NasMean hypervolume_share_gain(const NasSearchRecord& record, const std::string& first, const std::string& second) {
  return difference(record, first, second, &NasSearchResult::hypervolume_share);
}

NasMean igd_difference(const NasSearchRecord& record, const std::string& first, const std::string& second) {
  return difference(record, first, second, &NasSearchResult::igd);
}

}  // namespace flnas
