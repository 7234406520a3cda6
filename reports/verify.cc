#include <fmt/format.h>

#include <algorithm>

#include "harness/base/csv.h"
#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/hash.h"
#include "reports/parts/parts.h"
#include "reports/render/render.h"
#include "reports/report.h"

namespace flnas::reports {
namespace {

namespace fs = std::filesystem;

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

void compare_table(const fs::path& report, const Table& table, std::vector<Failure>& failures) {
  const auto check = [&](const std::string& name, auto&& compare) {
    const std::string file = "report/" + name;
    if (!fs::exists(report / name)) {
      failures.push_back({file, "", "table", std::string("missing; ") + kRedo});
      return;
    }
    try {
      compare(Comparison{file, failures}, report / name);
    } catch (const Error& error) {
      failures.push_back({file, "", "table", error.what()});
    }
  };
  check(table.id + ".json", [&](const Comparison& comparison, const fs::path& file) {
    comparison.json(read_json(file), to_json(table), "");
  });
  check(table.id + ".csv", [&](const Comparison& comparison, const fs::path& file) {
    comparison.csv(Csv::read(file), Csv::parse(to_csv(table), "records"));
  });
}

void compare_hashes(const fs::path& report, std::vector<Failure>& failures) {
  Json listed;
  try {
    listed = read_json(report / "files.json").at("files");
  } catch (const std::exception&) {
    failures.push_back({"report/files.json", "", "report", std::string("missing or damaged; ") + kRedo});
    return;
  }
  for (const auto& [name, hash] : listed.items()) {
    const std::string file = "report/" + name;
    if (!fs::is_regular_file(report / name)) {
      failures.push_back({file, "", "report", std::string("missing; ") + kRedo});
    } else if (!hash.is_string() || sha256_file(report / name) != hash.get<std::string>()) {
      failures.push_back({file, "", "report", std::string("changed since it was written; ") + kRedo});
    }
  }
}

}  // namespace

std::vector<Failure> verify_tables(const fs::path& dir) {
  std::vector<Failure> failures;
  const fs::path report = dir / "report";
  if (!fs::is_directory(report)) return failures;
  const Document document = build_document(read_evidence(dir));
  for (const Table* table : tables(document)) compare_table(report, *table, failures);
  compare_hashes(report, failures);
  return failures;
}

}  // namespace flnas::reports
