#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>

namespace flnas::reports {

/// The names in a formula: muParser's, with dots in names ("search1.eodd"). Throws DataError where it cannot be read.
std::set<std::string> variables_of(const std::string& formula);

/// A formula with places for its variables, to be computed again and again.
class Formula {
 public:
  Formula(const std::string& formula, std::map<std::string, double> values);
  ~Formula();
  Formula(const Formula&) = delete;
  Formula& operator=(const Formula&) = delete;

  void set(const std::string& name, double value);
  /// Throws DataError naming the formula where it cannot be computed.
  double value() const;

 private:
  struct Parser;  // points into the values
  std::string formula_;
  std::map<std::string, double> values_;
  std::unique_ptr<Parser> parser_;
};

/// Once; true is 1.
double evaluate(const std::string& formula, std::map<std::string, double> values);

}  // namespace flnas::reports
