// Numbers of a report by another version of the renderer, computed again.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

#include "harness/base/error.h"
#include "harness/base/json.h"
#include "reports/render/render.h"
#include "reports/verify/compare.h"

namespace flnas::reports {
namespace {

/// The words of a text that hold a digit: numbers, hashes, versions. The others may be put differently.
std::vector<std::string> words_with_digits(const std::string& text) {
  std::vector<std::string> found;
  std::string word;
  const auto finish = [&] {
    if (std::any_of(word.begin(), word.end(), [](unsigned char c) { return std::isdigit(c) != 0; })) {
      found.push_back(word);
    }
    word.clear();
  };
  for (const char c : text) {
    std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' ? void(word += c) : finish();
  }
  finish();
  for (std::string& number : found) number.erase(number.find_last_not_of('.') + 1);
  return found;
}

using RowsByKey = std::map<std::string, const Json*>;

RowsByKey rows_of(const Json& table) {
  RowsByKey rows;
  for (const Json& row : table.at("rows")) rows[row.at("key").get<std::string>()] = &row;
  return rows;
}

class TableComparison {
 public:
  TableComparison(StoredReport& report, std::string file) : report_(report), file_(std::move(file)) {}

  void table(const Json& stored, const Json& made) {
    const RowsByKey again = rows_of(made);
    std::set<std::string> unknown;
    std::set<std::string> seen;
    for (const Json& row : stored.at("rows")) {
      const std::string key = row.at("key");
      const std::string where = "rows[" + key + "]";
      if (!seen.insert(key).second) report_.fail(file_, where, "table", "is there twice");
      const auto found = again.find(key);
      if (found == again.end()) {
        absent_row(row, where);
        continue;
      }
      for (const auto& [column, cell] : row.at("cells").items()) {
        const Json& cells = found->second->at("cells");
        if (cells.contains(column)) {
          compare(cell, cells.at(column), where + ".cells." + column);
        } else {
          unknown.insert(column);
        }
      }
    }
    if (!unknown.empty()) {
      report_.skip(file_, fmt::format("columns that this version does not make were not computed again: {}",
                                      fmt::join(unknown, ", ")));
    }
  }

 private:
  /// A row that this version does not make may go where it holds no number from a record.
  void absent_row(const Json& row, const std::string& where) {
    for (const auto& [column, cell] : row.at("cells").items()) {
      if (!cell.at("value").is_number() || cell.at("provenance").is_null()) continue;
      return report_.fail(file_, where + ".cells." + column, "table", "not in the records");
    }
    report_.skip(file_, where + ": this version does not make it, it was not computed again");
  }

  void compare(const Json& stored, const Json& made, const std::string& where) {
    const Json& value = stored.at("value");
    const Json& again = made.at("value");
    if (value.is_string() && again.is_string()) {
      if (value == again) return;
      if (words_with_digits(value) != words_with_digits(again)) return differ(value, again, where + ".value");
      return report_.skip(file_,
                          fmt::format("{}: {} is stored, this version words it {}", where, value.dump(), again.dump()));
    }
    if (value != again) differ(value, again, where + ".value");
    for (const char* field :
         {"low", "high", "paper", "difference", "within", "provenance", "inputs", "n", "debiased", "terms", "seeds"}) {
      // a version may know more of a cell, or less, than another
      if (!stored.contains(field) || !made.contains(field) || stored[field].is_null() || made[field].is_null())
        continue;
      if (stored[field] != made[field]) differ(stored[field], made[field], where + "." + field);
    }
    mark(stored.at("mark"), made.at("mark"), where + ".mark");
  }

  /// A verdict on the paper's value may be given by one version and not by another; that a number is no measurement of
  /// its device may not be left out.
  void mark(const Json& stored, const Json& made, const std::string& where) {
    const auto meant = [](const Json& name) { return name.is_string() ? mark_from_name(name) : Mark::kNone; };
    const auto binds = [](Mark mark) {
      return mark == Mark::kEstimated || mark == Mark::kEmulated || mark == Mark::kUnreliable ||
             mark == Mark::kNotMeasured;
    };
    const Mark ours = meant(stored), again = meant(made);
    const bool both = ours != Mark::kNone && again != Mark::kNone;
    if (ours != again && (both || binds(ours) || binds(again))) differ(stored, made, where);
  }

  void differ(const Json& stored, const Json& made, const std::string& where) {
    report_.fail(file_, where, "table", fmt::format("{} is stored, the records give {}", stored.dump(), made.dump()));
  }

  StoredReport& report_;
  std::string file_;
};

}  // namespace

void compare_tables(StoredReport& report, const Document& made) {
  std::map<std::string, const Table*> known;
  for (const Table* table : tables(made)) known[table->id + ".json"] = table;
  for (const auto& [name, hash] : report.manifest.files) {
    if (!name.ends_with(".json") || !std::filesystem::is_regular_file(report.folder / name)) continue;
    const auto found = known.find(name);
    if (found == known.end()) {
      report.skip(name, "this version makes no such table, it was not computed again");
      continue;
    }
    try {
      // written and read again, as the stored one was: an undefined number becomes null
      const Json again = parse_json(to_json(*found->second).dump(), "records");
      TableComparison(report, name).table(parse_json(report.text(name), name), again);
    } catch (const Error& error) {
      report.fail(name, "", "table", error.what());
    } catch (const Json::exception& error) {
      report.fail(name, "", "table", error.what());
    }
  }
}

}  // namespace flnas::reports
