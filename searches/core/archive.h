#pragma once

#include <filesystem>
#include <string>

#include "searches/spaces/cnn/design.h"

namespace flnas::searches {

/// archive.jsonl: what happened in a search, one line per proposal, evaluation and lost call, in order, append-only:
///
///     {"kind": "proposal", "round": 1, "attempt": 1, "verdict": "valid", ...}
///     {"kind": "evaluation", "round": 1, "hash": "...", "name": "d001", ...}
///     {"kind": "lost_call", "round": 2, "attempt": 1, "reason": "...", ...}
///
/// Each line is on the disk before the search goes on, so that a killed one continues where it was. A line that the
/// kill tore is dropped.
class Archive {
 public:
  /// Reads the file where it exists. Throws DataError with file and line on anything that is not such a line.
  explicit Archive(std::filesystem::path file);

  const History& history() const { return history_; }
  void add(Proposal proposal);
  /// For proposals that cost nothing and can be made again: written with the next `add` or `flush`.
  void add_later(Proposal proposal);
  void add(Evaluation evaluation);
  void add(LostCall call);
  /// Writes what `add_later` left.
  void flush();

 private:
  void write(std::string line);

  std::filesystem::path file_;
  History history_;
  std::string waiting_;  ///< lines, each with its newline
};

}  // namespace flnas::searches
