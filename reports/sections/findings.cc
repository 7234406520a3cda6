// What held and what did not, in plain words, from the records.
#include "reports/sections/findings.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "harness/base/plural.h"
#include "reports/document/cell_text.h"
#include "reports/document/inline.h"
#include "reports/measures.h"

namespace flnas::reports {
namespace {

long long size_of(const std::vector<Model>& models) { return static_cast<long long>(models.size()); }

std::string agreement(const Evidence& evidence, const Outcome& outcome) {
  std::vector<std::string> parts;
  for (const Metric& metric : table_metrics()) {
    int within = 0, judged = 0;
    for (const Model& model : outcome.measured) {
      if (model.paper == nullptr || *metric.paper == '\0') continue;
      Cell cell = measured(evidence.run_of(model.name), metric.pointer(), "");
      compare(cell, model.paper->value(metric.paper), true);
      judged += cell.within ? 1 : 0;
      within += cell.within && *cell.within ? 1 : 0;
    }
    if (judged > 0) parts.push_back(fmt::format("{} {} of {}", metric.title, within, judged));
  }
  if (parts.empty()) return {};
  return strong("Agreement.") + fmt::format(
                                    " The paper's value lies within our 95 % interval for: {}. A wide interval "
                                    "agrees easily: read it together with its width.",
                                    fmt::join(parts, "; "));
}

std::string against_constant(const Evidence& evidence, const Outcome& outcome) {
  if (!evidence.constant || !evidence.constant->usable()) return {};
  const Cell accuracy = measured(&*evidence.constant, "/metrics/accuracy", "");
  const Cell balanced = measured(&*evidence.constant, "/metrics/balanced_accuracy", "");
  if (!accuracy.value || !balanced.value) return {};
  int above = 0, by_accuracy = 0, by_balanced = 0;
  for (const Model& model : outcome.measured) {
    const std::string fails = not_above_constant(*evidence.run_of(model.name), *evidence.constant);
    above += fails.empty() ? 1 : 0;
    by_accuracy += fails == "accuracy" || fails == "both" ? 1 : 0;
    by_balanced += fails == "balanced accuracy" || fails == "both" ? 1 : 0;
  }
  std::string text = strong("Constant predictor.") +
                     fmt::format(
                         " Always answering with the most frequent class gives {:.1f} % accuracy and {:.1f} % "
                         "balanced accuracy.",
                         *accuracy.value * 100, *balanced.value * 100);
  if (outcome.measured.empty()) return text;
  return text + fmt::format(" {} of {} {} both; {} {} short by accuracy, {} by balanced accuracy.", above,
                            counted(size_of(outcome.measured), "model"), plural(above, "exceeds", "exceed"),
                            by_accuracy, plural(by_accuracy, "falls", "fall"), by_balanced);
}

struct Best {
  const Model* model = nullptr;
  Cell cell;
};

Best best_of(const Evidence& evidence, const Outcome& outcome, const std::string& key, const std::string& group,
             bool high) {
  Best best;
  for (const Model& model : outcome.measured) {
    if (model.group != group) continue;
    const Cell cell = measured(evidence.run_of(model.name), key, "");
    if (!cell.value) continue;
    const bool better =
        best.model == nullptr || (high ? *cell.value > *best.cell.value : *cell.value < *best.cell.value);
    if (better) best = {&model, cell};
  }
  return best;
}

/// What the paired comparison of two models settles: "searched minus baseline 5.00 [2.00, 8.00], ...: not settled".
std::string paired_verdict(const Evidence& evidence, const Model& searched, const Model& baseline, const Metric& metric,
                           bool high) {
  const auto pair = evidence.statistics ? find_pair(*evidence.statistics, searched.name, baseline.name) : std::nullopt;
  const auto p = pair ? paired_p(*evidence.statistics, *pair, metric.key) : std::nullopt;
  if (!p) return "no paired comparison of these two is known, so nothing is settled";
  const Cell gap = paired_difference(*evidence.statistics, *pair, metric.key);
  const CellText text = cell_text(gap, {"", "", "", "", metric.format});
  std::string verdict = "not settled";
  if (*p < kLevel && gap.value) {
    const bool ahead = high ? *gap.value > 0 : *gap.value < 0;
    verdict = ahead ? "the searched model is better here" : "the baseline is better here";
  }
  return fmt::format("on the same images, searched minus baseline is {}{}, {} {} (Holm-corrected): {}", text.value,
                     text.interval.empty() ? "" : " " + text.interval,
                     std::string_view(metric.key) == "accuracy" ? "McNemar's p" : "p",
                     format_number(*p, {3, 1, false, true}), verdict);
}

/// The best searched model against the best baseline.
std::string searched_against_baselines(const Evidence& evidence, const Outcome& outcome, const Metric& metric,
                                       const char* name, bool high) {
  const Best searched = best_of(evidence, outcome, metric.pointer(), "FL-NAS", high);
  const Best baseline = best_of(evidence, outcome, metric.pointer(), "Baselines", high);
  if (searched.model == nullptr || baseline.model == nullptr) return {};
  const auto show = [&](const Best& best) {
    const CellText text = cell_text(best.cell, {"", "", "", "", metric.format});
    return fmt::format("{} {}{}", display_title(evidence, *best.model), text.value,
                       text.interval.empty() ? "" : " " + text.interval);
  };
  return fmt::format("{} searched {}, baseline {}; {}.", strong(name), show(searched), show(baseline),
                     paired_verdict(evidence, *searched.model, *baseline.model, metric, high));
}

/// What the claims audit came to, on the paper's own table and on ours.
void add_claims_audit(const Evidence& evidence, List& list) {
  const Table table = claims_table(evidence);
  const auto count = [&](const char* column, const char* text) {
    const auto key = [&](const Column& c) { return c.key == column; };
    const auto at = std::find_if(table.columns.begin(), table.columns.end(), key) - table.columns.begin();
    return std::count_if(table.rows.begin(), table.rows.end(),
                         [&](const Row& row) { return row.cells[static_cast<std::size_t>(at)].text == text; });
  };
  const auto paper_holds = count("paper_verdict", "holds"), paper_fails = count("paper_verdict", "fails");
  list.items.push_back(fmt::format(
      "{} Of {} that the paper's own table can be asked, {} {} on it and {} {}.",
      strong("The paper's claims on its own table."), counted(paper_holds + paper_fails, "reading"), paper_holds,
      plural(paper_holds, "holds", "hold"), paper_fails, plural(paper_fails, "fails", "fail")));
  const auto holds = count("ours_verdict", "holds"), fails = count("ours_verdict", "fails");
  const auto open = count("ours_verdict", "not settled");
  const auto others = static_cast<long long>(table.rows.size()) - holds - fails - open;
  list.items.push_back(fmt::format(
      "{} {} settled here, of which {} {} and {} {}; {} {} not settled. The other {} no verdict of ours: not measured, "
      "not comparable, or asked of the paper's table alone. See {}.",
      strong("The same claims on these records."), counted(holds + fails, "reading is", "readings are"), holds,
      plural(holds, "holds", "hold"), fails, plural(fails, "fails", "fail"), open, plural(open, "is", "are"),
      counted(others, "has", "have"), reference("claims")));
}

std::string hardware(const Evidence& evidence) {
  const auto models = evidence.models();
  int exact = 0, like = 0, differs = 0;
  Best fastest, slowest;
  for (const Model& model : models) {
    const Record* record = evidence.hardware_of(model.name);
    if (record == nullptr || !record->usable()) continue;
    const std::string match = record->text("/model/match");
    exact += match == "exact" ? 1 : 0;
    like += match == "like" ? 1 : 0;
    differs += match == "none" && model.paper != nullptr ? 1 : 0;
    const Cell cell = measured(record, "/latency/median_us", "", 1e-3);
    if (!cell.value) continue;
    if (fastest.model == nullptr || *cell.value < *fastest.cell.value) fastest = {&model, cell};
    if (slowest.model == nullptr || *cell.value > *slowest.cell.value) slowest = {&model, cell};
  }
  if (exact + like + differs == 0) return {};
  std::string text = strong("Size and speed.") +
                     fmt::format(" Parameter count: exactly the paper's for {} of {}", exact, exact + like + differs);
  if (like > 0) {
    text += fmt::format(", equal by construction in {} that {} only like the paper's", like, plural(like, "is", "are"));
  }
  if (differs > 0) text += fmt::format(", another in {}", differs);
  text += ".";
  if (fastest.model != slowest.model) {
    text += fmt::format(" On this machine a batch of two takes {} ms ({}) to {} ms ({}), a factor of {}.",
                        format_number(*fastest.cell.value, {2, 1, true}), display_title(evidence, *fastest.model),
                        format_number(*slowest.cell.value, {2, 1, true}), display_title(evidence, *slowest.model),
                        format_number(*slowest.cell.value / *fastest.cell.value, {0, 1, true}));
  }
  return text;
}

}  // namespace

Outcome outcome_of(const Evidence& evidence) {
  Outcome outcome;
  for (const Model& model : evidence.models()) {
    const Record* run = evidence.run_of(model.name);
    if (run != nullptr && run->usable()) {
      outcome.measured.push_back(model);
    } else {
      outcome.missing.push_back(display_title(evidence, model));
    }
  }
  return outcome;
}

List findings(const Evidence& evidence, const Outcome& outcome) {
  List list;
  const auto add = [&](const std::string& item) {
    if (!item.empty()) list.items.push_back(item);
  };
  if (reasons_not_comparable(evidence).empty()) add(agreement(evidence, outcome));
  add(against_constant(evidence, outcome));
  add(searched_against_baselines(evidence, outcome, table_metrics()[0], "Highest accuracy (%):", true));
  add(searched_against_baselines(evidence, outcome, table_metrics()[1], "Highest balanced accuracy (%):", true));
  add(searched_against_baselines(evidence, outcome, table_metrics()[2], "Lowest unfairness (sum):", false));
  add_claims_audit(evidence, list);
  add(hardware(evidence));
  if (!outcome.missing.empty()) {
    add(strong("Without numbers:") + fmt::format(" {}; the reasons stand under ", fmt::join(outcome.missing, ", ")) +
        reference("table1") + ".");
  }
  return list;
}

}  // namespace flnas::reports
