// What was run under which conditions, and what was found.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "harness/base/plural.h"
#include "harness/base/text.h"
#include "harness/evaluation/old/rescored.h"
#include "reports/data/conditions.h"
#include "reports/data/own_study.h"
#include "reports/data/people.h"
#include "reports/document/inline.h"
#include "reports/sections/findings.h"

namespace flnas::reports {
namespace {

/// "balanced_accuracy" -> "validation balanced accuracy".
std::string with_spaces(std::string key) {
  std::replace(key.begin(), key.end(), '_', ' ');
  return "validation " + key;
}

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
        {"Its data set, two classes and 224x224 pixels; every verdict below asks whether the paper's value lies within "
         "our 95 % interval.",
         "The paper does not disclose its images, split and training settings, so a difference may come from those."}};
  }
  Callout callout{Callout::Tone::kWarning, "Accuracy and fairness here are not comparable with Table I", {}};
  for (const auto& reason : reasons) callout.lines.push_back(capitalised(reason) + ".");
  callout.lines.emplace_back(
      "Parameters and memory are taken at the paper's geometry (two classes, 224x224) whatever the profile, and can be "
      "compared.");
  return callout;
}

/// "selected by the highest validation AUROC".
std::string selection_text(const ReportInputs& inputs) {
  const auto selection = selection_of(inputs);
  if (!selection) return "the kept epoch selected by different rules";
  return fmt::format("the kept epoch selected by {}", *selection == "loss" ? "the lowest validation loss"
                                                      : *selection == "auroc"
                                                          ? "the highest validation AUROC"
                                                          : "the highest " + with_spaces(*selection));
}

/// Whether what was tested had been seen before, as split.json has it.
std::string test_text(const ReportInputs& inputs, std::int64_t tested) {
  const auto overlap = overlap_of(inputs);
  if (!overlap) {
    const bool same = inputs.reproduced().protocol == "inferred";
    return same
               ? fmt::format("tested on the same {}, so that the figures flatter every model", counted(tested, "image"))
               : "tested on " + counted(tested, "image");
  }
  if (overlap->with_training == 0 && overlap->with_validation == 0) {
    return fmt::format("tested on {} that neither training nor selection saw, divided by {}",
                       counted(tested, "other", "others"),
                       overlap->unit == "image" ? overlap->unit : unit_word(inputs));
  }
  std::vector<std::string> seen;
  if (overlap->with_training > 0) {
    seen.push_back(fmt::format("{} were trained on", with_thousands(overlap->with_training)));
  }
  if (overlap->with_validation > 0) {
    seen.push_back(fmt::format("{} chose the kept epoch, so that the figures flatter every model",
                               with_thousands(overlap->with_validation)));
  }
  return fmt::format("tested on {}, of which {}", counted(tested, "image"), fmt::join(seen, " and "));
}

std::string what_was_run(const ReportInputs& inputs, const Outcome& outcome) {
  const Reproduction& made = inputs.reproduced();
  const SubsetSizes& images = made.split.images;
  const auto seeds = made.seeds.size();
  const auto trained = static_cast<long long>(outcome.measured.size());
  const std::int64_t all = images.train + images.validation + images.test;
  return fmt::format("{} of {} {} trained on {}{}, {} of {}, and {}{}.", trained,
                     counted(trained + static_cast<long long>(outcome.missing.size()), "model"),
                     plural(trained, "was", "were"), counted(images.train, "image"),
                     seeds > 1 ? fmt::format(" with {} seeds each", seeds) : "", selection_text(inputs),
                     counted(images.validation, "image"), test_text(inputs, made.folds ? all : images.test),
                     made.folds ? fmt::format(", in each of {} folds", *made.folds) : "");
}

/// Equal conditions, trained to the end: as the records have it.
std::string how_it_was_trained(const ReportInputs& inputs) {
  const TrainingEnds ends = training_ends(inputs);
  if (ends.trainings == 0) return {};
  const auto differing = differing_settings(inputs);
  std::vector<std::string> parts;
  if (ends.trainings > 1) {
    std::vector<std::string> names;
    for (const std::string& key : differing) names.push_back(code(key));
    parts.push_back(names.empty() ? "all trainings had the same settings"
                                  : fmt::format("trainings differ in {} ({})", fmt::join(names, ", "),
                                                reference("training_settings")));
  }
  parts.push_back(fmt::format("{} of {} stopped early", ends.stopped_early, counted(ends.trainings, "training")));
  if (ends.judged > 0) {
    parts.push_back(ends.not_converged == 0 ? std::string("all had converged")
                    : ends.not_converged == ends.trainings
                        ? std::string("none had converged, so that longer training may change all figures")
                        : fmt::format("{} had not converged ({}), so that longer training may change their figures",
                                      ends.not_converged, fmt::join(ends.cut, ", ")));
  }
  return capitalised(fmt::format("{}.", fmt::join(parts, "; ")));
}

Facts facts(const ReportInputs& inputs) {
  Facts facts;
  facts.items = {{"Profile", describe_profile(inputs)},
                 {"Task", describe_task(inputs)},
                 {"Protocol", describe_protocol(inputs)},
                 {"Data", describe_data(inputs)},
                 {"Device", describe_device(inputs)}};
  if (inputs.reproduced().profile.name == kNoProfile) facts.items.erase(facts.items.begin());
  const Reproduction& made = inputs.reproduced();
  const SubsetSizes& images = made.split.images;
  facts.items.emplace_back("Seeds", fmt::format("{}", fmt::join(made.seeds, ", ")));
  facts.items.emplace_back("Images", fmt::format("{} training, {} validation, {} test", with_thousands(images.train),
                                                 with_thousands(images.validation), with_thousands(images.test)) +
                                         (made.folds ? fmt::format(", in fold 1 of {}", *made.folds) : ""));
  if (const Run* run = inputs.first_measured(); run != nullptr && run->metrics->bootstrap) {
    const auto version = run->metrics->version.value_or(1);
    const char* method = version == 1  ? "percentile bootstrap"
                         : version < 4 ? "test inversion and Wilson's"
                                       : "test inversion and Agresti and Coull's";
    facts.items.emplace_back("Intervals", fmt::format("95 %, {} over {}s, {} resamples", method, unit_word(inputs),
                                                      with_thousands(run->metrics->bootstrap->resamples)));
    if (run->rescored) {
      facts.items.emplace_back(
          "Figures",
          fmt::format("computed again from the predictions by version {} of the metrics ({}); the records, of "
                      "version {}, stay as they were written",
                      *run->metrics->version, code(std::string(kRescoredFolder) + "/"),
                      run->record.metrics.value("version", 1)));
    }
  }
  const std::string started = readable_time(made.started);
  const std::string finished = readable_time(made.finished.value_or(""));
  facts.items.emplace_back("Run (UTC)", finished.empty() ? started + ", not finished" : started + " to " + finished);
  return facts;
}

}  // namespace

void add_summary(const ReportInputs& inputs, Section& section) {
  const Outcome outcome = outcome_of(inputs);
  if (beside_paper(inputs)) section.blocks.emplace_back(conditions(inputs));
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
  if (auto text = how_it_was_trained(inputs); !text.empty()) section.blocks.emplace_back(Paragraph{std::move(text)});
  List list = findings(inputs, outcome);
  if (!list.items.empty()) section.blocks.emplace_back(std::move(list));
  section.blocks.emplace_back(facts(inputs));
}

}  // namespace flnas::reports
