// The rates behind all fairness metrics, class by class: recall in each group, and the gaps of each pair of groups.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reports/inline.h"
#include "reports/measures.h"
#include "reports/parts/parts.h"

namespace flnas::reports {
namespace {

constexpr NumberFormat kPercent{1, 100, false};
constexpr NumberFormat kGap{3, 1, false};

/// A model's answers with their counts.
struct Counted {
  Model model;
  const Answers* answers;
  metrics::Tally tally;
};

std::vector<Counted> counted_models(const Evidence& evidence) {
  std::vector<Counted> models;
  for (const Model& model : evidence.models()) {
    const Answers* answers = evidence.answers_of(evidence.run_of(model.name));
    if (answers != nullptr) models.push_back({model, answers, metrics::tally(answers->outcomes)});
  }
  return models;
}

/// A rate, or a gap of rates, that is counted in the rows that `rows` describes; small where one of its denominators
/// is.
Cell rate(double value, const Answers& answers, const std::string& rows, std::int64_t smallest) {
  Cell cell;
  cell.n = smallest;
  if (std::isnan(value)) return cell;
  cell.value = value;
  if (smallest < kSmallCount) cell.mark = Mark::kSmall;
  cell.provenance = {answers.run, "predictions.csv", without_controls(rows)};
  return cell;
}

/// The model's name stands in the label too: a sorted table has no groups.
Row row_of(const Evidence& evidence, const Counted& counted, const std::string& name) {
  const std::string title = display_title(evidence, counted.model);
  return {counted.model.name + "-" + name, title + ", " + without_controls(name), {}, "", title, {}};
}

Table recall_table(const Evidence& evidence, const std::vector<Counted>& models) {
  Table table{"group_recall",
              "Recall by class in each group",
              "In per cent, of the first run of each model that finished. A group's accuracy, and so its term of "
              "Unfairness, is the mean of its row with the counts of " +
                  reference("group_counts") +
                  " as weights: it differs between groups by their recalls, and by their mix of classes. No value: no "
                  "image of the class in the group.",
              "Model, group",
              {},
              {}};
  const metrics::Outcomes& first = models.front().answers->outcomes;
  for (const auto& name : first.classes) {
    table.columns.push_back({name, without_controls(name), "", "", kPercent, false, true, false, false});
  }
  for (const Counted& counted : models) {
    for (std::size_t a = 0; a < first.attributes.size(); ++a) {
      for (std::size_t g = 0; g < first.attributes[a].groups.size(); ++g) {
        const metrics::Counts& counts = counted.tally.groups[a][g];
        const std::string& group = first.attributes[a].groups[g];
        Row row = row_of(evidence, counted, group);
        for (std::size_t c = 0; c < first.classes.size(); ++c) {
          const std::string rows =
              fmt::format("rows with label {}, {} {}", first.classes[c], first.attributes[a].name, group);
          row.cells.push_back(rate(counts.tpr(c), *counted.answers, rows, counts.positives(c)));
        }
        table.rows.push_back(std::move(row));
      }
    }
  }
  return table;
}

/// Means over the pairs whose gaps are defined.
class Mean {
 public:
  void add(double value) {
    if (std::isnan(value)) return;
    sum_ += value;
    ++count_;
  }
  double value() const { return count_ == 0 ? std::nan("") : sum_ / count_; }

