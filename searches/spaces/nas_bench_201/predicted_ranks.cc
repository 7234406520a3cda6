#include "searches/spaces/nas_bench_201/predicted_ranks.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/json.h"

namespace flnas::searches {

PredictedRanks ranks_of(const PredictedAccuracy& predicted, const std::string& dataset, std::uint64_t seed) {
  std::vector<double> values;
  std::copy_if(predicted.accuracy.begin(), predicted.accuracy.end(), std::back_inserter(values),
               [](double value) { return !std::isnan(value); });
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  PredictedRanks ranks{.dataset = dataset, .seed = seed, .cells = std::vector<std::uint16_t>(kNasCells, 0)};
  for (std::size_t index = 0; index < kNasCells; ++index) {
    if (std::isnan(predicted.accuracy[index])) continue;
    const auto below = std::lower_bound(values.begin(), values.end(), predicted.accuracy[index]) - values.begin();
    ranks.cells[index] = static_cast<std::uint16_t>(below + 1);
  }
  for (const Candidate candidate : predicted.trained_on) ranks.cells[candidate] |= PredictedRanks::kTrained;
  return ranks;
}

PredictedAccuracy predictions_of(const PredictedRanks& ranks, const NasSearchView& view) {
  PredictedAccuracy predicted;
  predicted.has_zc13 = cells_with_zc13(view);
  for (std::size_t index = 0; index < kNasCells; ++index) {
    const auto rank = static_cast<std::uint16_t>(ranks.cells[index] & ~PredictedRanks::kTrained);
    predicted.accuracy.push_back(rank > 0 ? rank : std::numeric_limits<double>::quiet_NaN());
    if (rank != ranks.cells[index]) predicted.trained_on.push_back(static_cast<Candidate>(index));
  }
  return predicted;
}

void write_ranks(const std::filesystem::path& file, const std::vector<PredictedRanks>& all) {
  Json header = Json::array();
  for (const auto& one : all) header.push_back({{"dataset", one.dataset}, {"seed", one.seed}});
  std::string bytes = header.dump() + "\n";
  for (const auto& one : all) {
    for (const std::uint16_t word : one.cells) {
      bytes += static_cast<char>(word & 0xff);
      bytes += static_cast<char>(word >> 8);
    }
  }
  write_file(file, bytes);
}

std::vector<PredictedRanks> read_ranks(const std::filesystem::path& file) {
  const std::string bytes = read_file(file);
  const std::size_t header = bytes.find('\n') + 1;
  const Json rows = parse_json(bytes.substr(0, header), file.string());
  constexpr std::size_t kRow = 2 * kNasCells;
  if (!rows.is_array() || bytes.size() - header != rows.size() * kRow) {
    throw DataError(fmt::format("{}: not ranks of predictions, or cut", file.string()));
  }
  std::vector<PredictedRanks> all;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    PredictedRanks one;
    try {
      rows[row].at("dataset").get_to(one.dataset);
      rows[row].at("seed").get_to(one.seed);
    } catch (const Json::exception&) {
      throw DataError(fmt::format("{}: its first line does not say what its ranks are of", file.string()));
    }
    for (std::size_t at = header + row * kRow; one.cells.size() < kNasCells; at += 2) {
      const auto low = static_cast<unsigned char>(bytes[at]), high = static_cast<unsigned char>(bytes[at + 1]);
      one.cells.push_back(static_cast<std::uint16_t>(low | high << 8));
    }
    all.push_back(std::move(one));
  }
  return all;
}

}  // namespace flnas::searches
