#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace flnas::reports {

/// One way to read a claim, as a formula over a table's columns.
///
/// Formulas are muParser's: + - * /, comparisons, && and ||, min(...), max(...), abs(), rint(). A variable is
/// MODEL.COLUMN; `searched.COLUMN` and `baselines.COLUMN` stand for the list of all models of the group and belong into
/// min() or max().
struct Reading {
  std::string id;  ///< of its row in tables
  std::string text;
  std::string value;    ///< formula of a number; blank for readings with `every`, and for claims that no table can show
  std::string holds;    ///< condition on `value`; blank: the value stands for orientation
  std::string every;    ///< instead: a condition on one row's columns, by their bare names
  std::string says;     ///< what the paper says, where it has no table that `value` could be computed from
  std::string meaning;  ///< what `value` is, in words
  bool paper_only = false;  ///< asks of the paper's own figures what no other table can answer
};

struct Claim {
  std::string id;
  std::string text;
  std::string cost;  ///< of searches on tables: what they have to minimise for it to be asked of them; blank: anything
  std::vector<Reading> readings;
};

/// The claims of a paper as data: reports/paper/fl_nas_claims.json and llm_nas_claims.json, which are part of the
/// program.
const std::vector<Claim>& fl_nas_claims();
const std::vector<Claim>& llm_nas_claims();

/// The table that formulas look into. Groups may leave out models that decide nothing.
struct ClaimTable {
  std::vector<std::string> searched, baselines;
  /// A model's column; none where it was not measured.
  std::function<std::optional<double>(const std::string& model, const std::string& column)> value;
  /// The same on each resample of a bootstrap, all columns on the same ones; empty for what does not vary with the
  /// images. Without it nothing does.
  std::function<std::vector<double>(const std::string& model, const std::string& column)> draws = {};
  /// The lowest and highest that a figure without draws may be: its interval, an estimate's band; none for what is
  /// exact.
  std::function<std::optional<std::pair<double, double>>(const std::string& model, const std::string& column)> band =
      {};
};

/// What a reading comes to on a table.
struct Audit {
  std::optional<double> value;  ///< for `every`: in how many rows it holds
  std::optional<int> rows;      ///< for `every`: of how many
  std::optional<bool> holds;
  /// 95 % percentile interval of the value, moved so that the draws' mean is the value, where any variable has draws.
  /// What the bands of a formula's variable do to the value alone (all figures of a group at their lower or upper ends,
  /// which are those of all of them at once) is added by squares, to either side: the interval of variables that vary
  /// independently. Figures of the same images vary together, so that it is rather too wide for differences and ratios.
  /// Contains the value; an end may be infinite (a ratio to what may be 0). Source: Zou and Donner, Construction of
  /// confidence limits about effect measures, Statist. Med. 27 (2008).
  std::optional<double> low, high;
  bool settled = true;  ///< false: the condition holds at one end of the interval and not at the other
  /// Of a reading that is not settled: how many times as large the sample has to be (metrics::growth_to_decide).
  std::optional<double> growth;
  std::vector<std::string> missing;  ///< variables without a value; then neither value nor verdict
  std::vector<std::string> used;     ///< variables with one, as MODEL.COLUMN
};

/// Throws DataError for a formula that cannot be computed, naming it.
Audit audit(const Reading& reading, const ClaimTable& table);

/// "holds", "fails" or "not settled"; blank where nothing is decided.
std::string verdict_of(const Audit& found);

/// The columns that a reading looks at: "accuracy", "a10_s".
std::vector<std::string> columns_of(const Reading& reading);

}  // namespace flnas::reports
