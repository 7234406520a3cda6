#pragma once

#include <cstdlib>
#include <string>
#include <vector>

#include "harness/base/json.h"
#include "searches/llm/chat/chat.h"
#include "tests/base/fixture.h"

namespace flnas::test {

inline constexpr char kSecret[] = "test-key-1234567890";

/// The environment's keys as a test needs them; as they were, afterwards.
class Keys {
 public:
  explicit Keys(const char* flnas, const char* openai = nullptr) {
    set("FLNAS_LLM_KEY", flnas);
    set("OPENAI_API_KEY", openai);
  }
  ~Keys() {
    for (const auto& [name, value] : before_) ::setenv(name.c_str(), value.c_str(), 1);
    for (const auto& name : unset_) ::unsetenv(name.c_str());
  }
  Keys(const Keys&) = delete;
  Keys& operator=(const Keys&) = delete;

 private:
  void set(const std::string& name, const char* value) {
    const char* old = std::getenv(name.c_str());
    if (old == nullptr) unset_.push_back(name);
    if (old != nullptr) before_.emplace_back(name, old);
    if (value == nullptr) ::unsetenv(name.c_str());
    if (value != nullptr) ::setenv(name.c_str(), value, 1);
  }
  std::vector<std::pair<std::string, std::string>> before_;
  std::vector<std::string> unset_;
};

inline searches::ChatRequest question(const std::string& text) {
  return {.messages = {{"system", "You design networks."}, {"user", text}},
          .model = "tiny",
          .temperature = 0.5,
          .seed = 7,
          .max_tokens = 100};
}

/// The body of a chat completion.
inline std::string completion(const std::string& text, const std::string& model = "tiny-1") {
  const Json json = {{"model", model},
                     {"choices", {{{"message", {{"role", "assistant"}, {"content", text}}}}}},
                     {"usage", {{"prompt_tokens", 11}, {"completion_tokens", 5}}}};
  return json.dump();
}

/// Answers "reply 1", "reply 2", ...
class CountingChat : public searches::ChatClient {
 public:
  searches::ChatReply ask(const searches::ChatRequest&) override {
    return {.text = "reply " + std::to_string(++calls),
            .model = "tiny-1",
            .prompt_tokens = 11,
            .completion_tokens = 5,
            .seconds = 0.5,
            .retries = 1,
            .source = "api.example.org"};
  }
  int calls = 0;
};

}  // namespace flnas::test
