#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/base/json.h"
#include "harness/evaluation/answers.h"
#include "harness/records/nas_search.h"
#include "harness/records/summaries.h"
#include "reports/document/table.h"
#include "reports/paper/paper.h"

namespace flnas::reports {

/// A key, whatever is in it, as one step of a JSON pointer.
std::string pointer_step(std::string key);

/// A record's file as it was found.
struct Record {
  std::string folder;   ///< Relative to the reproduction: "runs/search3-s1-0a1b2c3d"; blank: the reproduction's own.
  Json json;            ///< An empty object when the file is missing or damaged.
  std::string problem;  ///< Why there are no numbers; empty for a run that passed or is mistrusted.
  std::string file = "run.json";

  bool usable() const { return problem.empty(); }
  bool mistrusted() const;
  std::string model() const;
  /// The value at a JSON pointer; null where there is none.
  const Json& at(const std::string& key) const;
  std::string text(const std::string& key) const;  ///< "" where there is none; without control characters
  std::optional<double> number(const std::string& key) const;
};

/// A row of the report's tables: a model of the paper, or another one that was run.
struct Model {
  std::string name;
  std::string title;
  std::string group;
  const PaperRow* paper = nullptr;  ///< null: not in Table I
  bool like = false;
};

/// A nas_search.json with its folder.
struct NasEvidence {
  std::string folder;
  NasSearchRecord record;
};

/// The figures of a cell that is on a final front of the pair; null for any other.
const NasPoint* point_of(const NasPair& pair, std::int64_t cell);

/// Everything a report may draw on: one reproduction, where there is one, and what lies in the folder beside it.
struct Evidence {
  std::filesystem::path root;
  Json reproduce;                ///< null: there is no reproduction
  std::vector<Record> runs;      ///< kind `train`, in the order of reproduce.json
  std::vector<Record> hardware;  ///< kind `hardware`
  std::optional<Record> constant;
  /// By run folder: what each model answered on the test images, and every metric on the bootstrap's resamples, the
  /// same ones for all; empty where the predictions cannot be read.
  std::map<std::string, Answers> answers;
  std::optional<Record> statistics;  ///< statistics.json; none where the reproduction was interrupted before it
  std::string statistics_problem;    ///< why there is none though there should be, a line for people

  std::vector<Record> searches;      ///< search.json of every search, by folder
  std::vector<Record> comparisons;   ///< comparison.json: searches of several designers or prompts
  std::vector<NasEvidence> nas;      ///< searches on tables
  std::vector<Record> transformers;  ///< transformer_search.json of every search on AutoFormer's spaces
  std::vector<Record> suites;        ///< latency suites: bench/*.json

  bool has_reproduction() const { return !reproduce.is_null(); }
  /// The searches that a comparison is made of, and those that belong to none.
  std::vector<const Record*> searches_of(const Record& comparison) const;
  std::vector<const Record*> lone_searches() const;

  /// Table I's models in its order, then any other that was run.
  std::vector<Model> models() const;
  /// The runs of a model, first seed first.
  std::vector<const Record*> runs_of(const std::string& model) const;
  /// The run that stands in Table I: the model's first usable one, else its first, else null.
  const Record* run_of(const std::string& model) const;
  /// What a run answered; null where its predictions were not read.
  const Answers* answers_of(const Record* run) const;
  /// The hardware columns of a model on a device: this machine, or a platform by its name ("a10", "pi4").
  const Record* hardware_of(const std::string& model, const std::string& device = "host") const;
  /// Why a model has no number: its run's problem, or that it was not asked for or not reached.
  std::string why_missing(const std::string& model) const;

  std::string text(const std::string& key) const;  ///< of reproduce.json, by JSON pointer
};

/// Reads DIR/reproduce.json and every record it lists; then search.json, comparison.json, nas_search.json and
/// transformer_search.json wherever they lie below DIR, and DIR/bench/*.json. A run's record that is missing or damaged
/// becomes a `problem`, not an error. Throws DataError when reproduce.json or a search's file is damaged, or when
/// nothing of all this is there.
Evidence read_evidence(const std::filesystem::path& root);

/// The run's history.jsonl; empty when it is missing or damaged.
std::vector<Epoch> history_of(const Evidence& evidence, const Record& run);

/// Why these numbers cannot be set against Table I, each reason a clause for people; empty when they can.
/// `brief` leaves out the profile's own words.
std::vector<std::string> reasons_not_comparable(const Evidence& evidence, bool brief = false);

}  // namespace flnas::reports
