// A report of this same renderer, made again.
#include <fmt/format.h>

#include <algorithm>

#include "harness/base/csv.h"
#include "harness/base/error.h"
#include "harness/base/files.h"
#include "reports/document/inline.h"
#include "reports/render/render.h"
#include "reports/verify/compare.h"

namespace flnas::reports {
namespace {

namespace fs = std::filesystem;

struct FileComparison {
  StoredReport& report;
  std::string file;

  void fail(const std::string& where, const std::string& message) const { report.fail(file, where, "table", message); }

  /// Every leaf that differs, named by its path.
  void json(const Json& stored, const Json& made, const std::string& where) const {
    if (stored == made) return;
    if (stored.is_object() && made.is_object()) {
      for (const auto& [key, value] : made.items()) {
        const std::string place = where.empty() ? key : where + "." + key;
        if (stored.contains(key)) {
          json(stored.at(key), value, place);
        } else {
          fail(place, "missing; the records give " + value.dump());
        }
      }
      for (const auto& [key, value] : stored.items()) {
        if (!made.contains(key)) fail(where.empty() ? key : where + "." + key, "not in the records");
      }
    } else if (stored.is_array() && made.is_array() && stored.size() == made.size()) {
      for (std::size_t i = 0; i < made.size(); ++i) {
        // rows and columns are named by their key, not by their number
        const std::string name =
            made[i].is_object() && made[i].contains("key") ? made[i]["key"].get<std::string>() : std::to_string(i);
        json(stored[i], made[i], where + "[" + name + "]");
      }
    } else {
      fail(where, fmt::format("{} is stored, the records give {}", stored.dump(), made.dump()));
    }
  }

  void csv(const Csv& stored, const Csv& made) const {
    if (stored.header() != made.header()) return fail("header", "the columns differ from what the records give");
    if (stored.rows() != made.rows()) {
      return fail("", fmt::format("{} rows are stored, the records give {}", stored.rows(), made.rows()));
    }
    for (std::size_t row = 0; row < made.rows(); ++row) {
      for (std::size_t column = 0; column < made.header().size(); ++column) {
        if (stored.at(row, column) == made.at(row, column)) continue;
        fail(fmt::format("{}, {}", made.at(row, 0), made.header()[column]),
             fmt::format("'{}' is stored, the records give '{}'", stored.at(row, column), made.at(row, column)));
      }
    }
  }
};

/// The first line in which two texts differ.
std::string first_difference(const std::string& stored, const std::string& made) {
  const auto [here, there] = std::mismatch(stored.begin(), stored.end(), made.begin(), made.end());
  const auto line = 1 + std::count(stored.begin(), here, '\n');
  const auto shown = [](const std::string& text, std::string::const_iterator at) {
    constexpr std::ptrdiff_t kAround = 24;
    const auto from = at - std::min(kAround, at - text.begin()), to = at + std::min(kAround, text.end() - at);
    return without_controls(std::string(from, to));
  };
  return fmt::format("line {}: '{}' is stored, the records give '{}'", line, shown(stored, here), shown(made, there));
}

/// A stored file against what the records give: tables for programs cell by cell, the others byte by byte.
void compare_file(StoredReport& report, const std::string& name, const std::string& made) {
  if (!fs::is_regular_file(report.folder / name)) {
    if (report.has(name)) return;  // the hashes say so
    return report.fail(name, "", "report", fmt::format("missing; {}", kWriteAgain));
  }
  if (!report.has(name)) report.fail(name, "", "report", fmt::format("not listed in {}", kManifest));
  try {
    const FileComparison comparison{report, name};
    const std::size_t before = report.found.failures.size();
    const std::string stored = report.text(name);
    if (stored == made) return;
    if (name.ends_with(".json")) comparison.json(parse_json(stored, name), parse_json(made, "records"), "");
    if (name.ends_with(".csv")) comparison.csv(Csv::parse(stored, name), Csv::parse(made, "records"));
    if (report.found.failures.size() == before) comparison.fail("", first_difference(stored, made));
  } catch (const Error& error) {
    report.fail(name, "", "table", error.what());
  }
}

}  // namespace

void compare_files(StoredReport& report, const Document& made) {
  for (const auto& [name, content] : rendered_files(made)) compare_file(report, name, content);
}

}  // namespace flnas::reports
