#include "searches/core/archive.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/inside.h"

namespace flnas::searches {
namespace {

constexpr char kProposal[] = "proposal";
constexpr char kEvaluation[] = "evaluation";
constexpr char kLostCall[] = "lost_call";

template <class Record>
std::string line_of(const char* kind, const Record& record) {
  Json line = {{"kind", kind}};
  line.update(record_to_json(record));
  return line.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// Throws where an evaluation's names, which files are called by, would lead out of the search's folder.
void require_own_names(const Evaluation& evaluation, const std::string& where) {
  const auto is_name = [](const std::string& text) { return text.empty() || is_file_name(text); };
  if (is_name(evaluation.name) && is_name(evaluation.hash) && (evaluation.run.empty() || is_inside(evaluation.run))) {
    return;
  }
  throw DataError(
      fmt::format("{}: the names of an evaluation lead out of the folder; flnas wrote no such line", where));
}

/// The first edition's keys as they are called now.
void update_keys(Json& line) {
  if (line.contains("memo") && !line.contains("strategy_state")) {
    line["strategy_state"] = std::move(line["memo"]);
    line.erase("memo");
  }
  if (line.contains("scores") && !line.contains("proxies")) line["proxies"] = Json::object();
}

}  // namespace

const Json& History::design_of(const Evaluation& evaluation) const {
  const auto found = std::find_if(proposals.begin(), proposals.end(), [&](const ProposalRecord& proposal) {
    return proposal.hash == evaluation.hash && proposal.verdict == kValid;
  });
  if (found == proposals.end()) {
    throw DataError("archive.jsonl: design " + evaluation.hash + " was evaluated but never proposed");
  }
  return found->design;
}

std::vector<Archive::Line> Archive::read_lines(const std::filesystem::path& file) {
  std::vector<Line> lines;
  if (!std::filesystem::exists(file)) return lines;
  const std::string content = read_file(file);
  for (std::size_t at = 0, end; (end = content.find('\n', at)) != content.npos; at = end + 1) {
    const std::string where = fmt::format("{}:{}", file.string(), lines.size() + 1);
    Json json = parse_json(std::string_view(content).substr(at, end - at), where);
    const std::string kind = json.is_object() && json.contains("kind") ? json["kind"].dump() : "";
    Line& line = lines.emplace_back();
    if (json.is_object()) json.erase("kind"), update_keys(json);
    if (kind == fmt::format("\"{}\"", kProposal)) {
      line.proposal = record_from_json<ProposalRecord>(json, where);
    } else if (kind == fmt::format("\"{}\"", kEvaluation)) {
      line.evaluation = record_from_json<Evaluation>(json, where);
      require_own_names(*line.evaluation, where);
    } else if (kind == fmt::format("\"{}\"", kLostCall)) {
      line.lost_call = record_from_json<LostCall>(json, where);
    } else {
      throw DataError(fmt::format("{}: no proposal, evaluation or lost call", where));
    }
  }
  return lines;
}

History read_history(const std::filesystem::path& file) {
  History history;
  for (Archive::Line& line : Archive::read_lines(file)) {
    if (line.proposal) history.proposals.push_back(std::move(*line.proposal));
    if (line.evaluation) history.evaluations.push_back(std::move(*line.evaluation));
    if (line.lost_call) history.lost_calls.push_back(std::move(*line.lost_call));
  }
  return history;
}

Archive::Archive(std::filesystem::path file) : file_(std::move(file)), lines_(read_lines(file_)) { pass_lost_calls(); }

/// A search that continues asks again, and gets no second lost call.
void Archive::pass_lost_calls() {
  for (; is_replaying() && lines_[next_].lost_call; ++next_) history_.lost_calls.push_back(*lines_[next_].lost_call);
}

const Evaluation* Archive::find(Candidate candidate) const {
  const std::uint32_t place = place_of(candidate);
  return place == kNowhere ? nullptr : &history_.evaluations[place];
}

void Archive::write(const std::string& line) {
  append_line(file_, waiting_ + line);
  waiting_.clear();
}

void Archive::flush() {
  if (waiting_.empty()) return;
  waiting_.pop_back();  // the last newline, which append_line writes
  write(std::exchange(waiting_, ""));
}

void Archive::add(ProposalRecord proposal, bool at_once) {
  if (is_replaying()) {
    const auto& stored = lines_[next_].proposal;
    if (!stored || stored->hash != proposal.hash || stored->verdict != proposal.verdict ||
        stored->round != proposal.round || stored->attempt != proposal.attempt) {
      throw DataError(fmt::format(
          "{}:{}: the search would go on with another proposal there ({} {}, round {}, attempt {}): the file "
          "was changed, or another version of flnas wrote it; choose another --out",
          file_.string(), next_ + 1, proposal.verdict, proposal.hash, proposal.round, proposal.attempt));
    }
    const auto candidate = proposal.candidate;
    proposal = *stored;
    proposal.candidate = candidate;
    ++next_;
    pass_lost_calls();
  } else if (has_file() && at_once) {
    write(line_of(kProposal, proposal));
  } else if (has_file()) {
    waiting_ += line_of(kProposal, proposal) + "\n";
  }
  history_.proposals.push_back(std::move(proposal));
}

std::optional<Evaluation> Archive::stored(const std::string& hash) const {
  if (!is_replaying()) return std::nullopt;
  const auto& evaluation = lines_[next_].evaluation;
  if (!evaluation || evaluation->hash != hash) {
    throw DataError(fmt::format("{}:{}: the evaluation of {} was expected there; choose another --out", file_.string(),
                                next_ + 1, hash));
  }
  return evaluation;
}

void Archive::add(Evaluation evaluation) {
  if (is_replaying()) {
    ++next_;
    pass_lost_calls();
  } else if (has_file()) {
    write(line_of(kEvaluation, evaluation));
  }
  if (evaluation.candidate >= places_.size()) places_.resize(evaluation.candidate + std::size_t{1}, kNowhere);
  if (!has(evaluation.candidate)) {
    places_[evaluation.candidate] = static_cast<std::uint32_t>(history_.evaluations.size());
  }
  history_.evaluations.push_back(std::move(evaluation));
}

void Archive::add(LostCall call) {
  if (has_file()) write(line_of(kLostCall, call));
  history_.lost_calls.push_back(std::move(call));
}

}  // namespace flnas::searches
