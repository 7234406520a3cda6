#include "harness/proxies/inputs.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string>

#include "datasets/images/cache.h"
#include "datasets/tables/table.h"
#include "harness/base/error.h"
#include "harness/base/random.h"
#include "harness/base/text.h"
#include "harness/nn/nas_bench_201/nas_bench_201.h"
#include "harness/nn/registry.h"

namespace flnas::proxies {
namespace {

std::size_t parse_number(const std::string& text, const std::string& flag) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) {
    throw ConfigError(fmt::format(
        "--cells {}: '{}' is not a number; expected 0,117,..., an architecture string or random:200", flag, text));
  }
  return value;
}

/// Distinct cells without unreachable operations: those of which values are published.
std::vector<std::size_t> random_cells(std::size_t count, std::uint64_t seed) {
  std::vector<std::size_t> cells;
  for (std::size_t i = 0; i < nn::kCellCount; ++i) {
    if (nn::reachable(nn::cell_at(i)) == nn::cell_at(i)) cells.push_back(i);
  }
  if (count == 0 || count > cells.size()) {
    throw ConfigError(
        fmt::format("--cells random:{}: there are {} cells without unreachable operations", count, cells.size()));
  }
  Random random(seed);
  random.shuffle(cells);
  cells.resize(count);
  std::sort(cells.begin(), cells.end());
  return cells;
}

std::vector<std::size_t> parse_cells(const std::string& text, std::uint64_t seed) {
  constexpr std::string_view kRandom = "random:";
  if (text.rfind(kRandom, 0) == 0) return random_cells(parse_number(text.substr(kRandom.size()), text), seed);
  std::vector<std::size_t> cells;
  for (const auto& part : split(text, ',')) {
    cells.push_back(part.rfind('|', 0) == 0 ? nn::table_index(nn::parse_cell(part)) : parse_number(part, text));
  }
  return cells;
}

/// Images of a folder in ISIC layout, drawn by the seed and normalised, with their classes.
ProxyBatch image_batch(const ProxiesRequest& request, const nn::ModelOptions& options) {
  const Table table = read_table(request.images, load_adapter("", request.images));
  const auto count = static_cast<std::size_t>(request.batch);
  if (table.rows.size() < count) {
    throw DataError(fmt::format("{}: {} images do not fill --batch {}", request.images, table.rows.size(), count));
  }
  std::vector<std::size_t> rows(table.rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = i;
  Random(request.seed).shuffle(rows);
  rows.resize(count);
  const auto classes = static_cast<std::int64_t>(table.adapter.classes.size());
  if (options.classes < classes) {
    throw ConfigError(fmt::format("the images have {} classes, the network {}; give --classes {}", classes,
                                  options.classes, classes));
  }
  const ImageCache cache = ImageCache::open_or_build(table, rows, static_cast<int>(options.size));
  const at::Tensor pixels = at::empty({request.batch, options.size, options.size, 3}, at::kByte);
  std::copy_n(cache.data(), cache.size() * cache.image_bytes(), pixels.data_ptr<std::uint8_t>());
  const at::Tensor labels = at::empty({request.batch}, at::kLong);
  for (std::size_t i = 0; i < count; ++i) labels.data_ptr<std::int64_t>()[i] = table.rows[rows[i]].label;
  return {.images = normalised(pixels.permute({0, 3, 1, 2}).to(at::kFloat).contiguous()), .labels = labels};
}

}  // namespace

std::vector<ProxyCandidate> proxy_candidates(const ProxiesRequest& request, const nn::Registry& registry) {
  std::vector<ProxyCandidate> candidates;
  if (!request.cells.empty()) {
    for (const std::size_t index : parse_cells(request.cells, request.seed)) {
      candidates.push_back({nn::cell_entry(nn::cell_at(index)), mix_seed(request.seed, index), index});
    }
    return candidates;
  }
  for (const auto& name : request.models) candidates.push_back({nn::find_model(registry, name), request.seed, {}});
  return candidates;
}

ProxyBatch proxy_batch(const ProxiesRequest& request, const nn::ModelOptions& options) {
  if (request.images != "noise") return image_batch(request, options);
  return noise_batch(request.batch, options.classes, options.size, request.seed);
}

}  // namespace flnas::proxies
