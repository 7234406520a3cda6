#pragma once

#include <exception>
#include <filesystem>
#include <functional>
#include <memory>

#include "searches/problem/problem.h"
#include "searches/session/search_chat.h"

namespace flnas::searches {

/// The language-model clients of a session: a SearchChat for each folder of runs, kept while runs are in the same one.
class SessionChats {
 public:
  explicit SessionChats(const CommonRequest& request) : request_(request) {}
  SearchChat& of(const std::filesystem::path& folder);
  /// Of the folder that was asked for last; null if there was none.
  Json ledger() const { return chat_ ? chat_->ledger() : Json(nullptr); }

 private:
  const CommonRequest& request_;
  std::filesystem::path folder_;
  std::unique_ptr<SearchChat> chat_;
};

/// How a run ended.
struct RunEnd {
  Json record;
  std::exception_ptr failure;  ///< set where no server replied; the same command goes on later
};

/// Runs or continues a search and keeps it in its store:
///
///     store -> archive -> strategy <-> evaluator, language model -> how it stands -> store
///
/// Nothing is evaluated or paid for twice. `chat`: null where the configuration asks nobody. Throws what the store and
/// the strategy's needs throw.
RunEnd run_one(const CommonRequest& request, const Problem& problem, const SearchRun& run, RunStore& store,
               SearchChat* chat);

/// Runs what is not done of a problem: every configuration that is not missing, with every seed. Seeds in
/// Problem::threads; those that ask a language model then one after the other, since they ask several questions at once
/// themselves. A run that no server replies to leaves the others theirs where the store keeps its archive, and ends the
/// session otherwise. `ended` is called for runs with a record of their own.
void run_all(const SearchPlan& plan, const Problem& problem, RunStore& store, SessionChats& chats,
             const std::function<void(const SearchRun&, const RunEnd&)>& ended);

/// Throws ConfigError or DataError where a configuration's strategy lacks a language model, or that cannot work; before
/// anything is opened.
void require_possible(const SearchPlan& plan, SessionChats& chats);

}  // namespace flnas::searches
