// What held and what did not, in plain words, from the records.
#include "reports/sections/findings.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "harness/base/plural.h"
#include "reports/data/all_trainings.h"
#include "reports/data/differences.h"
#include "reports/data/own_study.h"
#include "reports/document/cell_text.h"
#include "reports/document/inline.h"

namespace flnas::reports {
namespace {

long long size_of(const std::vector<Model>& models) { return static_cast<long long>(models.size()); }

std::string agreement(const ReportInputs& inputs, const Outcome& outcome) {
  std::vector<std::string> parts;
  for (const Metric& metric : table_metrics()) {
    int within = 0, judged = 0;
    for (const Model& model : outcome.measured) {
      if (model.paper == nullptr || *metric.paper == '\0') continue;
      Cell cell = over_trainings(inputs, model.name, metric);
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

std::string against_constant(const ReportInputs& inputs, const Outcome& outcome) {
  if (!inputs.constant || !inputs.constant->usable()) return {};
  const auto metrics = metrics_of(&*inputs.constant);
  const Cell accuracy = measured(metrics.at(&RunMetrics::accuracy));
  const Cell balanced = measured(metrics.at(&RunMetrics::balanced_accuracy));
  if (!accuracy.value || !balanced.value) return {};
  const auto above = std::count_if(outcome.measured.begin(), outcome.measured.end(),
                                   [&](const Model& model) { return not_above_constant(inputs, model.name).empty(); });
  std::string text = strong("Constant predictor.") +
                     fmt::format(
                         " Always answering with the most frequent class gives {:.1f} % accuracy and {:.1f} % "
                         "balanced accuracy.",
                         *accuracy.value * 100, *balanced.value * 100);
  if (outcome.measured.empty()) return text;
  return text + fmt::format(
                    " {} of {} {} above it by balanced accuracy and AUROC, as far as their intervals tell; accuracy "
                    "does not tell, where a loss that gives rare classes more weight lowers it by design.",
                    above, counted(size_of(outcome.measured), "model"), plural(above, "is", "are"));
}

struct Best {
  const Model* model = nullptr;
  Cell cell;
};

Best best_of(const ReportInputs& inputs, const Outcome& outcome, const Metric& metric, const std::string& group) {
  Best best;
  for (const Model& model : outcome.measured) {
    if (model.group != group) continue;
    const Cell cell = over_trainings(inputs, model.name, metric);
    if (!cell.value) continue;
    const bool better =
        best.model == nullptr || (metric.fairness() ? *cell.value < *best.cell.value : *cell.value > *best.cell.value);
    if (better) best = {&model, cell};
  }
  return best;
}

/// What the paired comparison of two models settles: "searched minus baseline 5.00 [2.00, 8.00], ...: not settled".
std::string paired_verdict(const ReportInputs& inputs, const Model& searched, const Model& baseline,
                           const Metric& metric) {
  const auto gap = difference_of(inputs, searched.name, baseline.name, metric);
  if (!gap || !gap->p) return "no paired comparison of these two is known, so nothing is settled";
  const CellText text = cell_text(gap->cell, {.key = "", .format = metric.format});
  std::string verdict = "not settled";
  if (gap->settled()) {
    const bool ahead = metric.fairness() ? *gap->cell.value < 0 : *gap->cell.value > 0;
    verdict = ahead ? "the searched model is better here" : "the baseline is better here";
  }
  const bool by_counts = metric.key() == "accuracy" && !gap->all_seeds;
  return fmt::format("on the same images{}, searched minus baseline is {}{}, {} {} (Holm-corrected): {}",
                     gap->all_seeds ? " over all seeds" : "", text.value,
                     text.interval.empty() ? "" : " " + text.interval, by_counts ? "McNemar's p" : "p",
                     format_number(*gap->p, {.digits = 3, .probability = true}), verdict);
}

/// The best searched model against the best baseline.
std::string searched_against_baselines(const ReportInputs& inputs, const Outcome& outcome, const Metric& metric,
                                       const char* name) {
  const Best searched = best_of(inputs, outcome, metric, "FL-NAS");
  const Best baseline = best_of(inputs, outcome, metric, "Baselines");
  if (searched.model == nullptr || baseline.model == nullptr) return {};
  const auto show = [&](const Best& best) {
    const CellText text = cell_text(best.cell, {.key = "", .format = metric.format});
    return fmt::format("{} {}{}", display_title(inputs, *best.model), text.value,
                       text.interval.empty() ? "" : " " + text.interval);
  };
  return fmt::format("{} searched {}, baseline {}; {}.", strong(name), show(searched), show(baseline),
                     paired_verdict(inputs, *searched.model, *baseline.model, metric));
}

/// How often a verdict was given: on what was measured, and of the paper's table.
struct Verdicts {
  long long hold = 0, fail = 0, open = 0;
};
Verdicts verdicts_of(const Table& table, const char* column) {
  Verdicts found;
  for (const Row& row : table.rows) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      if (table.columns[i].key != column) continue;
      const std::string& text = row.cells[i].text;
      found.hold += text == "holds" ? 1 : 0;
      found.fail += text == "fails" ? 1 : 0;
      found.open += text == "not settled" ? 1 : 0;
    }
  }
  return found;
}

/// What the audit of the claims came to, on the paper's own table and on ours.
void add_claims_audit(const ReportInputs& inputs, List& list) {
  for (const Table& table : claims_tables(inputs)) {
    if (table.id != "claims") continue;
    const auto text = [](const Verdicts& found) {
      return fmt::format("{} {}, {} {}, and {} {} not settled", found.hold, plural(found.hold, "holds", "hold"),
                         found.fail, plural(found.fail, "fails", "fail"), found.open, plural(found.open, "is", "are"));
    };
    const Verdicts paper = verdicts_of(table, "paper_verdict"), ours = verdicts_of(table, "ours_verdict");
    const auto decided = ours.hold + ours.fail + ours.open;
    list.items.push_back(fmt::format(
        "{} Of {} on accuracy, fairness and memory, with the noise of the paper's own test images, {} on its own "
        "table. "
        "On these records {} ({}).",
        strong("The paper's claims."), counted(static_cast<long long>(table.rows.size()), "reading"), text(paper),
        decided == 0 ? std::string("none can be judged: not measured, or not under the paper's conditions")
                     : text(ours),
        reference("claims")));
  }
}

std::string hardware(const ReportInputs& inputs) {
  const auto models = inputs.models();
  int exact = 0, approximate = 0, differs = 0;
  Best fastest, slowest;
  for (const Model& model : models) {
    const Hardware* found = inputs.hardware_of(model.name);
    if (found == nullptr || !found->usable()) continue;
    const ModelInfo& info = found->record.model;
    exact += info.match == "exact" ? 1 : 0;
    approximate += is_approximate(info) ? 1 : 0;
    differs += info.match == "none" && model.paper != nullptr ? 1 : 0;
    const Cell cell = measured(found->at(&HardwareRecord::latency).at(&LatencySummary::median_us), "", 1e-3);
    if (!cell.value) continue;
    if (fastest.model == nullptr || *cell.value < *fastest.cell.value) fastest = {&model, cell};
    if (slowest.model == nullptr || *cell.value > *slowest.cell.value) slowest = {&model, cell};
  }
  std::string text = strong("Size and speed.");
  if (beside_paper(inputs)) {
    if (exact + approximate + differs == 0) return {};
    text += fmt::format(" Parameter count: exactly the paper's for {} of {}", exact, exact + approximate + differs);
    if (approximate > 0) {
      text += fmt::format(", equal by construction in {} that only {} the paper's", approximate,
                          plural(approximate, "approximates", "approximate"));
    }
    if (differs > 0) text += fmt::format(", another in {}", differs);
    text += ".";
  } else if (fastest.model == slowest.model) {
    return {};
  }
  if (fastest.model != slowest.model) {
    text += fmt::format(
        " On this machine a batch of two takes {} ms ({}) to {} ms ({}), a factor of {}.",
        format_number(*fastest.cell.value, {.digits = 2, .thousands = true}), display_title(inputs, *fastest.model),
        format_number(*slowest.cell.value, {.digits = 2, .thousands = true}), display_title(inputs, *slowest.model),
        format_number(*slowest.cell.value / *fastest.cell.value, {.digits = 0, .thousands = true}));
  }
  return text;
}

}  // namespace

Outcome outcome_of(const ReportInputs& inputs) {
  Outcome outcome;
  for (const Model& model : inputs.models()) {
    const Run* run = inputs.run_of(model.name);
    if (run != nullptr && run->usable()) {
      outcome.measured.push_back(model);
    } else {
      outcome.missing.push_back(display_title(inputs, model));
    }
  }
  return outcome;
}

List findings(const ReportInputs& inputs, const Outcome& outcome) {
  List list;
  const auto add = [&](const std::string& item) {
    if (!item.empty()) list.items.push_back(item);
  };
  if (beside_paper(inputs) && reasons_not_comparable(inputs).empty()) add(agreement(inputs, outcome));
  add(against_constant(inputs, outcome));
  add(searched_against_baselines(inputs, outcome, metric_named("accuracy"), "Highest accuracy (%):"));
  add(searched_against_baselines(inputs, outcome, metric_named("balanced_accuracy"), "Highest balanced accuracy (%):"));
  add(searched_against_baselines(inputs, outcome, metric_named("unfairness_sum"), "Lowest unfairness (sum):"));
  if (beside_paper(inputs)) add_claims_audit(inputs, list);
  add(hardware(inputs));
  if (!outcome.missing.empty()) {
    add(strong("Without numbers:") + fmt::format(" {}; the reasons stand under ", fmt::join(outcome.missing, ", ")) +
        reference("table1") + ".");
  }
  return list;
}

}  // namespace flnas::reports
