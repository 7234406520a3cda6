#include "datasets/images/check.h"

#include <fmt/format.h>

#include <map>
#include <numeric>
#include <set>

#include "datasets/adapter_files.h"
#include "datasets/images/duplicates.h"
#include "datasets/images/opened.h"

namespace flnas {
namespace {

void find_duplicates(const Table& table, const std::vector<OpenedImage>& opened, unsigned threads,
                     CheckReport& report) {
  std::map<std::string, std::vector<std::string>> by_hash;
  std::vector<std::size_t> rows;
  std::vector<Thumbnail> thumbnails;
  for (std::size_t i = 0; i < opened.size(); ++i) {
    if (opened[i].hash.empty()) continue;
    auto& same = by_hash[opened[i].hash];
    same.push_back(table.rows[i].image);
    if (!opened[i].problem.empty() || same.size() > 1) continue;  // copies of the first are reported as exact
    rows.push_back(i);
    thumbnails.push_back(opened[i].thumbnail);
  }
  for (auto& [hash, images] : by_hash) {
    if (images.size() > 1) report.exact.push_back(std::move(images));
  }
  std::sort(report.exact.begin(), report.exact.end());
  for (const auto& [i, j] : find_near_duplicates(thumbnails, threads)) {
    const Row& a = table.rows[rows[i]];
    const Row& b = table.rows[rows[j]];
    if (a.unit() == b.unit())
      ++report.near_views;
    else
      report.near.emplace_back(a.image, b.image);
  }
}

/// Blank cells, and images per class and group.
void count(const Table& table, CheckReport& report) {
  const auto& attributes = table.adapter.attributes;
  const auto group_name = [&](std::size_t a, int group) {
    return group < 0 ? "unknown" : attributes[a].groups[static_cast<std::size_t>(group)].name;
  };
  std::size_t without_lesion = 0;
  std::vector<std::size_t> unknown(attributes.size());
  for (const auto& name : table.adapter.classes) {
    Json& row = report.counts[name];
    row["images"] = 0;
    for (const auto& attribute : attributes) {
      for (const auto& group : attribute.group_names()) row[attribute.name][group] = 0;
      row[attribute.name]["unknown"] = 0;
    }
  }
  const auto add = [](Json& cell) { cell = cell.get<std::size_t>() + 1; };
  std::set<std::string> units;
  for (const Row& row : table.rows) {
    units.insert(row.unit());
    without_lesion += row.lesion.empty();
    Json& counts = report.counts[table.adapter.classes[static_cast<std::size_t>(row.label)]];
    add(counts["images"]);
    for (std::size_t a = 0; a < attributes.size(); ++a) {
      add(counts[attributes[a].name][group_name(a, row.groups[a])]);
      unknown[a] += row.groups[a] < 0;
    }
  }
  report.lesions = units.size();
  report.unit = unit_word(table.adapter);
  report.missing.emplace_back(unit_word(table.adapter), without_lesion);
  for (std::size_t a = 0; a < attributes.size(); ++a) report.missing.emplace_back(attributes[a].name, unknown[a]);
}

void judge(const Table& table, CheckReport& report) {
  const auto say = [](std::vector<std::string>& to, std::size_t count, std::string_view what) {
    if (count > 0) to.push_back(fmt::format("{} {}", count, what));
  };
  say(report.problems, report.bad_rows.size(), "rows that cannot be used: mend or remove them");
  say(report.problems, report.unreadable.size(), "unreadable images: fetch them again or remove their rows");
  say(report.problems, report.without_image.size(), "labels without image: fetch the images or remove the rows");
  for (const auto& attribute : table.adapter.attributes) {
    for (const auto& group : attribute.group_names()) {
      std::size_t images = 0;
      for (const auto& [name, row] : report.counts.items()) images += row[attribute.name][group].get<std::size_t>();
      if (images > 0) continue;
      report.problems.push_back(
          fmt::format("no image of group {} ({}): add some, or drop it from the adapter", group, attribute.name));
    }
  }
  for (const auto& [name, row] : report.counts.items()) {
    if (row["images"] == 0) report.warnings.push_back(fmt::format("no image of class {}", name));
  }
  for (const auto& column : table.unused_columns) {
    report.warnings.push_back(
        fmt::format("column '{}' of {} is no class of the adapter: it is not used", column, table.adapter.labels_file));
  }
  say(report.warnings, report.faulty.size(), "images with a fault of form: they are read, as other programs do");
  say(report.warnings, report.exact.size(), "groups of images with the same bytes: a split may put them on both sides");
  say(report.warnings, report.near.size(),
      fmt::format("pairs of nearly equal images of different {}s: a split may part them", report.unit));
  say(report.warnings, report.without_label.size(), "image files without label: they are not used");
  say(report.warnings, table.without_label, "metadata rows without label: they are not used");
}

}  // namespace

CheckReport check_dataset(const Table& table, unsigned threads) {
  CheckReport report;
  report.images = table.rows.size();
  report.synthetic = table.synthetic;
  report.fingerprint = table.fingerprint;
  report.bad_rows = table.bad_rows;
  for (const auto& file : table.unlabelled) report.without_label.push_back(file.filename().string());
  count(table, report);
  RowIndices all(table.rows.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  const std::vector<OpenedImage> opened = open_images(table, all, threads);
  for (std::size_t i = 0; i < opened.size(); ++i) {
    const Row& row = table.rows[i];
    if (row.file.empty()) report.without_image.push_back(row.image);
    if (table.misnamed.contains(row.image)) report.misnamed[row.image] = table.misnamed.at(row.image);
    if (!opened[i].problem.empty()) report.unreadable.emplace_back(row.image, opened[i].problem);
    if (!opened[i].warning.empty()) report.faulty.emplace_back(row.image, opened[i].warning);
  }
  find_duplicates(table, opened, threads, report);
  judge(table, report);
  return report;
}

}  // namespace flnas
