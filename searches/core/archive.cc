#include "searches/core/archive.h"

#include <fmt/format.h>

#include <utility>

#include "harness/base/error.h"
#include "harness/base/files.h"

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

void read_line(History& history, std::string_view text, const std::string& where) {
  Json line = parse_json(text, where);
  const std::string kind = line.is_object() && line.contains("kind") ? line["kind"].dump() : "";
  if (line.is_object()) line.erase("kind");
  if (kind == fmt::format("\"{}\"", kProposal)) {
    history.proposals.push_back(record_from_json<Proposal>(line, where));
  } else if (kind == fmt::format("\"{}\"", kEvaluation)) {
    history.evaluations.push_back(record_from_json<Evaluation>(line, where));
  } else if (kind == fmt::format("\"{}\"", kLostCall)) {
    history.lost_calls.push_back(record_from_json<LostCall>(line, where));
  } else {
    throw DataError(fmt::format("{}: no proposal, evaluation or lost call", where));
  }
}

}  // namespace

Archive::Archive(std::filesystem::path file) : file_(std::move(file)) {
  if (!std::filesystem::exists(file_)) return;
  const std::string content = read_file(file_);
  int number = 0;
  for (std::size_t at = 0, end; (end = content.find('\n', at)) != content.npos; at = end + 1) {
    read_line(history_, std::string_view(content).substr(at, end - at), fmt::format("{}:{}", file_.string(), ++number));
  }
}

void Archive::write(std::string line) {
  append_line(file_, waiting_ + line);
  waiting_.clear();
}

void Archive::flush() {
  if (waiting_.empty()) return;
  waiting_.pop_back();  // the last newline, which append_line writes
  write(std::exchange(waiting_, ""));
}

void Archive::add(Proposal proposal) {
  write(line_of(kProposal, proposal));
  history_.proposals.push_back(std::move(proposal));
}

void Archive::add_later(Proposal proposal) {
  waiting_ += line_of(kProposal, proposal) + "\n";
  history_.proposals.push_back(std::move(proposal));
}

void Archive::add(Evaluation evaluation) {
  write(line_of(kEvaluation, evaluation));
  history_.evaluations.push_back(std::move(evaluation));
}

void Archive::add(LostCall call) {
  write(line_of(kLostCall, call));
  history_.lost_calls.push_back(std::move(call));
}

}  // namespace flnas::searches
