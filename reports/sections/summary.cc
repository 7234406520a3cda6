// What was run under which conditions, and what was found.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/base/plural.h"
#include "harness/base/text.h"
#include "reports/document/inline.h"
#include "reports/sections/findings.h"
#include "reports/sections/unit_word.h"

namespace flnas::reports {
namespace {

/// "2026-11-22T06:07:08Z" as "2026-11-22 06:07".
std::string readable_time(std::string utc) {
  if (utc.size() < 16) return utc;
  utc[10] = ' ';
  return utc.substr(0, 16);
}

Callout conditions(const ReportInputs& inputs) {
  const auto reasons = reasons_not_comparable(inputs);
  if (reasons.empty()) {
    return {
        Callout::Tone::kGood,
        "Made to be compared with Table I",
        {"Same data set, two classes, 224x224 pixels and the models' exact parameter counts; every verdict below "
         "asks whether the paper's value lies within our 95 % interval.",
         "The paper does not disclose its images, split and training settings, so a difference may come from those."}};
  }
  Callout callout{Callout::Tone::kWarning, "Accuracy and fairness here are not comparable with Table I", {}};
  for (const auto& reason : reasons) callout.lines.push_back(capitalised(reason) + ".");
  callout.lines.emplace_back(
      "Parameters and memory are taken at the paper's geometry (two classes, 224x224) whatever the profile, and can be "
      "compared.");
  return callout;
}

std::string what_was_run(const ReportInputs& inputs, const Outcome& outcome) {
  const Reproduction& made = inputs.reproduced();
  const SubsetSizes& images = made.split.images;
  std::string guided = fmt::format("stopped early by {}, and tested on {} that neither saw",
                                   counted(images.validation, "other", "others"), with_thousands(images.test));
  if (made.protocol == "inferred") {
    guided = fmt::format("and tested on the same {} that guided early stopping", counted(images.test, "image"));
  } else if (made.folds) {
    guided = fmt::format(
        "selected by {}, and tested on {} of {}s that neither saw, in each of {} folds, so that "
        "all {} are tested once",
        counted(images.validation, "other", "others"), with_thousands(images.test), unit_word(inputs), *made.folds,
        with_thousands(images.train + images.validation + images.test));
  }
  const auto seeds = made.seeds.size();
  const auto trained = static_cast<long long>(outcome.measured.size());
  return fmt::format("{} of {} {} trained on {}{}, {}.", trained,
                     counted(trained + static_cast<long long>(outcome.missing.size()), "model"),
                     plural(trained, "was", "were"), counted(images.train, "image"),
                     seeds > 1 ? fmt::format(" with {} seeds each", seeds) : "", guided);
}

Facts facts(const ReportInputs& inputs) {
  Facts facts;
  facts.items = {{"Profile", describe_profile(inputs)},
                 {"Task", describe_task(inputs)},
                 {"Protocol", describe_protocol(inputs)},
                 {"Data", describe_data(inputs)},
                 {"Device", describe_device(inputs)}};
  const Reproduction& made = inputs.reproduced();
  const SubsetSizes& images = made.split.images;
  facts.items.emplace_back("Seeds", fmt::format("{}", fmt::join(made.seeds, ", ")));
  facts.items.emplace_back("Images", fmt::format("{} training, {} validation, {} test", with_thousands(images.train),
                                                 with_thousands(images.validation), with_thousands(images.test)) +
                                         (made.folds ? fmt::format(", in fold 1 of {}", *made.folds) : ""));
  if (const Run* run = inputs.first_measured(); run != nullptr && run->metrics->bootstrap) {
    const bool first = run->metrics->version.value_or(1) == 1;
    facts.items.emplace_back(
        "Intervals",
        fmt::format("95 %, {} over {}s, {} resamples", first ? "percentile bootstrap" : "test inversion and Wilson's",
                    unit_word(inputs), with_thousands(run->metrics->bootstrap->resamples)));
  }
  const std::string started = readable_time(made.started);
  const std::string finished = readable_time(made.finished.value_or(""));
  facts.items.emplace_back("Run (UTC)", finished.empty() ? started + ", not finished" : started + " to " + finished);
  return facts;
}

}  // namespace

void add_summary(const ReportInputs& inputs, Section& section) {
  const Outcome outcome = outcome_of(inputs);
  section.blocks.emplace_back(conditions(inputs));
  if (!inputs.reproduced().finished) {
    section.blocks.emplace_back(Callout{Callout::Tone::kWarning,
                                        "This reproduction is not finished",
                                        {"What is missing is marked; the same command continues it."}});
  }
  if (!inputs.statistics_problem.empty()) {
    Callout callout{Callout::Tone::kWarning, "Comparisons of models and the noise floor are left out", {}};
    callout.lines.push_back(capitalised(inputs.statistics_problem) +
                            ". The same command of the reproduction writes it again.");
    section.blocks.emplace_back(std::move(callout));
  }
  section.blocks.emplace_back(Paragraph{what_was_run(inputs, outcome)});
  List list = findings(inputs, outcome);
  if (!list.items.empty()) section.blocks.emplace_back(std::move(list));
  section.blocks.emplace_back(facts(inputs));
}

}  // namespace flnas::reports
