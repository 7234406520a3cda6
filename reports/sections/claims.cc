#include "reports/data/claims.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "harness/base/plural.h"
#include "harness/metrics/comparison/power.h"
#include "reports/data/claim_tables.h"
#include "reports/data/measures.h"
#include "reports/data/people.h"
#include "reports/data/sample_needed.h"
#include "reports/document/cell_text.h"
#include "reports/document/inline.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

constexpr const char* kPaperFile = "reports/paper/fl_nas.json";
constexpr NumberFormat kTwo{.digits = 2, .thousands = true};

/// The mark that the least certain of the latencies behind a reading has.
Mark latency_mark(const ReportInputs& inputs, const Reading& reading) {
  Mark mark = Mark::kNone;
  for (const std::string& column : columns_of(reading)) {
    if (column != "a10_s" && column != "pi4_s") continue;
    for (const Model& model : inputs.models()) {
      const Cell cell = our_cell(inputs, model.name, column);
      if (cell.value && (mark == Mark::kNone || cell.mark == Mark::kEstimated)) mark = cell.mark;
    }
  }
  return mark;
}

Cell value_cell(const Audit& found, const std::string& why_not) {
  Cell cell;
  if (!found.value) {
    cell.mark = Mark::kNotMeasured;
    cell.reason = why_not;
  } else if (found.rows) {
    cell = words(fmt::format("{:.0f} of {}", *found.value, *found.rows));
  } else {
    cell.value = found.value;
    const bool bounded = found.low && found.high && std::isfinite(*found.low) && std::isfinite(*found.high);
    if (bounded) {
      cell.low = found.low;
      cell.high = found.high;
    } else if (found.low && std::isfinite(*found.low)) {
      cell.terms = fmt::format("at least {}", format_number(*found.low, kTwo));
    }
  }
  return cell;
}

/// A variable's model and column.
std::pair<std::string, std::string> parts_of(const std::string& variable) {
  const auto dot = variable.find('.');
  return {variable.substr(0, dot), variable.substr(dot + 1)};
}

/// Where the paper's figures of an audit stand, in its table as data.
std::vector<Provenance> papers_origins(const Audit& found) {
  std::vector<Provenance> origins;
  const auto& rows = fl_nas().rows;
  for (const std::string& variable : found.used) {
    const auto [model, column] = parts_of(variable);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (rows[i].model == model) origins.push_back({"", kPaperFile, fmt::format("/rows/{}/{}", i, column)});
    }
  }
  return origins;
}

std::vector<Provenance> our_origins(const ReportInputs& inputs, const Audit& found) {
  std::vector<Provenance> origins;
  for (const std::string& variable : found.used) {
    const auto [model, column] = parts_of(variable);
    origins.push_back(our_cell(inputs, model, column).provenance);
  }
  return origins;
}

std::string formula(const Reading& reading) {
  if (!reading.every.empty()) return code(reading.every);
  if (reading.value.empty()) return "";
  std::string condition = reading.holds;
  if (condition.rfind("value ", 0) == 0) condition.erase(0, 6);
  return code(reading.value + " " + condition);
}

/// A reading's words, with a model that ours is only like said to be so.
std::string reading_text(const ReportInputs& inputs, std::string text) {
  for (const Model& model : inputs.models()) {
    const std::string shown = display_title(inputs, model);
    if (shown == model.title) continue;
    for (auto at = text.find(model.title); at != text.npos; at = text.find(model.title, at + shown.size()))
      text.replace(at, model.title.size(), shown);
  }
  return text;
}

