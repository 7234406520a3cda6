#pragma once

#include <cstdint>
#include <exception>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "harness/latency/estimation/platform.h"
#include "harness/records/record.h"
#include "harness/train/run_data.h"
#include "searches/core/search.h"
#include "searches/session/request.h"
#include "searches/session/search_chat.h"
#include "searches/spaces/cnn/prompt_values.h"
#include "searches/spaces/cnn/training_evaluator.h"

namespace flnas::searches {

/// One search of a session.
struct SearchArm {
  std::string name;      ///< in comparisons
  std::string strategy;  ///< as strategies.h names it
  PromptParts parts;     ///< of FL-NAS's prompt
  std::uint64_t seed = 1;
  std::filesystem::path folder;  ///< for search.json and archive.jsonl
};

/// How an arm ended.
struct SearchEnd {
  Json record;                 ///< its search.json
  std::exception_ptr failure;  ///< set where no server replied; the same command goes on later
};

/// Searches on one data set of images and one target:
///
///     ARM/search.json (status running) -> turns: ARM/archive.jsonl, OUT/runs, OUT/designs
///         -> test metrics of the reported designs -> ARM/best.json, best.py -> ARM/search.json (finished or stopped)
///
/// A search in a folder that holds an unfinished one continues it; a finished one is only summarised again. A server's
/// replies are kept in ARM/exchanges.jsonl, or in the file of --record: nothing is paid for twice. The images are read
/// once.
class TrainingSession {
 public:
  /// `command` repeats the search. Throws ConfigError and DataError for anything that is wrong with the request, before
  /// any training.
  TrainingSession(const SearchRequest& request, std::string command);

  /// `out` for the runs that arms of one seed share.
  std::unique_ptr<TrainingEvaluator> evaluator(const std::filesystem::path& out, std::uint64_t seed) const;
  /// Runs or continues an arm. Throws ConfigError where the folder holds another search.
  SearchEnd run(const SearchArm& arm, TrainingEvaluator& evaluator) const;
  /// Throws ConfigError or DataError where an arm's strategy lacks something, or its language model cannot work.
  void require_possible(const std::vector<SearchArm>& arms) const;
  const BestRule& rule() const { return rule_; }
  /// Whether the arm asks a language model.
  bool asks(const SearchArm& arm) const;

 private:
  Json settings(const SearchArm& arm) const;
  std::unique_ptr<SearchChat> chat(const SearchArm& arm) const;
  std::unique_ptr<SearchStrategy> strategy(const SearchArm& arm, const TrainingEvaluator& evaluator,
                                           LlmCaller* llm) const;
  Json finish(Json record, const SearchArm& arm, const History& history, const TrainingEvaluator& evaluator) const;

  SearchRequest request_;
  std::string command_;
  std::unique_ptr<CnnSpace> space_;
  PromptTemplate prompt_;
  BestRule rule_;
  std::shared_ptr<const RunData> images_;
  DataInfo data_;
  Platform target_;
  MachineIdentity machine_;
};

/// "macs:4" -> 4; blank: 4. Throws ConfigError for anything else.
int macs_niches_asked(const std::string& text);

}  // namespace flnas::searches
