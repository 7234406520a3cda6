#include "datasets/nas/nas_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "datasets/nas/column_file.h"
#include "harness/base/error.h"
#include "harness/base/fields.h"
#include "harness/base/files.h"
#include "harness/base/hash.h"
#include "harness/base/names.h"
#include "harness/base/text.h"

namespace flnas {
namespace {

namespace fs = std::filesystem;

constexpr int kReaderVersion = 1;  // raised when the same files are to give other columns

std::string key_of(const fs::path& folder) {
  std::string text = fmt::format("reader {}\n", kReaderVersion);
  for (const auto& file : nas_files(folder)) {
    text += fmt::format("{} {}\n", file.filename().string(), sha256_file(file));
  }
  return flnas::sha256(text);
}

/// Data sets in the published order, then the others by name.
std::vector<std::string> datasets_of(const std::vector<std::string>& names) {
  std::vector<std::string> found;
  for (const auto& name : names) {
    const auto parts = split(name, '/');
    if (parts.size() == 3 && parts[1] == "latency" && std::find(found.begin(), found.end(), parts[0]) == found.end()) {
      found.push_back(parts[0]);
    }
  }
  const auto rank = [](const std::string& name) {
    static constexpr std::array<const char*, 3> kPublished = {"cifar10", "cifar100", "ImageNet16-120"};
    return std::find(kPublished.begin(), kPublished.end(), name) - kPublished.begin();
  };
  std::stable_sort(found.begin(), found.end(), [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  return found;
}

struct Schedule {
  int epochs = 0;
  std::size_t column = 0;
};

/// The shortest or longest schedule of a data set's subset.
std::optional<Schedule> schedule(const std::vector<std::string>& names, const std::string& prefix, bool longest) {
  std::optional<Schedule> found;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i].rfind(prefix, 0) != 0) continue;
    const int epochs = std::atoi(names[i].c_str() + prefix.size());
    if (!found || (longest ? epochs > found->epochs : epochs < found->epochs)) found = {epochs, i};
  }
  return found;
}

}  // namespace

NasColumn NasSearchView::cost(const std::string& device, const std::string& kind) const {
  std::vector<std::string> valid;
  for (const Cost& cost : costs_) {
    if (cost.kind != kind) continue;
    if (cost.device == device) return cost.column;
    valid.push_back(cost.device);
  }
  throw ConfigError(fmt::format("{}: {}", dataset_, unknown_name("device with " + kind, device, valid)));
}

bool NasSearchView::has_cost(const std::string& device, const std::string& kind) const {
  return std::any_of(costs_.begin(), costs_.end(),
                     [&](const Cost& cost) { return cost.device == device && cost.kind == kind; });
}

std::vector<std::string> NasSearchView::devices() const {
  std::vector<std::string> names;
  for (const Cost& cost : costs_) {
    if (cost.kind == "latency") names.push_back(cost.device);
  }
  return names;
}

void NasSearchView::add_zc_full(const std::string& name, std::vector<double> values) {
  added_.push_back(std::make_shared<const std::vector<double>>(std::move(values)));
  zc_full_.names.push_back(name);
  zc_full_.columns.emplace_back(*added_.back());
}

NasTable::NasTable() = default;
NasTable::NasTable(NasTable&&) noexcept = default;
NasTable::~NasTable() = default;

NasTable NasTable::open(const fs::path& folder, const fs::path& cache) {
  NasTable table;
  table.key_ = key_of(folder);
  const fs::path file = cache / fmt::format("nas-{:.16}.columns", table.key_);
  auto found = ColumnFile::open(file, table.key_);
  if (!found) {
    const NasColumns read = read_nas_csv(folder);
    Json names = Json::array();
    std::vector<std::vector<double>> columns;
    for (const auto& [name, values] : read.columns) {
      names.push_back(name);
      columns.push_back(values);
    }
    ColumnFile::write(file, table.key_, {{"info", config_to_json(read.info)}, {"columns", names}}, columns);
    found = ColumnFile::open(file, table.key_);
    if (!found) throw IoError(fmt::format("{}: differs from what was written; check the disk", file.string()));
  }
  table.file_ = std::make_unique<ColumnFile>(std::move(*found));
  const Json& description = table.file_->description();
  config_from_json(table.info_, description["info"], file.string());
  description["columns"].get_to(table.names_);
  table.datasets_ = datasets_of(table.names_);
  const auto cells = std::find(table.names_.begin(), table.names_.end(), "cell") - table.names_.begin();
  table.cells_ = table.file_->column(static_cast<std::size_t>(cells));
  for (const auto& dataset : table.datasets_) {
    for (const char* subset : {"validation", "test"}) {
      if (schedule(table.names_, fmt::format("{}/{}/", dataset, subset), false)) continue;
      throw DataError(fmt::format("{}: nb201_arch_acc.csv has no complete {} accuracy of {}, which has latencies",
                                  folder.string(), subset, dataset));
    }
  }
  return table;
}

bool NasTable::has(std::size_t index) const { return index < kNasCells && !std::isnan(cells_[index]); }

NasSearchView NasTable::search_view(const std::string& dataset) const {
  find_name("data set", dataset, datasets_);
  NasSearchView view;
  view.dataset_ = dataset;
  const Schedule shortest = *schedule(names_, dataset + "/validation/", false);
  view.epochs_ = shortest.epochs;
  view.validation_ = file_->column(shortest.column);
  for (std::size_t i = 0; i < names_.size(); ++i) {
    const auto parts = split(names_[i], '/');
    if (parts.size() != 3 || parts[0] != dataset) continue;
    if (parts[1] == "latency" || parts[1] == "energy") view.costs_.push_back({parts[2], parts[1], file_->column(i)});
    if (parts[1] != "zc13" && parts[1] != "zc_full") continue;
    NasProxies& proxies = parts[1] == "zc13" ? view.zc13_ : view.zc_full_;
    proxies.names.push_back(parts[2]);
    proxies.columns.push_back(file_->column(i));
  }
  return view;
}

NasScores NasTable::scores(const std::string& dataset) const {
  find_name("data set", dataset, datasets_);
  const Schedule longest = *schedule(names_, dataset + "/test/", true);
  return {.dataset = dataset, .epochs = longest.epochs, .test = file_->column(longest.column)};
}

}  // namespace flnas
