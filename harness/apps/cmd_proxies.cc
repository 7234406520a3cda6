#include <ATen/Functions.h>
#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <fmt/format.h>
#include <torch/utils.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>

#include "datasets/cache.h"
#include "datasets/table.h"
#include "harness/apps/commands.h"
#include "harness/apps/program/wiring.h"
#include "harness/base/csv.h"
#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/names.h"
#include "harness/base/progress.h"
#include "harness/base/random.h"
#include "harness/base/text.h"
#include "harness/latency/cell_table.h"
#include "harness/nn/classifier.h"
#include "harness/nn/model.h"
#include "harness/nn/nas_bench_201.h"
#include "harness/proxies/proxies.h"
#include "harness/proxies/published.h"

namespace flnas::apps {
namespace {

struct ProxiesArguments {
  std::vector<std::string> models;
  std::string cells;
  std::string data_set = "cifar10";
  nn::ModelOptions options{.classes = 2, .size = 32};
  std::vector<std::string> proxies = proxies::proxy_names();
  std::string images = "noise";
  std::int64_t batch = 64;
  std::uint64_t seed = 1;
  int threads = 0;
  std::filesystem::path tables, out;
  bool json = false;
};

/// One network to look at.
struct Candidate {
  nn::ModelEntry entry;
  std::uint64_t seed = 1;           ///< of its weights
  std::optional<std::size_t> cell;  ///< index in NAS-Bench-201
};

struct Measured {
  std::map<std::string, double> values;
  double seconds = 0;
};

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

std::vector<Candidate> candidates_of(const ProxiesArguments& arguments) {
  std::vector<Candidate> candidates;
  if (!arguments.cells.empty()) {
    for (const std::size_t index : parse_cells(arguments.cells, arguments.seed)) {
      candidates.push_back({nn::cell_entry(nn::cell_at(index)), mix_seed(arguments.seed, index), index});
    }
    return candidates;
  }
  const nn::Registry registry = named_models();
  for (const auto& name : arguments.models) candidates.push_back({nn::find_model(registry, name), arguments.seed, {}});
  return candidates;
}

/// Images of a folder in ISIC layout, drawn by the seed and normalised, with their classes.
proxies::ProxyBatch image_batch(const ProxiesArguments& arguments, const nn::ModelOptions& options) {
  const Table table = read_table(arguments.images, load_adapter("isic2019"));
  const auto count = static_cast<std::size_t>(arguments.batch);
  if (table.rows.size() < count) {
    throw DataError(fmt::format("{}: {} images do not fill --batch {}", arguments.images, table.rows.size(), count));
  }
  std::vector<std::size_t> rows(table.rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = i;
  Random(arguments.seed).shuffle(rows);
  rows.resize(count);
  const auto classes = static_cast<std::int64_t>(table.adapter.classes.size());
  if (options.classes < classes) {
    throw ConfigError(fmt::format("the images have {} classes, the network {}; give --classes {}", classes,
                                  options.classes, classes));
  }
  const ImageCache cache = ImageCache::open_or_build(table, rows, static_cast<int>(options.size));
  const at::Tensor pixels = at::empty({arguments.batch, options.size, options.size, 3}, at::kByte);
  std::copy_n(cache.data(), cache.size() * cache.image_bytes(), pixels.data_ptr<std::uint8_t>());
  const at::Tensor labels = at::empty({arguments.batch}, at::kLong);
  for (std::size_t i = 0; i < count; ++i) labels.data_ptr<std::int64_t>()[i] = table.rows[rows[i]].label;
  return {.images = proxies::normalised(pixels.permute({0, 3, 1, 2}).to(at::kFloat).contiguous()), .labels = labels};
}

Measured measure(const Candidate& candidate, const nn::ModelOptions& options, const proxies::ProxyBatch& batch,
                 const ProxiesArguments& arguments) {
  torch::manual_seed(candidate.seed);
  const auto model = candidate.entry.make(options);
  const auto start = std::chrono::steady_clock::now();
  Measured measured;
  measured.values = proxies::compute_proxies(*model, batch, arguments.proxies, candidate.seed);
  measured.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return measured;
}

/// Agreement with the tables, beside how far the published values of another data set agree with them.
std::vector<proxies::ProxyAgreement> agreement(const ProxiesArguments& arguments,
                                               const std::vector<Candidate>& candidates,
                                               const std::vector<Measured>& measured) {
  proxies::PublishedProxies ours, other;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    for (const auto& [name, value] : measured[i].values) ours[name][*candidates[i].cell] = value;
  }
  const std::string second = arguments.data_set == "cifar10" ? "ImageNet16-120" : "cifar10";
  if (std::filesystem::exists(arguments.tables / ("zc13_" + second + ".csv"))) {
    other = proxies::read_published(arguments.tables, second);
  }
  return proxies::compare_published(ours, proxies::read_published(arguments.tables, arguments.data_set), other);
}

void write_csv(const ProxiesArguments& arguments, const std::vector<Candidate>& candidates,
               const std::vector<Measured>& measured) {
  std::vector<std::string> header = {"model", "index"};
  for (const auto& [name, unused] : measured.front().values) header.push_back(name);
  header.push_back("seconds");
  std::string text = csv_row(header) + "\n";
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    std::vector<std::string> row = {candidates[i].entry.name,
                                    candidates[i].cell ? std::to_string(*candidates[i].cell) : ""};
    for (const auto& [name, value] : measured[i].values)
      row.push_back(std::isfinite(value) ? fmt::format("{:.9g}", value) : "");
    row.push_back(fmt::format("{:.4f}", measured[i].seconds));
    text += csv_row(row) + "\n";
  }
  write_file(arguments.out, text);
}

Json to_json(const std::vector<Candidate>& candidates, const std::vector<Measured>& measured,
             const std::vector<proxies::ProxyAgreement>& agreements, const ProxiesArguments& arguments,
             const nn::ModelOptions& options) {
  Json json = {{"images", arguments.images}, {"batch", arguments.batch}, {"size", options.size},
               {"classes", options.classes}, {"seed", arguments.seed},   {"threads", at::get_num_threads()}};
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    Json row = {{"model", candidates[i].entry.name}, {"title", candidates[i].entry.title}};
    if (candidates[i].cell) row["index"] = *candidates[i].cell;
    for (const auto& [name, value] : measured[i].values) row["proxies"][name] = value;
    row["seconds"] = measured[i].seconds;
    json["models"].push_back(std::move(row));
  }
  for (const auto& one : agreements) {
    json["agreement"].push_back({{"proxy", one.proxy},
                                 {"cells", one.cells},
                                 {"spearman", one.spearman},
                                 {"greatest_difference", one.greatest_difference},
                                 {"published_spearman", one.published ? Json(*one.published) : Json()}});
  }
  return json;
}

