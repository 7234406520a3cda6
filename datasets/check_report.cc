#include "datasets/check_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>

#include "datasets/adapters/adapter_files.h"
#include "harness/base/plural.h"

namespace flnas {
namespace {

std::string counts_to_text(const Json& counts, const std::string& example, const TableForm& form) {
  TextRow header = {"class", example + "s"};
  std::vector<TextRow> rows;
  for (const auto& [name, row] : counts.items()) {
    TextRow cells = {name, row["images"].dump()};
    for (const auto& groups : row) {
      if (!groups.is_object()) continue;
      for (const auto& [group, images] : groups.items()) {
        if (group == "unknown") continue;  // said above, as blank cells
        if (rows.empty()) header.push_back(group);
        cells.push_back(images.dump());
      }
    }
    rows.push_back(std::move(cells));
  }
  rows.insert(rows.begin(), header);
  if (header.size() > rows.size()) rows = transposed(rows);  // a group a line
  return show_table(rows, "l" + std::string(rows[0].size(), 'r'), form);
}

template <class List, class Name>
std::string list_to_text(std::string_view title, const List& list, std::size_t most, Name&& name) {
  std::string text;
  for (std::size_t i = 0; i < list.size() && i < most; ++i) text += fmt::format("  {}: {}\n", title, name(list[i]));
  if (list.size() > most) text += fmt::format("  ... and {} more (--json lists all)\n", list.size() - most);
  return text;
}

}  // namespace

CheckReport count_rows(const Table& table) {
  CheckReport report;
  report.images = table.rows.size();
  report.synthetic = table.synthetic;
  report.fingerprint = table.fingerprint;
  report.bad_rows = table.bad_rows;
  report.filtered = table.filtered;
  report.example = table.adapter.example;
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
  if (!table.adapter.is_table() || report.unit != report.example) {
    report.missing.emplace_back(report.unit, without_lesion);
  }
  for (std::size_t a = 0; a < attributes.size(); ++a) report.missing.emplace_back(attributes[a].name, unknown[a]);
  return report;
}

void say_count(std::vector<std::string>& to, std::size_t count, std::string_view what) {
  if (count > 0) to.push_back(fmt::format("{} {}", count, what));
}

void judge_rows(const Table& table, CheckReport& report) {
  say_count(report.problems, report.bad_rows.size(), "rows that cannot be used: mend or remove them");
  for (const auto& attribute : table.adapter.attributes) {
    for (const auto& group : attribute.group_names()) {
      std::size_t images = 0;
      for (const auto& [name, row] : report.counts.items()) images += row[attribute.name][group].get<std::size_t>();
      if (images > 0) continue;
      report.problems.push_back(fmt::format("no {} of group {} ({}): add some, or drop it from the adapter",
                                            report.example, group, attribute.name));
    }
  }
  for (const auto& [name, row] : report.counts.items()) {
    if (row["images"] == 0) report.warnings.push_back(fmt::format("no {} of class {}", report.example, name));
  }
}

Json report_to_json(const CheckReport& report) {
  Json unreadable = Json::object(), faulty = Json::object(), missing = Json::object();
  for (const auto& [image, reason] : report.unreadable) unreadable[image] = reason;
  for (const auto& [image, warning] : report.faulty) faulty[image] = warning;
  for (const auto& [name, blank] : report.missing) missing[name] = blank;
  return {{"usable", report.usable()},
          {"images", report.images},
          {"lesions", report.lesions},
          {"unit", report.unit},
          {"synthetic", report.synthetic},
          {"fingerprint", report.fingerprint},
          {"problems", report.problems},
          {"warnings", report.warnings},
          {"filtered", report.filtered},
          {"bad_rows", report.bad_rows},
          {"unreadable", unreadable},
          {"faulty", faulty},
          {"without_image", report.without_image},
          {"without_label", report.without_label},
          {"exact_duplicates", report.exact},
          {"near_duplicates", report.near},
          {"near_duplicates_within_lesions", report.near_views},
          {"missing", missing},
          {"counts", report.counts}};
}

std::string report_to_text(const CheckReport& report, std::size_t most, const TableForm& form) {
  std::string text = counted(static_cast<long long>(report.images), report.example);
  if (report.unit != report.example) text += " of " + counted(static_cast<long long>(report.lesions), report.unit);
  text += fmt::format("{}; data {:.12}\n", report.synthetic ? ", synthetic" : "", report.fingerprint);
  if (report.filtered > 0) {
    text +=
        fmt::format("{} left out by the adapter's filters\n", counted(static_cast<long long>(report.filtered), "row"));
  }
  std::vector<std::string> blank;
  for (const auto& [name, count] : report.missing) blank.push_back(fmt::format("{} {}", name, count));
  if (!blank.empty()) text += fmt::format("blank in the table: {}\n", fmt::join(blank, ", "));
  if (report.near_views > 0) {
    text += fmt::format("nearly equal images of one {}: {}\n", report.unit,
                        counted(static_cast<long long>(report.near_views), "pair"));
  }
  text += "\n";
  text += counts_to_text(report.counts, report.example, form) + "\n";
  const auto same = [](const auto& item) { return item; };
  const auto pair = [](const auto& item) { return item.first + ", " + item.second; };
  text += list_to_text("bad row", report.bad_rows, most, same);
  text += list_to_text("unreadable", report.unreadable, most, [](const auto& item) { return item.second; });
  text += list_to_text("fault of form", report.faulty, most,
                       [](const auto& item) { return fmt::format("{} ({})", item.first, item.second); });
  text += list_to_text("without image", report.without_image, most, [&](const auto& image) {
    const auto found = report.misnamed.find(image);
    return found == report.misnamed.end() ? image : fmt::format("{}; there is a {}: rename it", image, found->second);
  });
  text += list_to_text("without label", report.without_label, most, same);
  text += list_to_text("same bytes", report.exact, most,
                       [](const auto& images) { return fmt::format("{}", fmt::join(images, ", ")); });
  text += list_to_text("nearly equal", report.near, most, pair);
  for (const auto& warning : report.warnings) text += fmt::format("warning: {}\n", warning);
  for (const auto& problem : report.problems) text += fmt::format("problem: {}\n", problem);
  return text + (report.usable() ? "usable\n" : "NOT usable\n");
}

}  // namespace flnas
