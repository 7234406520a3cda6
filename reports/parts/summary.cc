// What was run and what can be concluded, in plain words, from the records.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "harness/base/text.h"
#include "reports/cell_text.h"
#include "reports/inline.h"
#include "reports/measures.h"
#include "reports/parts/parts.h"

namespace flnas::reports {
namespace {

std::string capitalised(std::string text) {
  if (!text.empty()) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text;
}

long long images(const Evidence& evidence, const char* subset) {
  const Json split = evidence.reproduce.value("split", Json::object());
  return split.value("images", Json::object()).value(subset, 0LL);
}

/// "2026-11-22T06:07:08Z" as "2026-11-22 06:07".
std::string readable_time(std::string utc) {
  if (utc.size() < 16) return utc;
  utc[10] = ' ';
  return utc.substr(0, 16);
}

Callout conditions(const Evidence& evidence) {
  const auto reasons = reasons_not_comparable(evidence);
  if (reasons.empty()) {
    return {
        Callout::Tone::kGood,
        "Made to be compared with Table I",
        {"Same data set, two classes, 224x224 pixels and the models' exact parameter counts; every verdict below "
         "asks whether the paper's value lies within our 95 % interval.",
         "The paper does not disclose its images, split and training settings, so a difference may come from those."}};
  }
  Callout callout{Callout::Tone::kWarning, "Accuracy and fairness here are not comparable with Table I", {}};
  for (const auto& reason : reasons) callout.lines.push_back(capitalised(without_controls(reason)) + ".");
  callout.lines.emplace_back(
      "Parameters and memory are taken at the paper's geometry (two classes, 224x224) whatever the profile, and can be "
      "compared.");
  return callout;
}

/// Models with numbers, and those without.
struct Outcome {
  std::vector<const Model*> measured;
  std::vector<std::string> missing;  // titles
};

Outcome outcome_of(const Evidence& evidence, const std::vector<Model>& models) {
  Outcome outcome;
  for (const Model& model : models) {
    const Record* run = evidence.run_of(model.name);
    if (run != nullptr && run->usable()) {
      outcome.measured.push_back(&model);
    } else {
      outcome.missing.push_back(display_title(evidence, model));
    }
  }
  return outcome;
}

std::string what_was_run(const Evidence& evidence, const Outcome& outcome, std::size_t asked) {
  const std::string protocol = evidence.text("/protocol");
  const std::string guided =
      protocol == "inferred"
          ? fmt::format("and tested on the same {} images that guided early stopping",
                        with_thousands(images(evidence, "test")))
          : fmt::format("stopped early by {} others and tested on {} that neither saw",
                        with_thousands(images(evidence, "validation")), with_thousands(images(evidence, "test")));
  const auto seeds = evidence.reproduce.value("seeds", Json::array()).size();
  return fmt::format("{} of {} models were trained on {} images{}, {}.", outcome.measured.size(), asked,
                     with_thousands(images(evidence, "train")),
                     seeds > 1 ? fmt::format(" with {} seeds each", seeds) : "", guided);
}

std::string agreement(const Evidence& evidence, const Outcome& outcome) {
  std::vector<std::string> parts;
  for (const Metric& metric : table_metrics()) {
    int within = 0, judged = 0;
    for (const Model* model : outcome.measured) {
      if (model->paper == nullptr || *metric.paper == '\0') continue;
      Cell cell = measured(evidence.run_of(model->name), metric.pointer(), "");
      compare(cell, model->paper->value(metric.paper), true);
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
  for (const Model* model : outcome.measured) {
    const std::string fails = not_above_constant(*evidence.run_of(model->name), *evidence.constant);
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
  return text + fmt::format(" {} of {} models exceed both; {} fall short by accuracy, {} by balanced accuracy.", above,
                            outcome.measured.size(), by_accuracy, by_balanced);
}

struct Best {
  const Model* model = nullptr;
  Cell cell;
};

Best best_of(const Evidence& evidence, const Outcome& outcome, const std::string& key, const std::string& group,
             bool high) {
  Best best;
  for (const Model* model : outcome.measured) {
    if (model->group != group) continue;
    const Cell cell = measured(evidence.run_of(model->name), key, "");
    if (!cell.value) continue;
    const bool better =
        best.model == nullptr || (high ? *cell.value > *best.cell.value : *cell.value < *best.cell.value);
    if (better) best = {model, cell};
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
  list.items.push_back(
      fmt::format("{} Of {} readings that the paper's own table can be asked, {} hold on it and {} fail.",
                  strong("The paper's claims on its own table."), paper_holds + paper_fails, paper_holds, paper_fails));
  const auto holds = count("ours_verdict", "holds"), fails = count("ours_verdict", "fails");
  const auto open = count("ours_verdict", "not settled");
  list.items.push_back(fmt::format(
      "{} {} readings are settled here: {} hold and {} fail; {} are not settled. The other {} have no verdict of ours: "
      "not measured, not comparable, or asked of the paper's table alone. See {}.",
      strong("The same on these records."), holds + fails, holds, fails, open,
      static_cast<long>(table.rows.size()) - holds - fails - open, reference("claims")));
}

std::string hardware(const Evidence& evidence, const std::vector<Model>& models) {
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
  if (like > 0) text += fmt::format(", equal by construction in {} that is only like the paper's", like);
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

Facts facts(const Evidence& evidence) {
  Facts facts;
  facts.items = {{"Profile", describe_profile(evidence)},
                 {"Task", describe_task(evidence)},
                 {"Protocol", describe_protocol(evidence)},
                 {"Data", describe_data(evidence)},
                 {"Device", describe_device(evidence)}};
  std::string seeds;
  for (const Json& seed : evidence.reproduce.value("seeds", Json::array()))
    seeds += (seeds.empty() ? "" : ", ") + seed.dump();
  facts.items.emplace_back("Seeds", seeds);
  facts.items.emplace_back(
      "Images", fmt::format("{} training, {} validation, {} test", with_thousands(images(evidence, "train")),
                            with_thousands(images(evidence, "validation")), with_thousands(images(evidence, "test"))));
  for (const Record& run : evidence.runs) {
    const auto resamples = run.number("/metrics/bootstrap/resamples");
    if (!run.usable() || !resamples) continue;
    facts.items.emplace_back("Intervals", fmt::format("95 %, percentile bootstrap over lesions, {} resamples",
                                                      with_thousands(std::llround(*resamples))));
    break;
  }
  const std::string started = readable_time(evidence.text("/started"));
  const std::string finished = readable_time(evidence.text("/finished"));
  facts.items.emplace_back("Run (UTC)", finished.empty() ? started + ", not finished" : started + " to " + finished);
  return facts;
}

}  // namespace

void add_summary(const Evidence& evidence, Section& section) {
  const auto models = evidence.models();
  const Outcome outcome = outcome_of(evidence, models);
  section.blocks.emplace_back(conditions(evidence));
  if (evidence.text("/finished").empty()) {
    section.blocks.emplace_back(Callout{Callout::Tone::kWarning,
                                        "This reproduction is not finished",
                                        {"What is missing is marked; the same command continues it."}});
  }
  if (!evidence.statistics_problem.empty()) {
    Callout callout{Callout::Tone::kWarning, "Comparisons of models and the noise floor are left out", {}};
    callout.lines.push_back(capitalised(without_controls(evidence.statistics_problem)) +
                            ". The same command of the reproduction writes it again.");
    section.blocks.emplace_back(std::move(callout));
  }
  section.blocks.emplace_back(Paragraph{what_was_run(evidence, outcome, models.size())});
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
  add(hardware(evidence, models));
  if (!outcome.missing.empty()) {
    add(strong("Without numbers:") + fmt::format(" {}; the reasons stand under ", fmt::join(outcome.missing, ", ")) +
        reference("table1") + ".");
  }
  if (!list.items.empty()) section.blocks.emplace_back(std::move(list));
  section.blocks.emplace_back(facts(evidence));
}

}  // namespace flnas::reports