void print_text(const std::vector<Candidate>& candidates, const std::vector<Measured>& measured,
                const std::vector<proxies::ProxyAgreement>& agreements) {
  fmt::print("{:<14}", "model");
  for (const auto& [name, unused] : measured.front().values) fmt::print(" {:>12}", name);
  fmt::print(" {:>8}\n", "seconds");
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    fmt::print("{:<14}", candidates[i].entry.name);
    for (const auto& [name, value] : measured[i].values) fmt::print(" {:>12.6g}", value);
    fmt::print(" {:>8.3f}\n", measured[i].seconds);
  }
  if (agreements.empty()) return;
  fmt::print("\nSpearman with the published values; `published`: theirs with those of another data set, same cells\n");
  fmt::print("{:<10} {:>6} {:>9} {:>10} {:>20}\n", "proxy", "cells", "spearman", "published", "greatest difference");
  for (const auto& one : agreements) {
    fmt::print("{:<10} {:>6} {:>9.4f} {:>10} {:>20.6g}\n", one.proxy, one.cells, one.spearman,
               one.published ? fmt::format("{:.4f}", *one.published) : "-", one.greatest_difference);
  }
}

void require_valid_arguments(const ProxiesArguments& arguments) {
  if (arguments.models.empty() == arguments.cells.empty()) throw ConfigError("give either models or --cells");
  if (!arguments.tables.empty() && arguments.cells.empty()) {
    throw ConfigError("--tables holds values of NAS-Bench-201's cells: give --cells, too");
  }
  if (arguments.batch < 2 || arguments.batch > 4096) throw ConfigError("--batch must be 2 to 4096");
  if (arguments.threads < 0 || arguments.threads > 1024) throw ConfigError("--threads must be 0 to 1024");
  for (const auto& name : arguments.proxies) find_name("proxy", name, proxies::proxy_names());
}

