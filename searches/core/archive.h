#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "searches/core/evaluation.h"

namespace flnas::searches {

/// Verdicts on a proposal.
inline constexpr char kValid[] = "valid";
inline constexpr char kInvalid[] = "invalid";        ///< breaks a rule
inline constexpr char kRepeated[] = "repeated";      ///< valid, but was evaluated before
inline constexpr char kUnreadable[] = "unreadable";  ///< no architecture could be read from the reply

/// One proposal of a strategy, and its verdict.
struct ProposalRecord {
  int round = 0;        ///< from 1; a round ends with a valid proposal or when it is given up
  int attempt = 0;      ///< from 1
  std::string verdict;  ///< one of the four above
  std::vector<std::string> violations;
  Json design;          ///< canonical form; null where there is none, and in an archive without a file
  std::string hash;     ///< of it, or blank
  Json strategy_state;  ///< what the strategy notes: tokens, parents, actions
  double seconds = 0;   ///< spent waiting for a reply

  std::optional<Candidate> candidate;  ///< not written

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("round", self.round), visit("attempt", self.attempt), visit("verdict", self.verdict);
    visit("violations", self.violations), visit("design", self.design), visit("hash", self.hash);
    visit("strategy_state", self.strategy_state), visit("seconds", self.seconds);
  }
};

/// A reply that was paid for and could not be used (tool calls, an incomplete object). It ends the search, which can be
/// continued.
struct LostCall {
  int round = 0, attempt = 0;  ///< of the proposal that is missing
  std::string reason;
  Json strategy_state;  ///< as a proposal's: tokens, who answered
  double seconds = 0;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("round", self.round), visit("attempt", self.attempt), visit("reason", self.reason);
    visit("strategy_state", self.strategy_state), visit("seconds", self.seconds);
  }
};

/// Everything that happened in a search so far, in order.
struct History {
  std::deque<ProposalRecord> proposals;  ///< there may be hundreds of thousands, which never move
  std::vector<Evaluation> evaluations;
  std::vector<LostCall> lost_calls;
  std::int64_t repetitions = 0;  ///< proposals that were counted and not listed (Archive::add_repetitions)

  /// The canonical form of an evaluated architecture. Throws DataError where it was never proposed.
  const Json& design_of(const Evaluation& evaluation) const;
};

/// The history in an archive.jsonl; an incomplete last line, left by a kill, is dropped. Also reads archives of the
/// first edition, in which a strategy's state is called "memo" and there are no proxies. Throws DataError with file and
/// line for anything else.
History read_history(const std::filesystem::path& file);

/// The history of a running search, append-only, in memory or in a file, with one line per proposal, evaluation and
/// lost call:
///
///     {"kind": "proposal", "round": 1, "attempt": 1, "verdict": "valid", ...}
///     {"kind": "evaluation", "round": 1, "hash": "...", "name": "d001", ...}
///     {"kind": "lost_call", "round": 2, "attempt": 1, "reason": "...", ...}
///
/// Each line is written to disk before the search continues. An existing file is replayed: the search runs again from
/// its beginning, its proposals have to equal those of the file, and evaluations are taken from it.
class Archive {
 public:
  /// In memory alone: proposals have no design and no hash.
  Archive() = default;
  /// Throws DataError as read_history.
  explicit Archive(std::filesystem::path file);

  bool has_file() const { return !file_.empty(); }
  const History& history() const { return history_; }
  const std::vector<Evaluation>& evaluations() const { return history_.evaluations; }
  /// The evaluation of a candidate, or nullptr.
  const Evaluation* find(Candidate candidate) const;
  bool has(Candidate candidate) const { return place_of(candidate) != kNowhere; }

  /// `at_once`: written now; otherwise with the next line, for proposals that cost nothing and can be made again.
  /// Throws DataError where the file that is replayed holds another proposal.
  void add(ProposalRecord proposal, bool at_once);
  void add(Evaluation evaluation);
  void add(LostCall call);
  /// Proposals that cost nothing and repeat others, in an archive without a file; searches on tables make hundreds of
  /// thousands of them.
  void add_repetitions(int count) { history_.repetitions += count; }
  /// The file's evaluation of an architecture that was just proposed, where it has one: it is to be added.
  std::optional<Evaluation> stored(const std::string& hash) const;
  /// Writes what `add` left for later.
  void flush();

 private:
  struct Line {
    std::optional<ProposalRecord> proposal;
    std::optional<Evaluation> evaluation;
    std::optional<LostCall> lost_call;
  };
  friend History read_history(const std::filesystem::path& file);
  static std::vector<Line> read_lines(const std::filesystem::path& file);
  void write(const std::string& line);
  void pass_lost_calls();
  bool is_replaying() const { return next_ < lines_.size(); }
  static constexpr std::uint32_t kNowhere = UINT32_MAX;
  std::uint32_t place_of(Candidate candidate) const {
    return candidate < places_.size() ? places_[candidate] : kNowhere;
  }

  std::filesystem::path file_;
  History history_;
  std::vector<std::uint32_t> places_;  ///< of each candidate in history_.evaluations, or kNowhere
  std::vector<Line> lines_;            ///< of the file as it was found
  std::size_t next_ = 0;               ///< of lines_: the first one that was not replayed yet
  std::string waiting_;                ///< lines, each with its newline
};

}  // namespace flnas::searches
