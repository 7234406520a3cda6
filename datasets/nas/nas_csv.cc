#include "datasets/nas/nas_csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

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
constexpr double kFailedProxy = -1e8;  // NAS-Bench-Suite-Zero's mark of a proxy that could not be computed

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

enum class Kind { kAccuracy, kLatency, kEnergy, kProxy };

/// One file, its rows found by their index.
class Sheet {
 public:
  /// `rows`: how many there have to be, where that is known.
  Sheet(const fs::path& file, std::optional<std::size_t> rows) : csv_(Csv::read(file)), row_of_(kNasCells, kNone) {
    const std::size_t column = csv_.column("index");
    for (std::size_t row = 0; row < csv_.rows(); ++row) {
      const double index = csv_.number(row, column);
      if (index != std::floor(index) || index < 0 || index >= static_cast<double>(kNasCells)) {
        fail(row, fmt::format("there is no index {}; they are 0 to {}", csv_.at(row, column), kNasCells - 1));
      }
      std::size_t& found = row_of_[static_cast<std::size_t>(index)];
      if (found != kNone) fail(row, fmt::format("index {} is here again, after line {}", index, csv_.line(found)));
      found = row;
    }
    if (!rows || csv_.rows() == *rows) return;
    const std::string next = *rows == kNasCells && csv_.rows() < *rows
                                 ? fmt::format(", the first missing index is {}", first_missing())
                                 : "";
    throw DataError(fmt::format("{}: {} rows instead of {}{}; the file was cut or is another table: fetch it again",
                                csv_.where(), csv_.rows(), *rows, next));
  }

  const Csv& csv() const { return csv_; }

  bool has(std::size_t index) const { return row_of_[index] != kNone; }
  std::size_t row(std::size_t index) const { return row_of_[index]; }

  /// The column by index.
  std::vector<double> values(std::size_t column, Kind kind) const {
    std::vector<double> values(kNasCells, kNaN);
    for (std::size_t index = 0; index < kNasCells; ++index) {
      if (has(index)) values[index] = value(row_of_[index], column, kind);
    }
    return values;
  }

  [[noreturn]] void fail(std::size_t row, const std::string& problem) const {
    throw DataError(fmt::format("{}:{}: {}", csv_.where(), csv_.line(row), problem));
  }

 private:
  static constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

  std::size_t first_missing() const {
    return static_cast<std::size_t>(std::find(row_of_.begin(), row_of_.end(), kNone) - row_of_.begin());
  }

  double value(std::size_t row, std::size_t column, Kind kind) const {
    const std::string& text = csv_.at(row, column);
    if (text.empty() && (kind == Kind::kAccuracy || kind == Kind::kProxy)) return kNaN;
    if (kind == Kind::kProxy && text == "-inf") return kNaN;
    const double number = csv_.number(row, column);
    if (kind == Kind::kProxy) return number <= kFailedProxy ? kNaN : number;
    if (kind == Kind::kLatency && number == -1) return kNaN;
    if (kind == Kind::kAccuracy && (number < 0 || number > 100)) {
      fail(row, fmt::format("{} in column '{}' is no accuracy in percent", text, csv_.header()[column]));
    }
    if (kind != Kind::kAccuracy && number <= 0) {
      fail(row, fmt::format("{} in column '{}' is not above 0{}", text, csv_.header()[column],
                            kind == Kind::kLatency ? ", nor -1 for what cannot be measured" : ""));
    }
    return number;
  }

  Csv csv_;
  std::vector<std::size_t> row_of_;
};

/// Codes to the architecture string, as NAS-Bench-201 writes it.
std::string arch_string(const std::array<int, 6>& codes) {
  static constexpr const char* kOperations[] = {"none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3"};
  const auto edge = [&](std::size_t i, int from) { return fmt::format("{}~{}|", kOperations[codes[i]], from); };
  return "|" + edge(0, 0) + "+|" + edge(1, 0) + edge(2, 1) + "+|" + edge(3, 0) + edge(4, 1) + edge(5, 2);
}

/// The column "cell"; checks every architecture string against its codes.
std::vector<double> read_cells(const Sheet& sheet) {
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
  const auto of = [&](const std::string& prefix) {
    std::vector<std::pair<std::string, fs::path>> found;  // what follows the prefix, and the file
    for (const auto& file : files) {
      const std::string stem = file.stem().string();
      if (stem.rfind(prefix, 0) == 0) found.emplace_back(stem.substr(prefix.size()), file);
    }
    return found;
  };
  const auto devices = of("hw_");
  if (devices.empty() || !fs::exists(folder / kAccuracies)) {
    throw DataError(fmt::format("{}: no {}; --tables takes a folder in the form of datasets/nas/README.md",
                                folder.string(), devices.empty() ? "hw_<dataset>.csv" : kAccuracies));
  }
  const Sheet accuracies(folder / kAccuracies, cells);
  table.columns["cell"] = read_cells(accuracies);
  const auto require_known = [&](const Sheet& sheet) {
    for (std::size_t index = 0; index < kNasCells; ++index) {
      if (sheet.has(index) && !accuracies.has(index)) {
        sheet.fail(sheet.row(index), fmt::format("index {} is not in {}", index, kAccuracies));
      }
    }
  };
  for (const auto& [dataset, file] : devices) {
    const Sheet sheet(file, cells);
    require_known(sheet);
    for (std::size_t column = 0; column < sheet.csv().header().size(); ++column) {
      const std::string& header = sheet.csv().header()[column];
      for (const auto& [ending, kind] : {std::pair("_latency", Kind::kLatency), std::pair("_energy", Kind::kEnergy)}) {
        if (!header.ends_with(ending)) continue;
        const std::string device = header.substr(0, header.size() - std::string(ending).size());
        table.columns[fmt::format("{}/{}/{}", dataset, ending + 1, device)] = sheet.values(column, kind);
      }
    }
    for (std::size_t column = 0; column < accuracies.csv().header().size(); ++column) {
      const std::string name = accuracy_name(accuracies.csv().header()[column], short_name(dataset));
      if (name.empty()) continue;
      auto values = accuracies.values(column, Kind::kAccuracy);
      // An incomplete validation column is no basis for a search and is left out.
      if (is_complete(name, values, cells)) table.columns[dataset + "/" + name] = std::move(values);
    }
  }
  for (const char* kind : {"zc13", "zc_full"}) {
    for (auto [dataset, file] : of(std::string(kind) + "_")) {
      std::optional<std::size_t> rows = cells;
      if (std::string(kind) == "zc13") {
        rows = cells == kNasCells ? std::optional(kZc13Cells) : std::nullopt;
        // zc13_cifar100_725.csv: so many rows were published.
        const std::size_t mark = dataset.rfind('_');
        if (mark != dataset.npos && dataset.find_first_not_of("0123456789", mark + 1) == dataset.npos) {
          rows = std::stoul(dataset.substr(mark + 1));
          dataset.resize(mark);
        }
      }
      const Sheet sheet(file, rows);
      require_known(sheet);
      for (std::size_t column = 0; column < sheet.csv().header().size(); ++column) {
        const std::string& header = sheet.csv().header()[column];
        if (header == "index" || !accuracy_name(header, short_name(dataset)).empty()) continue;
        table.columns[fmt::format("{}/{}/{}", dataset, kind, header)] = sheet.values(column, Kind::kProxy);
      }
    }
  }
  return table;
}

}  // namespace flnas
