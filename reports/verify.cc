#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "harness/base/csv.h"
#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/hash.h"
#include "reports/document/inline.h"
#include "reports/render/render.h"
#include "reports/report.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

namespace fs = std::filesystem;

constexpr char kFileList[] = "files.json", kPdf[] = "report.pdf";
constexpr char kRedo[] = "write the report again (`flnas report`) or restore the file";

struct Comparison {
  std::string file;
  std::vector<Failure>& failures;

  void fail(const std::string& where, const std::string& message) const {
    failures.push_back({file, where, "table", message});
  }

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
void compare_file(const fs::path& report, const std::string& name, const std::string& made,
                  std::vector<Failure>& failures) {
  const std::string file = "report/" + name;
  if (!fs::is_regular_file(report / name)) {
    failures.push_back({file, "", "table", std::string("missing; ") + kRedo});
    return;
  }
  try {
    const Comparison comparison{file, failures};
    const std::size_t before = failures.size();
    const std::string stored = read_file(report / name);
    if (stored == made) return;
    if (name.ends_with(".json")) comparison.json(parse_json(stored, file), parse_json(made, "records"), "");
    if (name.ends_with(".csv")) comparison.csv(Csv::parse(stored, file), Csv::parse(made, "records"));
    if (failures.size() == before) comparison.fail("", first_difference(stored, made));
  } catch (const Error& error) {
    failures.push_back({file, "", "table", error.what()});
  }
}

/// Every rendered file is listed, and every listed one is here as it was written.
void compare_hashes(const fs::path& report, const std::map<std::string, std::string>& made,
                    std::vector<Failure>& failures) {
  const auto fail = [&](const std::string& name, const std::string& message) {
    failures.push_back({"report/" + name, "", "report", message + "; " + kRedo});
  };
  Json listed;
  try {
    listed = read_json(report / kFileList).at("files");
  } catch (const std::exception&) {
    return fail(kFileList, "missing or damaged");
  }
  for (const auto& [name, hash] : listed.items()) {
    if (!fs::is_regular_file(report / name)) {
      fail(name, "missing");
    } else if (!hash.is_string() || sha256_file(report / name) != hash.get<std::string>()) {
      fail(name, fmt::format("changed since it was written: not the SHA-256 of {}", kFileList));
    }
  }
  for (const auto& [name, unused] : made) {
    if (!listed.contains(name)) fail(name, fmt::format("not listed in {}", kFileList));
  }
  if (fs::exists(report / kPdf) && !listed.contains(kPdf)) fail(kPdf, fmt::format("not listed in {}", kFileList));
}

}  // namespace

std::vector<Failure> verify_tables(const fs::path& dir) {
  std::vector<Failure> failures;
  const fs::path report = dir / "report";
  if (!fs::is_directory(report)) return failures;
  Document document = build_document(load_report_inputs(dir));
  for (Figure* figure : figures(document)) {
    const fs::path drawn = report / "figures" / (figure->id + ".svg");
    if (fs::is_regular_file(drawn)) figure->svg = read_file(drawn);
  }
  const auto made = rendered_files(document);
  for (const auto& [name, content] : made) compare_file(report, name, content, failures);
  compare_hashes(report, made, failures);
  return failures;
}

}  // namespace flnas::reports
