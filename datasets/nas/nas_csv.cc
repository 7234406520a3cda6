#include "datasets/nas/nas_csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

#include "datasets/nas/nas_sheet.h"
#include "datasets/nas/nas_table.h"
#include "harness/base/csv.h"
#include "harness/base/error.h"
#include "harness/base/fields.h"
#include "harness/base/files.h"
#include "harness/base/json.h"

namespace flnas {
namespace {

namespace fs = std::filesystem;

constexpr char kAccuracies[] = "nb201_arch_acc.csv";
constexpr char kInfo[] = "table.json";
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// Cells without unreachable operations: those that NAS-Bench-Suite-Zero has proxies of.
constexpr std::size_t kZc13Cells = 9445;

/// Data sets that have a shorter name in the columns of nb201_arch_acc.csv.
constexpr std::array<std::pair<const char*, const char*>, 3> kShort = {
    {{"cifar10", "c10"}, {"cifar100", "c100"}, {"ImageNet16-120", "in16"}}};

std::string short_name(const std::string& dataset) {
  for (const auto& [name, brief] : kShort) {
    if (dataset == name) return brief;
  }
  return dataset;
}

/// Codes to the architecture string, as NAS-Bench-201 writes it.
std::string arch_string(const std::array<int, 6>& codes) {
  static constexpr const char* kOperations[] = {"none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3"};
  const auto edge = [&](std::size_t i, int from) { return fmt::format("{}~{}|", kOperations[codes[i]], from); };
  return "|" + edge(0, 0) + "+|" + edge(1, 0) + edge(2, 1) + "+|" + edge(3, 0) + edge(4, 1) + edge(5, 2);
}

/// The column "cell"; checks every architecture string against its codes.
std::vector<double> read_cells(const NasSheet& sheet) {
  const Csv& csv = sheet.csv();
  const std::size_t text = csv.column("arch_str");
  std::array<std::size_t, 6> columns;
  for (std::size_t i = 0; const char* name : {"e01", "e02", "e12", "e03", "e13", "e23"})
    columns[i++] = csv.column(name);
  std::vector<double> cells(kNasCells, kNaN);
  for (std::size_t index = 0; index < kNasCells; ++index) {
    if (!sheet.has(index)) continue;
    const std::size_t row = sheet.row(index);
    std::array<int, 6> codes;
    int number = 0;
    for (std::size_t i = 0; i < codes.size(); ++i) {
      const std::string& code = csv.at(row, columns[i]);
      if (code.size() != 1 || code[0] < '0' || code[0] > '4') {
        sheet.fail(
            row, fmt::format("'{}' in column '{}' is no operation; codes are 0 to 4", code, csv.header()[columns[i]]));
      }
      codes[i] = code[0] - '0';
      number = 5 * number + codes[i];
    }
    if (csv.at(row, text) != arch_string(codes)) {
      sheet.fail(row,
                 fmt::format("arch_str '{}' is not what its codes say, '{}'", csv.at(row, text), arch_string(codes)));
    }
    cells[index] = number;
  }
  return cells;
}

/// "c10_val_12" of data set c10: "validation/12"; blank for columns of something else.
std::string accuracy_name(const std::string& header, const std::string& dataset) {
  for (const auto& [brief, subset] : {std::pair("_val_", "validation/"), std::pair("_test_", "test/")}) {
    const std::string prefix = dataset + brief;
    if (header.rfind(prefix, 0) == 0) return subset + header.substr(prefix.size());
  }
  return "";
}

/// Whether the schedule is the short one, whose validation accuracies a search needs for every cell.
bool is_complete(const std::string& name, const std::vector<double>& values, std::size_t cells) {
  const auto known =
      static_cast<std::size_t>(std::count_if(values.begin(), values.end(), [](double v) { return !std::isnan(v); }));
  return known == cells || name.rfind("validation/", 0) != 0;
}

/// A kind of file: what follows the prefix in the names of those that the folder has, and the files.
std::vector<std::pair<std::string, fs::path>> files_of(const std::string& prefix, const std::vector<fs::path>& files) {
  std::vector<std::pair<std::string, fs::path>> found;
  for (const auto& file : files) {
    const std::string stem = file.stem().string();
    if (stem.rfind(prefix, 0) == 0) found.emplace_back(stem.substr(prefix.size()), file);
  }
  return found;
}

void require_known(const NasSheet& sheet, const NasSheet& accuracies) {
  for (std::size_t index = 0; index < kNasCells; ++index) {
    if (sheet.has(index) && !accuracies.has(index)) {
      sheet.fail(sheet.row(index), fmt::format("index {} is not in {}", index, kAccuracies));
    }
  }
}

void add_costs(const NasSheet& sheet, const std::string& dataset, NasColumns& table) {
  for (std::size_t column = 0; column < sheet.csv().header().size(); ++column) {
    const std::string& header = sheet.csv().header()[column];
    for (const auto& [ending, kind] :
         {std::pair("_latency", NasKind::kLatency), std::pair("_energy", NasKind::kEnergy)}) {
      if (!header.ends_with(ending)) continue;
      const std::string device = header.substr(0, header.size() - std::string(ending).size());
      table.columns[fmt::format("{}/{}/{}", dataset, ending + 1, device)] = sheet.values(column, kind);
    }
  }
}

void add_accuracies(const NasSheet& sheet, const std::string& dataset, NasColumns& table) {
  for (std::size_t column = 0; column < sheet.csv().header().size(); ++column) {
    const std::string name = accuracy_name(sheet.csv().header()[column], short_name(dataset));
    if (name.empty()) continue;
    auto values = sheet.values(column, NasKind::kAccuracy);
    // An incomplete validation column is no basis for a search and is left out.
    if (is_complete(name, values, table.info.cells)) table.columns[dataset + "/" + name] = std::move(values);
  }
}

/// How many rows a file of zc13 has to have; takes the mark of a part off the data set's name: of cifar100_725 so many
/// were published.
std::optional<std::size_t> zc13_rows(std::string& dataset, std::size_t cells) {
  const std::size_t mark = dataset.rfind('_');
  if (mark < dataset.size() - 1 && dataset.find_first_not_of("0123456789", mark + 1) == dataset.npos) {
    const std::size_t rows = std::stoul(dataset.substr(mark + 1));
    dataset.resize(mark);
    return rows;
  }
  return cells == kNasCells ? std::optional(kZc13Cells) : std::nullopt;
}

void add_proxies(const NasSheet& sheet, const std::string& dataset, const std::string& kind, NasColumns& table) {
  for (std::size_t column = 0; column < sheet.csv().header().size(); ++column) {
    const std::string& header = sheet.csv().header()[column];
    if (header == "index" || !accuracy_name(header, short_name(dataset)).empty()) continue;
    table.columns[fmt::format("{}/{}/{}", dataset, kind, header)] = sheet.values(column, NasKind::kProxy);
  }
}

}  // namespace

std::vector<fs::path> nas_files(const fs::path& folder) {
  if (!fs::is_directory(folder)) {
    throw DataError(
        fmt::format("{}: no such folder; --tables takes one with {} and hw_*.csv", folder.string(), kAccuracies));
  }
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    const bool csv = name == kAccuracies || name.rfind("hw_", 0) == 0 || name.rfind("zc13_", 0) == 0 ||
                     name.rfind("zc_full_", 0) == 0;
    if ((csv && name.ends_with(".csv")) || name == kInfo) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

NasColumns read_nas_csv(const fs::path& folder) {
  NasColumns table;
  const auto files = nas_files(folder);
  if (fs::exists(folder / kInfo)) {
    config_from_json(table.info, read_json(folder / kInfo), (folder / kInfo).string());
  }
  const std::size_t cells = table.info.cells;
  const auto devices = files_of("hw_", files);
  if (devices.empty() || !fs::exists(folder / kAccuracies)) {
    throw DataError(fmt::format("{}: no {}; --tables takes a folder in the form of datasets/nas/README.md",
                                folder.string(), devices.empty() ? "hw_<dataset>.csv" : kAccuracies));
  }
  const NasSheet accuracies(folder / kAccuracies, cells);
  table.columns["cell"] = read_cells(accuracies);
  for (const auto& [dataset, file] : devices) {
    const NasSheet sheet(file, cells);
    require_known(sheet, accuracies);
    add_costs(sheet, dataset, table);
    add_accuracies(accuracies, dataset, table);
  }
  for (const std::string kind : {"zc13", "zc_full"}) {
    for (auto [dataset, file] : files_of(kind + "_", files)) {
      const NasSheet sheet(file, kind == "zc13" ? zc13_rows(dataset, cells) : cells);
      require_known(sheet, accuracies);
      add_proxies(sheet, dataset, kind, table);
    }
  }
  return table;
}

}  // namespace flnas
