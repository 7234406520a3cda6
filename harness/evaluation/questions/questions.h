#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/records/questions_record.h"

namespace flnas {

/// Which models of a study are searched networks and which are baselines; a model that is neither is not compared.
/// MODEL@MITIGATION is MODEL under a mitigation.
struct Roles {
  std::vector<std::string> searched, baselines;
};

/// The folders at or below `folder` whose records can be used beside a study's: those with a reproduce.json,
/// comparison.json or nas_search.json, sorted. Throws DataError if there is none.
std::vector<std::filesystem::path> records_beside(const std::filesystem::path& folder);

/// Answers every question from the records of the study in OUT and of the folders `beside`, each of which holds a
/// record itself (methods: harness/metrics/comparison):
///
///   accuracy, fairness  balanced accuracy and AUROC, Unfairness and EODD: each searched network against the best
///                       baseline (ahead.h), by the paired differences of statistics.json, over all trainings
///                       where both have several; Holm over networks and metrics. Positive: ahead, or fairer.
///   size                Unfairness and EODD over log10 of the parameters, mitigations left out (trend.h).
///   domains             where a study beside is of other data: the slope of `size` in each domain with its interval,
///   their
///                       mean over domains (Student's t, so that it takes several domains to say much), and the
///                       points: every network with its parameters, and what a fair one shows by chance.
///   variance            Unfairness and EODD of each fold (variance_components.h), of as many seeds as at least
///                       three architectures have in all folds.
///   mitigation          as fairness: MODEL@MITIGATION against the best searched network; and what it costs in balanced
///                       accuracy.
///   sample              images with which an unsettled contrast would be settled with a power of 80 %, corrected for
///                       the tests of its question, if it is as large as it is here (power.h): for each metric
///                       by which no network is ahead beyond noise the one that needs the fewest, of those that are not
///                       behind by their whole interval. Widths are taken to shrink with the root of the sample; what a
///                       seed's luck adds to them does so with more seeds alone: where no more images are needed than
///                       there are, it is trainings that are too few.
///   short_training      Spearman's correlation over models of the validation AUROC after some epochs with that at the
///                       end of the same schedule, means over folds and seeds (history.jsonl).
///   inferred            of studies under protocol `inferred` on the same data, task and size: their figures less the
///                       study's, means over the models that both have (two_level.h: models by lesions; the two
///                       samples of lesions are taken as independent, though the same images may be in both).
///   language_model      what each strategy with a language model reaches more than random-sensible at the same budget.
///                       On images test figures of the best designs, of comparisons whose first strategy that is,
///                       paired by seed. On tables the share of the true front's hypervolume, of records with the same
///                       table, pairs, budget and way of scoring: paired by seed where the only record of the strategy
///                       has both, else two independent samples (metrics/comparison/independent_means.h), of all of
///                       these records.
///
/// `adapter` replaces those that the records name. Throws DataError if a record cannot be read, or if the study's
/// statistics are by metrics older than version 3 (see can_answer).
QuestionsRecord answer_questions(const std::filesystem::path& out, const Roles& roles,
                                 const std::vector<std::filesystem::path>& beside = {},
                                 const std::string& adapter = {});

/// Whether the study in OUT has statistics of version 3 of the metrics, its own or rescored ones.
bool can_answer(const std::filesystem::path& out);

/// Computes and writes OUT/questions.json, with a digest.
void write_questions(const std::filesystem::path& out, const Roles& roles,
                     const std::vector<std::filesystem::path>& beside = {});

}  // namespace flnas