void run(const ProxiesArguments& arguments) {
  require_valid_arguments(arguments);
  if (arguments.threads > 0) at::set_num_threads(arguments.threads);
  nn::ModelOptions options = arguments.options;
  if (!arguments.cells.empty()) {
    const CellDataSet& set = cell_data_set(arguments.data_set);
    options = {.classes = set.classes, .size = set.size};
  }
  const std::vector<Candidate> candidates = candidates_of(arguments);
  const proxies::ProxyBatch batch =
      arguments.images == "noise" ? proxies::noise_batch(arguments.batch, options.classes, options.size, arguments.seed)
                                  : image_batch(arguments, options);
  std::vector<Measured> measured;
  {
    Progress progress("proxies", static_cast<std::int64_t>(candidates.size()));
    for (const auto& candidate : candidates) {
      progress.update(static_cast<std::int64_t>(measured.size()), candidate.entry.name);
      measured.push_back(measure(candidate, options, batch, arguments));
    }
  }
  std::vector<proxies::ProxyAgreement> agreements;
  if (!arguments.tables.empty()) agreements = agreement(arguments, candidates, measured);
  if (!arguments.out.empty()) write_csv(arguments, candidates, measured);
  if (arguments.json) {
    fmt::print("{}\n", to_json(candidates, measured, agreements, arguments, options).dump(2));
  } else {
    print_text(candidates, measured, agreements);
  }
}

}  // namespace

void add_proxies(CLI::App& app, int&) {
  auto* command =
      app.add_subcommand("proxies", "zero-cost proxies of networks with random weights, before any training");
  auto arguments = std::make_shared<ProxiesArguments>();
  command->add_option("MODEL", arguments->models, "zoo names, architecture .json files, or cell:INDEX");
  command->add_option("--cells", arguments->cells,
                      "cells of NAS-Bench-201 instead: indices 0,117,..., architecture strings, or random:N without "
                      "unreachable operations");
  command->add_option("--dataset", arguments->data_set, "geometry of the cells: cifar10, cifar100 or ImageNet16-120")
      ->capture_default_str();
  command->add_option("--tables", arguments->tables, "folder with the published values, zc13_DATASET.csv: compare");
  command->add_option("--classes", arguments->options.classes, "outputs of models")->capture_default_str();
  command->add_option("--size", arguments->options.size, "models see 3 x SIZE x SIZE images")->capture_default_str();
  command->add_option("--proxies", arguments->proxies, "only these: A,B,...")->delimiter(',');
  command->add_option("--images", arguments->images, "noise, or a folder in ISIC 2019 layout")->capture_default_str();
  command->add_option("--batch", arguments->batch, "images")->capture_default_str();
  command->add_option("--seed", arguments->seed, "draws cells, weights and images")->capture_default_str();
  command->add_option("--threads", arguments->threads, "CPU threads; 0: one per core")->capture_default_str();
  command->add_option("--out", arguments->out, "CSV, one row per network");
  command->add_flag("--json", arguments->json, "print JSON");
  command->callback([arguments] { run(*arguments); });
}

}  // namespace flnas::apps
