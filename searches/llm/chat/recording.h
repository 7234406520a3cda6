#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "harness/base/json.h"
#include "searches/llm/chat/chat.h"

namespace flnas::searches {

/// One question and its reply, as a line of a recording (JSONL; only ever appended to, whole lines):
///
///     {"source": "scripted", "time": "2026-11-22T06:07:08Z",
///      "request": {"model", "temperature", "seed", "max_tokens", "messages": [{"role", "content"}, ...]},
///      "reply": {"text", "model", "prompt_tokens", "completion_tokens", "seconds", "retries"}}
///
/// `source` is the server's host, "file", or "scripted" for a server without a model. Secrets are redacted. A reply
/// that could not be used (chat.h) is recorded too, with the reason as "failure", and answers nothing later.
struct Exchange {
  ChatRequest request;
  ChatReply reply;
};

/// The exchanges in order, without those that failed; a torn last line (killed while writing) is left out. Throws
/// DataError for a missing file and for lines that are no exchange, naming the line.
std::vector<Exchange> read_recording(const std::filesystem::path& file);

/// Asks `inner` and appends each exchange to the file before the reply is used. A request that the file already holds
/// and that was not used yet is answered from it instead: a killed search, run again, pays for nothing twice.
/// Keeps a reference to `inner`, which may be asked by several threads at once where this client is.
std::unique_ptr<ChatClient> make_recording_chat(ChatClient& inner, const std::filesystem::path& file);

/// Answers from a recording and from nowhere else: with the next exchange of the same messages that was not used yet,
/// in the file's order (a search that continues skips what it has); where several have the same messages, with the one
/// of the same seed. Model, temperature and other seeds are not compared. Several threads may ask at once.
/// Throws ConfigError where there is none, showing where the messages differ from the next recorded ones.
std::unique_ptr<ChatClient> make_replay_chat(const std::filesystem::path& file);

/// Where two conversations differ first: "message 2 (user), line 14, column 7: recorded 'a...', asked 'b...'".
/// Blank where they are equal.
std::string difference(const std::vector<ChatMessage>& recorded, const std::vector<ChatMessage>& asked);

}  // namespace flnas::searches
