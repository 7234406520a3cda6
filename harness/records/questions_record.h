#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/records/files.h"
#include "harness/records/record.h"
#include "harness/records/record_json.h"

namespace flnas {

/// The questions, by the keys that records and tables use.
inline constexpr char kMoreAccurate[] = "accuracy";         ///< a searched network, than the best baseline
inline constexpr char kFairer[] = "fairness";               ///< the same
inline constexpr char kSmallerFairer[] = "size";            ///< figures over log10 of the parameters
inline constexpr char kDomains[] = "domains";               ///< the same in studies of other data, beside each other
inline constexpr char kChoice[] = "variance";               ///< of architecture, fold and training
inline constexpr char kMitigation[] = "mitigation";         ///< of one network, against the best searched one
inline constexpr char kSampleSize[] = "sample";             ///< images that would settle the contrasts
inline constexpr char kShortTraining[] = "short_training";  ///< ranks after few epochs against those at the end
inline constexpr char kInferred[] = "inferred";             ///< protocol `inferred` less the study's own
inline constexpr char kLanguageModel[] = "language_model";  ///< less random-sensible, at equal evaluations

/// A figure that an answer rests on, with its 95 % interval.
struct Evidence {
  std::string subject;  ///< "search1", "architecture", "epoch 3", "flnas"
  std::string against;  ///< what it is compared with: "mobilenet_v1"; blank: nothing
  std::string metric;   ///< as in run.json, or of a search: "hypervolume_share"
  std::optional<double> value, low, high;
  std::optional<double> p;  ///< two-sided; corrected over the question's evidence (Holm)
  std::int64_t n = 0;
  std::string of;  ///< what n counts: "image", "network", "search"

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("subject", self.subject), visit("against", self.against), visit("metric", self.metric);
    visit("value", self.value), visit("low", self.low), visit("high", self.high), visit("p", self.p);
    visit("n", self.n), visit("of", self.of);
  }
};

struct QuestionAnswer {
  std::string question;
  std::string needs;  ///< what the records lack, as a clause of a sentence; blank: there is evidence
  std::vector<Evidence> evidence;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("question", self.question), visit("needs", self.needs), visit("evidence", self.evidence);
  }
};

/// A record of another folder that the answers use.
struct RecordBeside {
  std::string folder;  ///< relative to the study: "../isic2019-subset-64px-inferred"
  std::string file;    ///< reproduce.json, comparison.json or nas_search.json
  std::string sha256;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("folder", self.folder), visit("file", self.file), visit("sha256", self.sha256);
  }
};

/// questions.json of a study: its questions with their answers (harness/evaluation/questions/questions.h).
struct QuestionsRecord {
  int schema = kRecordSchema;
  std::int64_t metrics_version = 0;
  std::vector<std::string> searched, baselines;  ///< which models are which
  std::vector<RecordBeside> beside;
  std::int64_t images = 0, lesions = 0;  ///< that the study's models are compared on
  std::int64_t seeds = 0;                ///< least number of trainings of a model
  std::int64_t folds = 0;                ///< 0: none
  std::vector<QuestionAnswer> answers;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("schema", self.schema), visit("metrics_version", self.metrics_version), visit("searched", self.searched);
    visit("baselines", self.baselines), visit("beside", self.beside), visit("images", self.images);
    visit("lesions", self.lesions), visit("seeds", self.seeds), visit("folds", self.folds);
    visit("answers", self.answers);
  }
};

}  // namespace flnas
