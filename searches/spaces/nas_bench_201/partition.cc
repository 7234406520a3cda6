#include "searches/spaces/nas_bench_201/partition.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numeric>

#include "harness/base/error.h"
#include "harness/base/names.h"
#include "harness/base/random.h"
#include "harness/nn/nas_bench_201/nas_bench_201.h"

namespace flnas::searches {

using nn::CellOperation;

namespace {

constexpr char kLatency[] = "latency";

/// LLM-NAS's six by the convolutions of a cell's form.
template <class Form>
Partition six_niches(const char* name, const std::string& live, const Form& form) {
  const std::string large = live + "nor_conv_3x3", small = live + "nor_conv_1x1";
  Partition partition;
  partition.name = name;
  partition.niches = {fmt::format("no {} and no {}", large, small),
                      fmt::format("no {} and at least one {}", large, small),
                      "exactly one " + large,
                      "exactly two " + large,
                      "exactly three " + large,
                      "four or more " + large};
  partition.niche_of.resize(kNasCells);
  for (std::size_t index = 0; index < kNasCells; ++index) {
    const nn::Cell cell = form(nn::cell_at(index));
    const int count = nn::count(cell, CellOperation::kConv3x3);
    const bool has_small = nn::count(cell, CellOperation::kConv1x1) > 0;
    partition.niche_of[index] = static_cast<std::int16_t>(count == 0 ? (has_small ? 1 : 0) : std::min(count, 4) + 1);
  }
  return partition;
}

}  // namespace

Partition convolution_partition() {
  return six_niches("convolutions", "", [](const nn::Cell& cell) { return cell; });
}

Partition live_convolution_partition() {
  return six_niches("live-convolutions", "live ", [](const nn::Cell& cell) { return nn::reachable(cell); });
}

Partition convolution_partition(std::size_t count) {
  Partition partition;
  partition.name = fmt::format("convolutions:{}", count);
  for (std::size_t i = 0; i < count; ++i) {
    partition.niches.push_back(fmt::format("{} {} nor_conv_3x3", i + 1 == count ? "at least" : "exactly", i));
  }
  partition.niche_of.resize(kNasCells);
  for (std::size_t index = 0; index < kNasCells; ++index) {
    const int large = nn::count(nn::cell_at(index), CellOperation::kConv3x3);
    partition.niche_of[index] = static_cast<std::int16_t>(std::min(large, static_cast<int>(count) - 1));
  }
  return partition;
}

Partition no_partition() {
  return {.name = "none",
          .niches = {"nothing in particular: the whole space is open"},
          .niche_of = std::vector<std::int16_t>(kNasCells, 0)};
}

Partition random_partition(std::size_t count, std::uint64_t seed) {
  Partition partition;
  partition.name = fmt::format("random:{}", count);
  std::vector<std::size_t> order(kNasCells);
  std::iota(order.begin(), order.end(), std::size_t{0});
  Random random(mix_seed(seed, 0x706172));
  random.shuffle(order);
  partition.niche_of.resize(kNasCells);
  for (std::size_t i = 0; i < kNasCells; ++i) partition.niche_of[order[i]] = static_cast<std::int16_t>(i % count);
  for (std::size_t i = 0; i < count; ++i) {
    partition.niches.push_back(fmt::format("membership in part {} of {} of the space, drawn at random", i + 1, count));
  }
  return partition;
}

Partition quantile_partition(const std::string& measure, NasColumn values, std::size_t count) {
  std::vector<double> sorted;
  std::copy_if(values.begin(), values.end(), std::back_inserter(sorted), [](double v) { return std::isfinite(v); });
  if (sorted.empty()) throw ConfigError(fmt::format("no cell has a value of '{}' to divide the space by", measure));
  std::sort(sorted.begin(), sorted.end());
  std::vector<double> least = {sorted.front()};  // of each niche
  for (std::size_t i = 1; i < count; ++i) {
    const double value = sorted[i * sorted.size() / count];
    if (value > least.back()) least.push_back(value);
  }
  Partition partition;
  partition.name = fmt::format("{}:{}", measure, count);
  for (std::size_t i = 0; i < least.size(); ++i) {
    const bool last = i + 1 == least.size();
    partition.niches.push_back(last ? fmt::format("{} of {:.6g} or more", measure, least[i])
                                    : fmt::format("{} from {:.6g} to below {:.6g}", measure, least[i], least[i + 1]));
  }
  partition.niche_of.assign(kNasCells, 0);
  for (std::size_t index = 0; index < kNasCells; ++index) {
    if (!std::isfinite(values[index])) continue;
    const auto above = std::upper_bound(least.begin(), least.end(), values[index]);
    partition.niche_of[index] = static_cast<std::int16_t>(above - least.begin() - 1);
  }
  return partition;
}

Partition make_partition(const std::string& name, const NasSearchView& view, std::uint64_t seed,
                         const std::string& device) {
  if (name == "none") return no_partition();
  if (name == "convolutions") return convolution_partition();
  if (name == "live-convolutions") return live_convolution_partition();
  const std::size_t colon = name.find(':');
  const std::string measure = name.substr(0, colon);
  std::vector<std::pair<std::string, NasColumn>> measures;
  for (const NasProxies* proxies : {&view.zc_full(), &view.zc13()}) {
    for (std::size_t i = 0; i < proxies->names.size(); ++i)
      measures.emplace_back(proxies->names[i], proxies->columns[i]);
  }
  if (!device.empty()) measures.emplace_back(kLatency, view.cost(device, kLatency));
  std::vector<std::string> valid = {"convolutions", "live-convolutions", "convolutions:4", "none", "random:6"};
  for (const auto& [known, unused] : measures) valid.push_back(known + ":6");
  std::size_t count = 0;
  const char* end = name.data() + name.size();
  const bool counted = colon != name.npos && std::from_chars(name.data() + colon + 1, end, count).ptr == end;
  if (!counted) throw ConfigError(unknown_name("--niches", name, valid));
  const std::size_t most = measure == "convolutions" ? nn::kCellEdgeCount + 1 : 100;
  if (count < 1 || count > most)
    throw ConfigError(fmt::format("--niches {}: from 1 to {} niches, not {}", name, most, count));
  if (measure == "random") return random_partition(count, seed);
  if (measure == "convolutions") return convolution_partition(count);
  const auto found =
      std::find_if(measures.begin(), measures.end(), [&](const auto& known) { return known.first == measure; });
  if (found == measures.end()) throw ConfigError(unknown_name("--niches", name, valid));
  return quantile_partition(measure, found->second, count);
}

}  // namespace flnas::searches
