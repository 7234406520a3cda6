#include "datasets/images/check.h"

#include <fmt/format.h>

#include <map>
#include <numeric>

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

void judge(const Table& table, CheckReport& report) {
  judge_rows(table, report);
  say_count(report.problems, report.unreadable.size(), "unreadable images: fetch them again or remove their rows");
  say_count(report.problems, report.without_image.size(), "labels without image: fetch the images or remove the rows");
  for (const auto& column : table.unused_columns) {
    report.warnings.push_back(
        fmt::format("column '{}' of {} is no class of the adapter: it is not used", column, table.adapter.labels_file));
  }
  say_count(report.warnings, report.faulty.size(), "images with a fault of form: they are read, as other programs do");
  say_count(report.warnings, report.exact.size(),
            "groups of images with the same bytes: a split may put them on both sides");
  say_count(report.warnings, report.near.size(),
            fmt::format("pairs of nearly equal images of different {}s: a split may part them", report.unit));
  say_count(report.warnings, report.without_label.size(), "image files without label: they are not used");
  say_count(report.warnings, table.without_label, "metadata rows without label: they are not used");
}

}  // namespace

CheckReport check_dataset(const Table& table, unsigned threads) {
  CheckReport report = count_rows(table);
  for (const auto& file : table.unlabelled) report.without_label.push_back(file.filename().string());
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
