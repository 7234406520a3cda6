#include "reports/claims.h"

#include <fmt/format.h>
#include <muParser.h>

#include <algorithm>
#include <map>
#include <set>

#include "harness/base/error.h"
#include "harness/base/json.h"
#include "resources/papers.h"

namespace flnas::reports {
namespace {

constexpr char kFile[] = "reports/paper/fl_nas_claims.json";
constexpr char kNameCharacters[] = "0123456789_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.";
constexpr char kOwnName[] = "value";

std::string text_of(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found == json.end() || found->is_null() ? "" : found->get<std::string>();
}

std::vector<Claim> read_claims() {
  const auto text = papers::resource(kFile);
  if (!text) throw DataError(fmt::format("{}: not built into this program", kFile));
  const Json json = parse_json(*text, kFile);
  std::vector<Claim> claims;
  for (const Json& entry : json.at("claims")) {
    Claim claim{entry.at("id"), entry.at("claim"), {}};
    for (const Json& reading : entry.at("readings")) {
      claim.readings.push_back(
          {reading.at("reading"), text_of(reading, "value"), text_of(reading, "holds"), text_of(reading, "every")});
    }
    claims.push_back(std::move(claim));
  }
  return claims;
}

mu::Parser parser_of(const std::string& formula) {
  mu::Parser parser;
  parser.DefineNameChars(kNameCharacters);
  parser.SetExpr(formula);
  return parser;
}

std::set<std::string> variables_of(const std::string& formula) {
  std::set<std::string> names;
  if (formula.empty()) return names;
  try {
    mu::Parser parser = parser_of(formula);
    for (const auto& [name, unused] : parser.GetUsedVar()) names.insert(name);
  } catch (const mu::Parser::exception_type& error) {
    throw DataError(fmt::format("{}: formula '{}': {}", kFile, formula, error.GetMsg()));
  }
  return names;
}

double evaluate(const std::string& formula, std::map<std::string, double> values) {
  try {
    mu::Parser parser = parser_of(formula);
    for (auto& [name, value] : values) parser.DefineVar(name, &value);
    return parser.Eval();
  } catch (const mu::Parser::exception_type& error) {
    throw DataError(fmt::format("{}: formula '{}': {}", kFile, formula, error.GetMsg()));
  }
}

/// "max(searched.eodd)" -> "max(search1.eodd, search2.eodd, search3.eodd)"
std::string with_groups_spelled_out(std::string formula, const ClaimTable& table) {
  for (const std::string& name : variables_of(formula)) {
    const std::size_t dot = name.find('.');
    const std::string group = name.substr(0, dot);
    if (group != "searched" && group != "baselines") continue;
    std::string list;
    for (const std::string& model : group == "searched" ? table.searched : table.baselines) {
      list += (list.empty() ? "" : ", ") + model + name.substr(dot);
    }
    for (auto at = formula.find(name); at != formula.npos; at = formula.find(name, at + list.size())) {
      formula.replace(at, name.size(), list);
    }
  }
  return formula;
}

Audit audit_value(const Reading& reading, const ClaimTable& table) {
  Audit result;
  const std::string formula = with_groups_spelled_out(reading.value, table);
  std::map<std::string, double> values;
  for (const std::string& name : variables_of(formula)) {
    const std::size_t dot = name.find('.');
    const auto value = dot == name.npos ? std::nullopt : table.value(name.substr(0, dot), name.substr(dot + 1));
    if (value) {
      values[name] = *value;
    } else {
      result.missing.push_back(name);
    }
  }
  if (!result.missing.empty()) return result;
  result.value = evaluate(formula, values);
  result.holds = evaluate(reading.holds, {{kOwnName, *result.value}}) != 0;
  return result;
}

Audit audit_rows(const Reading& reading, const ClaimTable& table) {
  Audit result;
  int rows = 0, good = 0;
  std::vector<std::string> models = table.baselines;
  models.insert(models.end(), table.searched.begin(), table.searched.end());
  for (const std::string& model : models) {
    std::map<std::string, double> values;
    std::size_t missing = 0;
    for (const std::string& column : variables_of(reading.every)) {
      const auto value = table.value(model, column);
      if (value) {
        values[column] = *value;
      } else {
        ++missing;
        result.missing.push_back(model + "." + column);
      }
    }
    if (missing > 0) continue;
    ++rows;
    if (evaluate(reading.every, values) != 0) ++good;
  }
  if (rows == 0) return result;
  result.value = good;
  result.rows = rows;
  result.holds = good == rows;
  return result;
}

}  // namespace

const std::vector<Claim>& fl_nas_claims() {
  static const std::vector<Claim> claims = read_claims();
  return claims;
}

Audit audit(const Reading& reading, const ClaimTable& table) {
  if (!reading.every.empty()) return audit_rows(reading, table);
  return reading.value.empty() ? Audit{} : audit_value(reading, table);
}

std::vector<std::string> columns_of(const Reading& reading) {
  std::set<std::string> columns;
  for (const std::string& name : variables_of(reading.every.empty() ? reading.value : reading.every)) {
    columns.insert(name.substr(name.find('.') + 1));  // npos + 1 is 0: the whole name
  }
  return {columns.begin(), columns.end()};
}

}  // namespace flnas::reports