 private:
  double sum_ = 0;
  int count_ = 0;
};

/// The row of one class: the gaps of each pair, then their means over the pairs without signs.
Row gaps_of_class(const Evidence& evidence, const Counted& counted, std::size_t c) {
  const metrics::Outcomes& outcomes = counted.answers->outcomes;
  Row row = row_of(evidence, counted, outcomes.classes[c]);
  Mean odds, tpr, tnr;
  auto smallest = static_cast<std::int64_t>(outcomes.labels.size());
  for (std::size_t a = 0; a < outcomes.attributes.size(); ++a) {
    for (const auto& [i, j] : outcomes.attributes[a].pairs) {
      const metrics::Counts& first = counted.tally.groups[a][static_cast<std::size_t>(i)];
      const metrics::Counts& second = counted.tally.groups[a][static_cast<std::size_t>(j)];
      const std::string rows =
          fmt::format("{} against the rest, rows with {} {} and {}", outcomes.classes[c], outcomes.attributes[a].name,
                      outcomes.attributes[a].groups[static_cast<std::size_t>(i)],
                      outcomes.attributes[a].groups[static_cast<std::size_t>(j)]);
      const double dtpr = first.tpr(c) - second.tpr(c), dfpr = first.fpr(c) - second.fpr(c);
      const auto positives = std::min(first.positives(c), second.positives(c));
      const auto negatives = std::min(first.negatives(c), second.negatives(c));
      row.cells.push_back(rate(dtpr, *counted.answers, rows, positives));
      row.cells.push_back(rate(dfpr, *counted.answers, rows, negatives));
      tpr.add(std::abs(dtpr)), tnr.add(std::abs(dfpr));
      odds.add(std::isnan(dtpr) || std::isnan(dfpr) ? std::nan("") : std::max(std::abs(dtpr), std::abs(dfpr)));
      smallest = std::min({smallest, positives, negatives});
    }
  }
  const std::string rows = fmt::format("{} against the rest, all pairs", outcomes.classes[c]);
  for (const Mean* mean : {&tpr, &tnr, &odds}) {
    row.cells.push_back(rate(mean->value(), *counted.answers, rows, smallest));
    row.cells.back().mark = Mark::kNone;
  }
  return row;
}

Table gaps_table(const Evidence& evidence, const std::vector<Counted>& models) {
  const metrics::Outcomes& outcomes = models.front().answers->outcomes;
  Table table{
      "pair_terms",
      "Fairness by class and pair of groups",
      "Gaps, first group minus second, of each class against the rest: dTPR, and dFPR, which is minus dTNR. EOPP1 is "
      "the mean over the pairs of dTPR without its sign, EOPP2 of dFPR, EODD of the larger of the two; "
      "the pruning sums add these means over the classes. " +
          std::string(outcomes.classes.size() == 2
                          ? "With two classes " + reference("table1") + " takes the positive class alone, which is " +
                                without_controls(outcomes.classes[static_cast<std::size_t>(outcomes.positive)]) + "."
                          : reference("table1") + " takes the mean over the classes that have a value.") +
          " No value: no image of the class in one of the two groups; such a pair is left out of the means.",
      "Model, class",
      {},
      {}};
  std::size_t pair = 0;
  for (const auto& attribute : outcomes.attributes) {
    for (const auto& [i, j] : attribute.pairs) {
      const std::string groups = without_controls(attribute.groups[static_cast<std::size_t>(i)]) + ", " +
                                 without_controls(attribute.groups[static_cast<std::size_t>(j)]);
      table.columns.push_back({fmt::format("dtpr_{}", pair), "dTPR", groups, "", kGap, false, true, false, false});
      table.columns.push_back({fmt::format("dfpr_{}", pair), "dFPR", groups, "", kGap, false, true, false, false});
      ++pair;
    }
  }
  for (const auto& [key, title] : {std::pair("eopp1", "EOPP1"), {"eopp2", "EOPP2"}, {"eodd", "EODD"}}) {
    table.columns.push_back({key, title, "over pairs", "", kGap, false, true, false, false});
  }
  for (const Counted& counted : models) {
    for (std::size_t c = 0; c < outcomes.classes.size(); ++c) table.rows.push_back(gaps_of_class(evidence, counted, c));
  }
  return table;
}

}  // namespace

void add_class_terms(const Evidence& evidence, Section& section) {
  const auto models = counted_models(evidence);
  if (models.empty()) return;
  section.blocks.emplace_back(recall_table(evidence, models));
  section.blocks.emplace_back(gaps_table(evidence, models));
}

}  // namespace flnas::reports
