#include "searches/spaces/nas_bench_201/miniature/miniature.h"

#include <fmt/format.h>

#include <functional>
#include <map>
#include <vector>

#include "harness/base/csv.h"
#include "harness/base/error.h"
#include "harness/base/fields.h"
#include "harness/base/files.h"
#include "harness/base/progress.h"
#include "harness/base/system.h"
#include "harness/base/text.h"
#include "harness/nn/nas_bench_201/nas_bench_201.h"
#include "harness/proxies/proxies.h"
#include "searches/spaces/nas_bench_201/miniature/cell_trainer.h"

namespace flnas::searches {
namespace {

namespace fs = std::filesystem;
using nn::Cell;
using nn::CellOperation;

void check(const NasMiniatureConfig& config) {
  std::vector<std::string> problems;
  const auto require = [&](bool holds, const std::string& problem) {
    if (!holds) problems.push_back(problem);
  };
  require(config.free_edges >= 1 && config.free_edges <= 4, "--free-edges is 1 to 4");
  require(config.short_epochs >= 1 && config.epochs > config.short_epochs,
          "--epochs must be above --short-epochs, and that at least 1");
  require(config.channels >= 1, "--channels must be at least 1");
  require(config.size >= 16, "--size must be at least 16");
  require_valid(problems);
}

/// The cells of the space by their index, ascending.
std::map<std::size_t, Cell> cells_of(const NasMiniatureConfig& config) {
  constexpr std::size_t kFree[] = {0, 2, 5, 3};  // e01, e12, e23, e03
  std::map<std::size_t, Cell> cells;
  const int count = 1 << (2 * config.free_edges);
  for (int number = 0; number < count; ++number) {
    Cell cell;
    if (config.free_edges < 4) cell.operations[3] = CellOperation::kSkipConnect;
    for (int i = 0; i < config.free_edges; ++i)
      cell.operations[kFree[i]] = static_cast<CellOperation>(number >> (2 * i) & 3);
    cells.emplace(nn::table_index(cell), cell);
  }
  return cells;
}

using Rows = std::map<std::size_t, Json>;  ///< by index

std::string number(const Json& value) { return value.is_null() ? "" : fmt::format("{:.8g}", value.get<double>()); }

/// index and these columns of the cells for which `has`.
void write_columns(const fs::path& file, const Rows& rows,
                   const std::vector<std::pair<std::string, std::string>>& columns,
                   const std::function<bool(std::size_t)>& has) {
  std::vector<std::string> header = {"index"};
  for (const auto& [name, key] : columns) header.push_back(name);
  std::string text = csv_row(header) + "\n";
  for (const auto& [index, row] : rows) {
    if (!has(index)) continue;
    std::vector<std::string> fields = {fmt::format("{}", index)};
    for (const auto& [name, key] : columns) fields.push_back(number(row.at(key)));
    text += csv_row(fields) + "\n";
  }
  write_file(file, text);
}

void write_accuracies(const fs::path& file, const Rows& rows, const NasMiniatureConfig& config) {
  std::string text =
      fmt::format("index,arch_str,e01,e02,e12,e03,e13,e23,lesions_test_{0},lesions_val_{0},lesions_val_{1}\n",
                  config.epochs, config.short_epochs);
  for (const auto& [index, row] : rows) {
    const Cell cell = nn::cell_at(index);
    text += fmt::format("{},{}", index, nn::to_string(cell));
    for (const CellOperation operation : cell.operations) text += fmt::format(",{}", static_cast<int>(operation));
    text += fmt::format(",{:.4f},{:.4f},{:.4f}\n", row["test_long"].get<double>(), row["val_long"].get<double>(),
                        row["val_short"].get<double>());
  }
  write_file(file, text);
}

void write_table(const fs::path& out, const Rows& rows, const NasMiniatureConfig& config, const std::string& command) {
  const auto all = [](std::size_t) { return true; };
  write_accuracies(out / "nb201_arch_acc.csv", rows, config);
  write_columns(out / "hw_lesions.csv", rows, {{"host_latency", "host"}, {"host_batch16_latency", "host_batch16"}},
                all);
  std::vector<std::pair<std::string, std::string>> thirteen;
  for (const auto& name : proxies::proxy_names()) thirteen.emplace_back(name, "proxy_" + name);
  write_columns(out / "zc13_lesions.csv", rows, thirteen,
                [](std::size_t index) { return nn::reachable(nn::cell_at(index)) == nn::cell_at(index); });
  write_columns(out / "zc_full_lesions.csv", rows,
                {{"synflow", "proxy_synflow"},
                 {"naswot", "proxy_nwot"},
                 {"params_M", "proxy_params"},
                 {"flops_M", "proxy_flops"}},
                all);
  const Json machine = describe_machine();
  write_json(
      out / "table.json",
      {{"name", "miniature cell space"},
       {"cells", rows.size()},
       {"note",
        fmt::format(
            "made by `{}` on {}: each cell trained once on {} synthetic lesions of {} px (binary), {} channels, one "
            "cell per stage; latencies of the eager network on {} thread(s), medians, on a machine that did other "
            "things too; proxies on {} images of noise",
            command, machine["cpu"].is_string() ? machine["cpu"].get<std::string>() : "an unknown processor",
            config.images, config.size, config.channels, config.threads, kProxyImages)}});
}

/// The cells that an earlier run finished.
Rows read_rows(const fs::path& file, const Json& settings) {
  Rows rows;
  if (!fs::exists(file)) {
    append_line(file, settings.dump());
    return rows;
  }
  const std::string content = read_file(file);
  const auto lines = split(std::string_view(content).substr(0, content.rfind('\n') + 1), '\n');
  if (lines.empty() || parse_json(lines[0], file.string()) != settings) {
    throw ConfigError(
        fmt::format("{}: belongs to a table with other settings; choose another --out, or delete it", file.string()));
  }
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (lines[i].empty()) continue;
    const Json row = parse_json(lines[i], fmt::format("{}:{}", file.string(), i + 1));
    rows[row.at("index").get<std::size_t>()] = row;
  }
  return rows;
}

}  // namespace

void write_nas_miniature(const fs::path& out, const NasMiniatureConfig& config, const std::string& command) {
  check(config);
  if (fs::exists(out / "table.json")) {
    throw ConfigError(fmt::format("{}: holds a table already; choose another --out", out.string()));
  }
  const fs::path work = out / "work";
  create_folder(work);
  Rows rows = read_rows(work / "cells.jsonl", config_to_json(config));
  const CellTrainer cell_trainer(config, work);
  const auto cells = cells_of(config);
  Progress progress("cells", static_cast<std::int64_t>(cells.size()));
  for (const auto& [index, cell] : cells) {
    if (rows.contains(index)) continue;
    Json row = cell_trainer.measure(cell);
    row["index"] = index;
    append_line(work / "cells.jsonl", row.dump());
    rows[index] = std::move(row);
    progress.update(static_cast<std::int64_t>(rows.size()));
  }
  write_table(out, rows, config, command);
  remove_path(work);
}

}  // namespace flnas::searches
