// flnas-llm: answers questions, one JSON object a line, on stdin and stdout.
//
//     flnas-llm FILE.gguf [THREADS]        (0 or none: all cores)
//     -> {"ready": true, "context": 8192}        or {"error": "..."}, and it ends with exit code 2
//     <- {"messages": [{"role", "content"}], "temperature", "seed", "max_tokens", "schema": JSON schema or null}
//     -> {"text", "prompt_tokens", "completion_tokens", "cut"}        or {"error": "..."}, and it waits for the next
//
// It ends when stdin does, and in the middle of an answer when the program that started it is gone, so that nothing is
// left behind. What llama.cpp has to say goes to stderr.
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "json-schema-to-grammar.h"
#include "searches/llm/local/model.h"

namespace {

using Json = nlohmann::ordered_json;
using namespace flnas_llm;

std::string log_errors;  // what llama.cpp has told

/// Why weights cannot be loaded, of all that it has told.
std::string reason() {
  constexpr std::string_view kMark = "error loading model: ";
  const auto mark = log_errors.find(kMark);
  if (mark == log_errors.npos) return "";
  const auto from = mark + kMark.size();
  return ": " + log_errors.substr(from, log_errors.find('\n', from) - from);
}

void say(const Json& line) { std::cout << line.dump(-1, ' ', false, Json::error_handler_t::replace) << std::endl; }

Question question_of(const std::string& line) {
  const Json json = Json::parse(line);
  Question question;
  for (const Json& message : json.at("messages")) {
    question.messages.push_back({message.at("role").get<std::string>(), message.at("content").get<std::string>()});
  }
  question.temperature = json.value("temperature", question.temperature);
  question.seed = json.value("seed", question.seed);
  question.max_tokens = json.value("max_tokens", question.max_tokens);
  if (json.contains("schema") && !json["schema"].is_null()) {
    question.grammar = json_schema_to_grammar(common_json::parse(json["schema"].dump()));
  }
  return question;
}

void answer(Model& model, const std::string& line, pid_t parent) {
  const Answer answer = model.answer(question_of(line), [&] { return ::getppid() != parent; });
  say({{"text", answer.text},
       {"prompt_tokens", answer.prompt_tokens},
       {"completion_tokens", answer.completion_tokens},
       {"cut", answer.cut}});
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2 && argc != 3) {
    std::cerr << "usage: flnas-llm FILE.gguf [THREADS] (flnas starts it: --llm local)\n";
    return 2;
  }
  const pid_t parent = ::getppid();
  llama_log_set(
      [](ggml_log_level level, const char* text, void*) {
        if (level != GGML_LOG_LEVEL_ERROR) return;
        std::fputs(text, stderr);
        log_errors += text;
      },
      nullptr);
  llama_backend_init();
  try {
    Model model(argv[1], argc == 3 ? std::atoi(argv[2]) : 0);
    say({{"ready", true}, {"context", model.context()}});
    for (std::string line; std::getline(std::cin, line);) {
      try {
        answer(model, line, parent);
      } catch (const std::exception& problem) {
        say({{"error", problem.what()}});
      }
    }
  } catch (const std::exception& problem) {
    say({{"error", problem.what() + reason()}});
    return 2;
  }
  return 0;
}
