// What is searched, as sessions see it: problems, and where their searches are kept. All else that a search does is the
// session's (session/run.h), the same for every space.
//
//     SearchPlan -> ProblemSet -> Problem -> SearchRun -> Searched (space, evaluator, budget) -> RunState -> record
#pragma once

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "harness/base/text_table.h"
#include "searches/core/search.h"
#include "searches/problem/configuration.h"
#include "searches/problem/request.h"

namespace flnas::searches {

/// What a session is to do: every configuration with every seed on every problem.
struct SearchPlan {
  CommonRequest request;  ///< completed (session/completed.h)
  std::vector<Configuration> configurations;
  std::vector<std::uint64_t> seeds;
  std::string command;    ///< repeats the session
  bool is_alone = true;   ///< one search, in OUT itself; else OUT/seed-N/NAME
  TableForm tables = {};  ///< of the result's text

  /// Whether any strategy searches the niches of a space one by one, so that the space has to be divided.
  bool needs_niches() const {
    return std::any_of(configurations.begin(), configurations.end(),
                       [](const Configuration& configuration) { return configuration.by_niches; });
  }
};

/// One search of a problem.
struct SearchRun {
  Configuration configuration;
  std::uint64_t seed = 1;
  std::filesystem::path folder;  ///< for its files
};

/// What a run searches.
struct Searched {
  std::shared_ptr<const SearchSpace> space;
  std::shared_ptr<Evaluator> evaluator;
  SearchLimits limits;
};

/// How a run stands: what its record says of it.
struct RunState {
  const History& history;
  const Searched& searched;
  const SearchOutcome& outcome;
  double seconds = 0;              ///< of this sitting
  std::optional<NasChatUse> chat;  ///< what it asked; empty: nobody
  Json ledger;                     ///< of all that was asked in its folder; null: nobody
};

/// A run as it was found.
struct KeptRun {
  Archive archive;  ///< to be gone on with
  History before;   ///< what its file held
};

/// Where the runs of a problem are kept, so that a killed session goes on where it was. Where Problem::threads is above
/// one, several threads call at once.
class RunStore {
 public:
  virtual ~RunStore() = default;
  /// For a run's files, and for what it asks.
  virtual std::filesystem::path folder(const Configuration& configuration, std::uint64_t seed) const = 0;
  /// Whether a run is kept and needs nothing more.
  virtual bool is_done(const SearchRun&) const { return false; }
  /// `settings`: what its figures and their order depend on. Throws ConfigError where another search is kept in its
  /// place.
  virtual KeptRun begin(const SearchRun& run, const Json& settings) = 0;
  /// Keeps it: ended, or stopped with a reason or failure. Its record, or null where it has none of its own. Throws the
  /// failure where it keeps no run that may go on later.
  virtual Json end(const SearchRun& run, const RunState& state) = 0;
  /// Puts on the disk what `end` left for later.
  virtual void flush() {}
};

/// A space with an evaluator, and what records, prompts and terminals say of both.
class Problem {
 public:
  virtual ~Problem() = default;

  /// "cifar10 on edgegpu"; blank where the space has one problem.
  virtual std::string name() const { return ""; }
  /// Runs with one seed may share what they are given, and what it keeps in the folder above theirs.
  virtual Searched open(const SearchRun& run) const = 0;
  virtual std::optional<double> latency_limit_us() const { return std::nullopt; }
  /// flnas's question of a run; empty: the general one (searches/llm/architecture_prompt.h).
  virtual std::function<ChatMessages(const Turn&)> question(const SearchRun&) const { return {}; }
  /// Seeds that are searched at once: 0 takes all cores.
  virtual unsigned threads() const { return 1; }
  /// Where its runs are kept; null: each in a folder with a record of its own, which the following describe.
  virtual RunStore* store() { return nullptr; }

  // A run's record.

  virtual const char* record_file() const { return ""; }  ///< "search.json"
  /// Its first keys: {schema, kind}, and what it says of data and target.
  virtual Json header() const { return Json::object(); }
  /// What a run's figures and their order depend on besides its strategy, seed, budget and language model.
  virtual Json settings(const SearchRun&) const { return Json::object(); }
  /// Adds how the search stands. `record` has turns, seconds and, with a language model, the ledger.
  virtual void summarise(Json& record, const History& history) const { (void)record, (void)history; }
  /// Adds what only a search that ended has, and writes its files.
  virtual void finish(Json& record, const SearchRun& run, const RunState& state) const {
    (void)record, (void)run, (void)state;
  }
  /// How the best of its evaluations is chosen, and with it runs are compared; null where nothing tells.
  virtual const BestRule* rule() const { return nullptr; }

  // For a terminal.

  /// What its data call a row, in place of "image" (Adapter::example).
  virtual std::string example() const { return "image"; }
  /// After each new evaluation.
  virtual void show(const SearchRun& run, const Evaluation& evaluation) const { (void)run, (void)evaluation; }
  /// Of a run that ended.
  virtual std::string text(const Json& record, const std::filesystem::path& out, const TableForm& form) const {
    (void)record, (void)out, (void)form;
    return "";
  }
};

struct SearchResult {
  Json record;
  std::string text;                   ///< for a terminal
  std::vector<std::string> problems;  ///< why a search ended before its budget was used up, one line each
};

/// The problems of a space: one, or as on NAS-Bench-201's tables one for each data set and device.
class ProblemSet {
 public:
  virtual ~ProblemSet() = default;
  virtual std::size_t size() const { return 1; }
  /// In ascending order, each once; ends the one before.
  virtual Problem& open(std::size_t index) = 0;
  /// After the runs of all problems: writes the record that they share. Empty where each run has its own. `ledger`: of
  /// the session's folder.
  virtual std::optional<SearchResult> conclude(const Json& ledger) {
    (void)ledger;
    return std::nullopt;
  }
};

/// Of a single problem.
std::unique_ptr<ProblemSet> set_of(std::unique_ptr<Problem> problem);

}  // namespace flnas::searches
