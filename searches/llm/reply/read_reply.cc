#include "searches/llm/reply/read_reply.h"

#include <fmt/format.h>

#include <utility>

#include "harness/base/text.h"
#include "searches/llm/reply/json_object.h"
#include "searches/llm/reply/python_syntax.h"
#include "searches/llm/reply/sequential.h"

namespace flnas::searches {
namespace {

constexpr std::size_t kMostProblems = 40;
constexpr std::size_t kLongestProblem = 1000;

ReadReply failed(std::string problem) {
  ReadReply reply;
  reply.problems.push_back(one_line(problem, kLongestProblem));
  return reply;
}

/// Why it is not looked at; blank where it is.
std::string fault_of(std::string_view text) {
  if (text.size() > kMostReplyBytes) {
    return fmt::format("the reply has {}; write only the architecture, at most {}",
                       format_bytes(static_cast<double>(text.size())),
                       format_bytes(static_cast<double>(kMostReplyBytes)));
  }
  return is_utf8(text) ? "" : "the reply is not valid UTF-8";
}

}  // namespace

ReadReply read_object(std::string_view text, const std::string& key) {
  if (const std::string fault = fault_of(text); !fault.empty()) return failed(fault);
  FoundJson json = find_json(text, key);
  ReadReply reply;
  reply.architecture = std::move(json.with_key ? json.with_key : json.any);
  if (reply.architecture) return reply;
  if (!json.error.empty()) return failed("the JSON object cannot be read: " + json.error);
  return failed(fmt::format("the reply holds no architecture: write a JSON object with the key '{}'", key));
}

ReadReply read_reply(std::string_view text, const nn::ModelOptions& options) {
  if (const std::string fault = fault_of(text); !fault.empty()) return failed(fault);
  ReadReply reply;
  FoundJson json = find_json(text, "stages");
  if (json.with_key) {
    reply.architecture = std::move(json.with_key);
    return reply;
  }
  const FoundCall call = find_call(text, "Sequential");
  if (call.found) {
    reply.architecture = read_sequential(call.call, options, reply.problems);
    for (auto& problem : reply.problems) problem = one_line(problem, kLongestProblem);
    if (reply.problems.size() > kMostProblems) {
      const std::size_t more = reply.problems.size() - kMostProblems;
      reply.problems.resize(kMostProblems);
      reply.problems.push_back(fmt::format("and {} more problems", more));
    }
    return reply;
  }
  if (json.any) {
    reply.architecture = std::move(json.any);
    return reply;
  }
  if (!call.error.empty()) return failed("the nn.Sequential cannot be read: " + call.error);
  if (!json.error.empty()) return failed("the JSON object cannot be read: " + json.error);
  return failed("the reply holds no architecture: write a JSON object with the key 'stages', or an nn.Sequential");
}

}  // namespace flnas::searches
