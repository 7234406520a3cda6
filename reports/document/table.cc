#include "reports/document/table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <set>

#include "reports/document/inline.h"

namespace flnas::reports {
namespace {

struct MarkRow {
  Mark mark;
  const char* name;
  const char* meaning;
};

constexpr std::array kMarks{
    MarkRow{Mark::kNone, "", ""},
    MarkRow{Mark::kWithin, "within",
            "the paper's value lies within our 95 % interval (of an estimate: its band), or the counts agree"},
    MarkRow{Mark::kDiffers, "differs",
            "the paper's value lies outside our 95 % interval (of an estimate: its band), or the counts differ"},
    MarkRow{Mark::kNotComparable, "not comparable", "made under other conditions than Table I; no verdict is possible"},
    MarkRow{Mark::kNotMeasured, "not measured", "there is no number of ours, for the reason given"},
    MarkRow{Mark::kExact, "exact", "the parameter count equals the paper's"},
    MarkRow{Mark::kApproximate, "approximate",
            "the paper's model cannot be identified; ours has its parameter count and block types"},
    MarkRow{Mark::kHost, "host", "measured on the machine that the report names"},
    MarkRow{Mark::kMeasured, "measured", "measured on the device that the column names"},
    MarkRow{Mark::kEstimated, "estimated", "computed from a model of the device, not measured"},
    MarkRow{Mark::kEmulated, "emulated", "run under an emulator, not on the device"},
    MarkRow{Mark::kUnreliable, "unreliable", "measured, but its record says why it should not be believed"},
    MarkRow{Mark::kNotAboveConstant, "not above constant",
            "by the interval of its balanced accuracy or AUROC not shown to be better than always answering with the "
            "most frequent class"},
    MarkRow{Mark::kNotConverged, "not converged",
            "training was cut short: its best epoch is the last one, its schedule or its patience had not run out, so "
            "that longer training may change the figures"},
    MarkRow{Mark::kSmall, "small", "a count below 10: one other answer moves a rate by a tenth or more"},
};

/// What marks were called in reports of earlier versions.
constexpr std::array kOlderNames{
    std::pair<std::string_view, Mark>{"like", Mark::kApproximate},
    std::pair<std::string_view, Mark>{"mistrusted", Mark::kUnreliable},
    std::pair<std::string_view, Mark>{"below constant", Mark::kNotAboveConstant},
    std::pair<std::string_view, Mark>{"below majority class", Mark::kNotAboveConstant},
};

}  // namespace

std::string mark_name(Mark mark) { return kMarks[static_cast<std::size_t>(mark)].name; }

std::string mark_meaning(Mark mark) { return kMarks[static_cast<std::size_t>(mark)].meaning; }

Mark mark_from_name(const std::string& name) {
  for (const MarkRow& row : kMarks) {
    if (name == row.name) return row.mark;
  }
  for (const auto& [older, mark] : kOlderNames) {
    if (name == older) return mark;
  }
  return Mark::kNone;
}

std::vector<Mark> marks_of(const Cell& cell) {
  std::vector<Mark> marks;
  if (cell.mark != Mark::kNone) marks.push_back(cell.mark);
  const bool device = cell.mark == Mark::kHost || cell.mark == Mark::kMeasured || cell.mark == Mark::kEstimated ||
                      cell.mark == Mark::kEmulated;
  if (device && cell.within) marks.push_back(*cell.within ? Mark::kWithin : Mark::kDiffers);
  return marks;
}

void drop_blank_columns(Table& table) {
  for (std::size_t c = table.columns.size(); c-- > 0;) {
    const auto blank = [&](const Row& row) {
      const Cell& cell = row.cells[c];
      return !cell.value && cell.text.empty() && cell.mark == Mark::kNone;
    };
    if (!std::all_of(table.rows.begin(), table.rows.end(), blank)) continue;
    table.columns.erase(table.columns.begin() + static_cast<std::ptrdiff_t>(c));
    for (Row& row : table.rows) row.cells.erase(row.cells.begin() + static_cast<std::ptrdiff_t>(c));
  }
}

std::vector<Panel> panels(const Table& table) {
  std::vector<Panel> result;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (result.empty() || result.back().title != table.columns[i].panel) {
      result.push_back({table.columns[i].panel, {}});
    }
    result.back().columns.push_back(i);
  }
  return result;
}

std::vector<Mark> marks_used(const Table& table) {
  std::set<Mark> used;
  for (const Row& row : table.rows) {
    used.insert(row.marks.begin(), row.marks.end());
    for (const Cell& cell : row.cells) {
      for (const Mark mark : marks_of(cell)) used.insert(mark);
    }
  }
  used.erase(Mark::kNone);
  return {used.begin(), used.end()};
}

std::vector<std::string> table_notes(const Table& table) {
  std::vector<std::string> notes;
  for (const Mark mark : marks_used(table)) {
    notes.push_back(strong(mark_name(mark)) + ": " + mark_meaning(mark) + ".");
  }
  struct Place {
    std::string reason;
    std::vector<std::string> rows, columns;
  };
  std::vector<Place> places;
  const auto note = [](std::vector<std::string>& names, const std::string& name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  };
  std::size_t with_paper = 0;
  for (const Row& row : table.rows) {
    if (row.key != "constant") ++with_paper;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const std::string reason = without_controls(row.cells[i].reason);
      if (reason.empty()) continue;
      auto place = std::find_if(places.begin(), places.end(), [&](const Place& p) { return p.reason == reason; });
      if (place == places.end()) place = places.insert(places.end(), Place{reason, {}, {}});
      const bool approximate = std::find(row.marks.begin(), row.marks.end(), Mark::kApproximate) != row.marks.end();
      note(place->rows, row.label + (approximate ? " (approximate)" : ""));
      note(place->columns, table.columns[i].title);
    }
  }
  for (const Place& place : places) {
    const auto& names = place.rows.size() >= with_paper ? place.columns : place.rows;
    notes.push_back(fmt::format("{}: {}.", fmt::join(names, ", "), place.reason));
  }
  return notes;
}

Cell not_measured(const std::string& why) {
  Cell cell;
  cell.mark = Mark::kNotMeasured;
  cell.reason = without_controls(why);
  return cell;
}

Cell words(std::string text) {
  Cell cell;
  cell.text = std::move(text);
  return cell;
}

}  // namespace flnas::reports