/// Our value, and a verdict where it is measured under the paper's conditions.
struct Ours {
  Cell cell;
  std::string verdict;
  Audit found;
};
Ours ours(const ReportInputs& inputs, const Reading& reading, Basis basis, bool comparable) {
  if (reading.paper_only) return {words("paper only"), "", {}};
  Ours result;
  result.found = audit(reading, our_table(inputs, !reading.every.empty()));
  Cell& cell = result.cell;
  cell = value_cell(result.found, reading.value.empty() && reading.every.empty() ? "nothing to compute it from"
                                                                                 : "models or devices are missing");
  cell.inputs = our_origins(inputs, result.found);
  if (cell.mark != Mark::kNone) return result;
  if (!comparable && uses(reading, is_quality) && reading.every.empty()) {
    cell.mark = Mark::kNotComparable;
    return result;
  }
  cell.mark = latency_mark(inputs, reading);
  if (basis == Basis::kMeasured) result.verdict = verdict_of(result.found);
  return result;
}

/// The sample that would decide what this one does not.
std::string sample_needed(const Audit& found, const Reading& reading, std::int64_t images, const std::string& example,
                          const std::optional<SmallestCell>& smallest) {
  if (!found.growth || images == 0) return "";
  if (!std::isfinite(*found.growth) && found.high && !std::isfinite(*found.high)) {
    return "unknown: its interval has no upper end";
  }
  return sample_text(*found.growth, images, example, uses(reading, is_fairness) ? smallest : std::nullopt);
}

SmallestCell papers_smallest() {
  const PaperSample& sample = fl_nas().sample;
  SmallestCell cell{"young", "malignant", sample.malignant("young"), 0};
  for (const char* age : {"young", "middle", "old"}) cell.of_class_images += sample.malignant(age);
  return cell;
}

struct ClaimRow {
  Basis basis;
  Row row;
};
ClaimRow row_of(const ReportInputs& inputs, const Claim& claim, const Reading& reading, const People& people,
                bool comparable) {
  ClaimRow result{basis_of(inputs, reading), {}};
  Row& row = result.row;
  row.key = reading.id;
  row.label = reading_text(inputs, reading.text);
  row.group = claim.text;
  const Audit papers = audit(reading, papers_table());
  Cell theirs = value_cell(papers, "the paper gives no figures for it");
  theirs.inputs = papers_origins(papers);
  row.cells.push_back(std::move(theirs));
  row.cells.push_back(words(verdict_of(papers)));
  // Images make neither an estimate nor an identity any surer.
  const bool is_measured = result.basis == Basis::kMeasured;
  row.cells.push_back(
      words(is_measured ? sample_needed(papers, reading, fl_nas().sample.images(), "image", papers_smallest()) : ""));
  if (is_measured) row.cells.push_back(words(formula(reading)));
  Ours here = ours(inputs, reading, result.basis, comparable);
  row.cells.push_back(std::move(here.cell));
  row.cells.push_back(words(here.verdict));
  row.cells.push_back(
      words(is_measured ? sample_needed(here.found, reading, people.images, people.example, people.smallest) : ""));
  return result;
}

Table empty_table(Basis basis) {
  Table table;
  table.row_title = "Claim and reading";
  const char* papers = "The paper's own table";
  const char* ours = "These records";
  table.columns = {{.key = "paper", .title = "Value", .panel = papers, .format = kTwo, .interval = true},
                   {.key = "paper_verdict", .title = "Verdict", .panel = papers, .words = true},
                   {.key = "paper_sample", .title = "Sample that would decide", .panel = papers, .words = true},
                   {.key = "formula", .title = "Formula and condition", .panel = papers, .words = true},
                   {.key = "ours", .title = "Value", .panel = ours, .format = kTwo, .interval = true},
                   {.key = "ours_verdict", .title = "Verdict", .panel = ours, .words = true},
                   {.key = "ours_sample", .title = "Sample that would decide", .panel = ours, .words = true}};
  if (basis == Basis::kMeasured) {
    table.id = "claims";
    table.title = "The paper's claims on what was measured";
    table.caption =
        "Each claim in its possible readings, as a formula over Table I's columns, once from the paper's own table and "
        "once from these records (Unfairness: the sum; Memory: a training step). All seeds and folds count; models "
        "that "
        "cannot be identified do not. Intervals are of 95 %. Ours: accuracy on paired draws of lesions and trainings; "
        "fairness by the models' intervals, as if they varied independently, which is rather too wide. The paper's: "
        "what "
        "its test images can carry, likewise. Not settled: the interval reaches to both sides of the "
        "condition. Sample that would decide: where the interval would leave the condition out four times in five, if "
        "the true value is the one found.";
    return table;
  }
  table.beside = true;                             // without a verdict of ours
  table.columns.erase(table.columns.begin() + 3);  // formulas stand where something is decided
  if (basis == Basis::kByConstruction) {
    table.id = "claims_construction";
    table.title = "True by construction or by arithmetic";
    table.caption =
        "No evidence of ours: the models were identified by their parameter counts, and identities hold for any "
        "figures. The paper's verdict is arithmetic on its own table.";
  } else {
    table.id = "claims_estimates";
    table.title = "On estimates, and on models that stand for others";
    table.caption =
        "Values without a verdict of ours: latencies of devices that were not here, with the estimates' bands, and "
        "readings that name a model which cannot be identified, or whose answer in the paper turns on one.";
  }
  return table;
}

