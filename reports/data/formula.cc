#include "reports/data/formula.h"

#include <fmt/format.h>
#include <muParser.h>

#include <utility>

#include "harness/base/error.h"

namespace flnas::reports {
namespace {

constexpr char kNameCharacters[] = "0123456789_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.";

mu::Parser parser_of(const std::string& formula) {
  mu::Parser parser;
  parser.DefineNameChars(kNameCharacters);
  parser.SetExpr(formula);
  return parser;
}

[[noreturn]] void fail(const std::string& formula, const mu::Parser::exception_type& error) {
  throw DataError(fmt::format("claims of a paper (reports/paper): formula '{}': {}", formula, error.GetMsg()));
}

}  // namespace

std::set<std::string> variables_of(const std::string& formula) {
  std::set<std::string> names;
  if (formula.empty()) return names;
  try {
    mu::Parser parser = parser_of(formula);
    for (const auto& [name, unused] : parser.GetUsedVar()) names.insert(name);
  } catch (const mu::Parser::exception_type& error) {
    fail(formula, error);
  }
  return names;
}

struct Formula::Parser {
  mu::Parser parser;
};

Formula::Formula(const std::string& formula, std::map<std::string, double> values)
    : formula_(formula), values_(std::move(values)), parser_(new Parser{parser_of(formula)}) {
  for (auto& [name, value] : values_) parser_->parser.DefineVar(name, &value);
}

Formula::~Formula() = default;

void Formula::set(const std::string& name, double value) { values_.at(name) = value; }

double Formula::value() const {
  try {
    return parser_->parser.Eval();
  } catch (const mu::Parser::exception_type& error) {
    fail(formula_, error);
  }
}

double evaluate(const std::string& formula, std::map<std::string, double> values) {
  return Formula(formula, std::move(values)).value();
}

}  // namespace flnas::reports
