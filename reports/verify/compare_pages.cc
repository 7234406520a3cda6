// A report's formats against each other: whatever its renderer's words, its cells say one thing.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "harness/base/error.h"
#include "harness/base/json.h"
#include "reports/document/cell_text.h"
#include "reports/render/render.h"
#include "reports/verify/compare.h"
#include "reports/verify/page_cells.h"
#include "reports/verify/stored_table.h"

namespace flnas::reports {
namespace {

/// A number as a page may print it.
void add_number(const Json& number, NumberFormat format, std::vector<std::string>& printed) {
  if (!number.is_number()) return;
  for (const bool probability : {false, true}) {
    format.probability = probability;
    for (const auto& text : numerals(format_number(number, format))) printed.push_back(text);
  }
}

/// Every number that a page may print in a cell.
std::vector<std::string> printable(const Json& cell, const NumberFormat& format) {
  std::vector<std::string> printed;
  for (const char* field : {"value", "low", "high", "debiased", "paper", "difference"}) {
    if (cell.contains(field)) add_number(cell[field], format, printed);
  }
  if (cell.contains("n")) printed.push_back(cell["n"].dump());
  if (cell.contains("terms")) {
    for (const auto& number : numerals(cell["terms"].get<std::string>())) printed.push_back(number);
  }
  if (cell.contains("seeds")) {
    add_number(cell["seeds"].at("mean"), format, printed);
    add_number(cell["seeds"].at("sd"), format, printed);
    printed.push_back(cell["seeds"].at("n").dump());
  }
  return printed;
}

class PageComparison {
 public:
  PageComparison(StoredReport& report, std::string page, const StoredTable& table)
      : report_(report), page_(std::move(page)), table_(table) {}

  void panels(const std::vector<PagePanel>& shown) {
    if (shown.size() != table_.panels.size()) {
      return fail("", fmt::format("{} parts of the table are shown, {}.json has {}", shown.size(), table_.id,
                                  table_.panels.size()));
    }
    for (std::size_t i = 0; i < shown.size(); ++i) panel(shown[i], table_.panels[i]);
  }

 private:
  void fail(const std::string& where, const std::string& message) { report_.fail(page_, where, "table", message); }

  void panel(const PagePanel& shown, const std::vector<StoredColumn>& columns) {
    if (shown.size() != table_.rows.size()) {
      return fail(table_.id,
                  fmt::format("{} rows are shown, {}.json has {}", shown.size(), table_.id, table_.rows.size()));
    }
    for (std::size_t i = 0; i < shown.size(); ++i) {
      const Json& row = table_.rows[i];
      const std::string where = fmt::format("{}, {}", table_.id, row.at("key").get<std::string>());
      if (shown[i].cells.size() != columns.size()) {
        fail(where,
             fmt::format("{} cells are shown, {}.json has {}", shown[i].cells.size(), table_.id, columns.size()));
        continue;
      }
      holds(row.at("label").get<std::string>(), shown[i].label, where);
      for (std::size_t k = 0; k < columns.size(); ++k) {
        cell(shown[i].cells[k], row.at("cells").at(columns[k].key), columns[k].format, where + ", " + columns[k].key);
      }
    }
  }

  /// The words of the record are shown, whatever stands around them.
  void holds(const std::string& words, const std::string& shown, const std::string& where) {
    if (letters_and_digits(shown).find(letters_and_digits(words)) != std::string::npos) return;
    fail(where, fmt::format("'{}' is shown, {}.json has '{}'", shown, table_.id, words));
  }

  void cell(const PageCell& shown, const Json& stored, const NumberFormat& format, const std::string& where) {
    const Json& value = stored.at("value");
    if (value.is_string()) {
      holds(value, shown.text, where);
    } else {
      numbers(shown, stored, format, where);
    }
    origin(shown, stored, where);
  }

