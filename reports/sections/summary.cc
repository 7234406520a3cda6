// What was run under which conditions, and what was found.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

#include "harness/base/plural.h"
#include "harness/base/text.h"
#include "reports/document/inline.h"
#include "reports/sections/findings.h"

namespace flnas::reports {
namespace {

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

std::string what_was_run(const Evidence& evidence, const Outcome& outcome) {
  const std::string protocol = evidence.text("/protocol");
  const auto test = images(evidence, "test"), validation = images(evidence, "validation");
  const std::string guided =
      protocol == "inferred"
          ? fmt::format("and tested on the same {} that guided early stopping", counted(test, "image"))
          : fmt::format("stopped early by {}, and tested on {} that neither saw",
                        counted(validation, "other", "others"), with_thousands(test));
  const auto seeds = evidence.reproduce.value("seeds", Json::array()).size();
  const auto trained = static_cast<long long>(outcome.measured.size());
  return fmt::format("{} of {} {} trained on {}{}, {}.", trained,
                     counted(trained + static_cast<long long>(outcome.missing.size()), "model"),
                     plural(trained, "was", "were"), counted(images(evidence, "train"), "image"),
                     seeds > 1 ? fmt::format(" with {} seeds each", seeds) : "", guided);
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
  const Outcome outcome = outcome_of(evidence);
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
  section.blocks.emplace_back(Paragraph{what_was_run(evidence, outcome)});
  List list = findings(evidence, outcome);
  if (!list.items.empty()) section.blocks.emplace_back(std::move(list));
  section.blocks.emplace_back(facts(evidence));
}

}  // namespace flnas::reports