/// "... the smallest gap in recall that a test finds four times in five is 0.25".
std::string shown_by(const SmallestCell& cell) {
  constexpr double kRecall = 0.7, kGap = 0.1;
  const auto others = static_cast<double>(cell.of_class_images - cell.images);
  const auto rows = static_cast<double>(cell.images);
  const double least = metrics::smallest_gap(kRecall, rows, others);
  if (!(least < kRecall)) return "no gap in recall between them and the others can be shown";
  return fmt::format(
      "the smallest gap in recall to the others of the class that a test finds four times in five is {:.2f}; a gap of "
      "{:.1f} needs {} of them",
      least, kGap, about(metrics::rows_to_tell_apart(kRecall - kGap, kRecall, others / rows)));
}

Paragraph what_the_samples_carry(const People& people) {
  const SmallestCell papers = papers_smallest();
  std::string text = fmt::format(
      "{} Fairness is as well known as the rarest people in the test. Of the paper's {} test images at most {} can be "
      "young and malignant ({} such images exist in all of {}): at a recall of 70 %, {}.",
      strong("What the samples can carry."), about(fl_nas().sample.images()), papers.images,
      fl_nas().sample.young_malignant_available, fl_nas().data_title, shown_by(papers));
  if (people.smallest && people.smallest->of_class_images > 0) {
    text += fmt::format(" Here the fewest are {} and {}, {} of {}: {}.", people.smallest->group,
                        people.smallest->of_class, people.smallest->images,
                        counted(people.smallest->of_class_images, "image"), shown_by(*people.smallest));
  }
  return {text};
}

}  // namespace

std::vector<Table> claims_tables(const ReportInputs& inputs) {
  std::vector<Table> tables;
  const auto papers = [](const Run& run) { return run.usable() && fl_nas().find(run.model()) != nullptr; };
  if (std::none_of(inputs.runs.begin(), inputs.runs.end(), papers)) return tables;
  for (const Basis basis : {Basis::kMeasured, Basis::kByConstruction, Basis::kEstimated}) {
    tables.push_back(empty_table(basis));
  }
  const bool comparable = reasons_not_comparable(inputs).empty();
  const People people = people_of(inputs);
  for (const Claim& claim : fl_nas_claims()) {
    for (const Reading& reading : claim.readings) {
      ClaimRow found = row_of(inputs, claim, reading, people, comparable);
      tables[static_cast<std::size_t>(found.basis)].rows.push_back(std::move(found.row));
    }
  }
  std::erase_if(tables, [](const Table& table) { return table.rows.empty(); });
  std::for_each(tables.begin(), tables.end(), drop_blank_columns);
  return tables;
}

void add_claims(const ReportInputs& inputs, Section& section) {
  auto tables = claims_tables(inputs);
  if (tables.empty()) return;
  section.blocks.emplace_back(what_the_samples_carry(people_of(inputs)));
  for (Table& table : tables) section.blocks.emplace_back(std::move(table));
}

}  // namespace flnas::reports