  void numbers(const PageCell& shown, const Json& stored, const NumberFormat& format, const std::string& where) {
    const auto found = numerals(shown.text);
    const auto allowed = printable(stored, format);
    std::vector<std::string> first;
    add_number(stored.at("value"), format, first);
    const auto in = [](const std::string& number, const std::vector<std::string>& numbers) {
      return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
    };
    if (!first.empty() && (found.empty() || !in(found.front(), first))) {
      return fail(where, fmt::format("'{}' is shown, {}.json has {}", shown.text, table_.id, first.front()));
    }
    for (const auto& number : found) {
      if (!in(number, allowed)) fail(where, fmt::format("{} is shown, {}.json has no such number", number, table_.id));
    }
    const bool sorted = !shown.sort.empty();
    if (sorted && (!stored.at("value").is_number() || std::strtod(shown.sort.c_str(), nullptr) != stored["value"])) {
      if (!std::isnan(std::strtod(shown.sort.c_str(), nullptr))) fail(where, shown.sort + " is not the table's number");
    }
  }

  /// Where the page says that a number comes from.
  void origin(const PageCell& shown, const Json& stored, const std::string& where) {
    if (!shown.inputs.empty()) {
      if (!stored.contains("inputs") || parse_json(shown.inputs, page_) != stored["inputs"]) {
        fail(where, "its inputs are not those of the table");
      }
    } else if (!shown.key.empty()) {
      const Json from{{"run", shown.run}, {"file", shown.file}, {"key", shown.key}};
      if (from != stored.at("provenance")) {
        fail(where,
             fmt::format("its origin is {}, {}.json has {}", from.dump(), table_.id, stored["provenance"].dump()));
      }
    }
  }

  StoredReport& report_;
  std::string page_;
  const StoredTable& table_;
};

/// Each page links the table's CSV; what is printed is a selection.
void compare_links(StoredReport& report, const std::string& id, const std::string& html) {
  const auto check = [&](const std::string& page, const std::string& text, const std::string& link) {
    if (text.find(link) == std::string::npos) {
      report.fail(page, id, "table", fmt::format("neither holds the table of {0}.json nor links {0}.csv", id));
    }
  };
  check("report.html", html, fmt::format("<a href=\"{}.csv\">", id));
  check("report.md", report.text("report.md"), fmt::format("]({}.csv)", id));
}

/// As a caption of LaTeX begins with it.
std::string latex_title(const StoredTable& table) { return "\\textbf{" + escape_latex(table.title) + ".}"; }

void compare_table(StoredReport& report, const std::string& name, const std::string& html) {
  const StoredTable table = stored_table(parse_json(report.text(name), name));
  if (table.id + ".json" != name) throw DataError(fmt::format("its id is '{}'", table.id));
  for (const char* extension : {".csv", ".md", ".tex"}) {
    if (!report.has(table.id + extension)) {
      return report.fail(table.id + extension, "", "report", fmt::format("not listed in {}", kManifest));
    }
    if (!std::filesystem::is_regular_file(report.folder / (table.id + extension))) return;  // the hashes say so
  }
  compare_csv(report, table);
  if (table.beside) {
    compare_links(report, table.id, html);
  } else {
    PageComparison(report, "report.html", table).panels(html_cells(html, table.id));
  }
  for (const std::string extension : {"md", "tex"}) {
    const std::string alone = report.text(table.id + "." + extension);
    PageComparison(report, table.id + "." + extension, table)
        .panels(extension == "md" ? markdown_cells(alone) : latex_cells(alone));
    const std::string page = "report." + extension;
    if (!report.has(page)) continue;
    // What is printed is a selection of its own: a table whose title is there is there whole.
    const bool shown =
        extension == "md" ? !table.beside : report.text(page).find(latex_title(table)) != std::string::npos;
    if (shown && report.text(page).find(alone) == std::string::npos) {
      report.fail(page, table.id, "table", fmt::format("does not hold the table of {}.{}", table.id, extension));
    }
  }
}

}  // namespace

void compare_pages(StoredReport& report) {
  for (const char* page : {"report.html", "report.md", "report.tex"}) {
    if (!report.has(page)) report.fail(page, "", "report", fmt::format("not listed in {}", kManifest));
    if (!std::filesystem::is_regular_file(report.folder / page)) return;
  }
  const std::string html = report.text("report.html");
  for (const auto& [name, hash] : report.manifest.files) {
    if (!name.ends_with(".json") || !std::filesystem::is_regular_file(report.folder / name)) continue;
    try {
      compare_table(report, name, html);
    } catch (const Error& error) {
      report.fail(name, "", "table", error.what());
    } catch (const Json::exception& error) {
      report.fail(name, "", "table", error.what());
    }
  }
}

}  // namespace flnas::reports
