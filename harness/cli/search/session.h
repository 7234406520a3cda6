#pragma once

#include <cstdint>
#include <exception>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "harness/base/json.h"
#include "harness/cli/search/chat.h"
#include "harness/latency/estimation/platform.h"
#include "harness/records/record.h"
#include "harness/train/config.h"
#include "harness/train/run_data.h"
#include "searches/core/designer.h"
#include "searches/core/search.h"
#include "searches/llm/prompt.h"
#include "searches/spaces/cnn/training_evaluator.h"

namespace flnas::cli {

/// What `flnas search` was asked for.
struct SearchRequest {
  DataSource data;
  TrainConfig train;  ///< the same for every design; its seed is the search's too
  std::filesystem::path out;
  searches::SearchConfig search;
  /// A platform of harness/latency/platforms, or its file; `none`: designs have no latency. Measured latencies differ
  /// each time, and with them the prompts: a recording that is to be replayed needs `none` or an estimated platform.
  std::string target = "host";
  std::string best = "paper";  ///< which designs are reported: paper (the first three by its priorities) or pareto
  std::filesystem::path prompt, template_file, choices_file;  ///< blank: built in
  int frozen_head = 0;                                        ///< fahana: stages of the trained template that stay
  int niches = 0;           ///< LLM-NAS: parts of the space by MACs; 0: FL-NAS, and kUsualNiches for designer niches
  ChatRequestOptions chat;  ///< for the designers with words
  std::string command;      ///< repeats the search
};

/// One search of a session.
struct SearchArm {
  std::string name;      ///< in comparisons
  std::string designer;  ///< one of designer_names()
  searches::PromptParts parts;
  std::uint64_t seed = 1;
  std::filesystem::path folder;  ///< for search.json and archive.jsonl
};

/// How an arm ended.
struct SearchEnd {
  Json record;                 ///< its search.json
  std::exception_ptr failure;  ///< set where nobody answered its designer; the same command goes on later
};

/// Searches on one data set, space and target:
///
///     ARM/search.json (status running) -> rounds: ARM/archive.jsonl, OUT/runs, OUT/designs
///         -> test metrics of the reported designs -> ARM/best.json, best.py -> ARM/search.json (finished or stopped)
///
/// A search in a folder that holds an unfinished one continues it; a finished one is only summarised again. Questions
/// to a server and their answers are kept in ARM/exchanges.jsonl, or in the file of --record, so that a search that was
/// killed between an answer and its archive does not pay for it again.
class SearchSession {
 public:
  /// Throws ConfigError and DataError for anything that is wrong with the request, before any training.
  explicit SearchSession(SearchRequest request);

  /// `out` for the runs that arms of one seed share.
  std::unique_ptr<searches::TrainingEvaluator> evaluator(const std::filesystem::path& out, std::uint64_t seed) const;

  /// Runs or continues an arm. Throws ConfigError where the folder holds another search.
  SearchEnd run(const SearchArm& arm, searches::TrainingEvaluator& evaluator) const;

  /// Throws ConfigError or DataError where the settings of an arm's chat cannot work: URL, key, recording.
  void require_chats(const std::vector<SearchArm>& arms) const;

  const searches::BestRule& rule() const { return rule_; }

 private:
  Json settings(const SearchArm& arm) const;
  /// Who answers the arm's designer; null for designers without words.
  std::unique_ptr<SearchChat> chat(const SearchArm& arm) const;
  Json finish(Json record, const SearchArm& arm, const searches::History& history,
              const searches::TrainingEvaluator& evaluator) const;
  /// `chat` is null for designers without words.
  std::unique_ptr<searches::Designer> designer(const SearchArm& arm, const searches::Validator& validator,
                                               SearchChat* chat) const;

  SearchRequest request_;
  searches::Space space_;
  searches::PromptTemplate prompt_;
  searches::BestRule rule_;
  DataInfo data_;
  std::string data_title_;
  Platform target_;
  MachineIdentity machine_;
  nn::ModelOptions options_;
};

/// Of designer niches in a search that names no number.
inline constexpr int kUsualNiches = 4;

/// The designers that an arm may name. `niches` is LLM-NAS's partitioned co-evolution without a language model.
const std::vector<std::string>& designer_names();

}  // namespace flnas::cli
