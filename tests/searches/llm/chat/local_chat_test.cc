#include "searches/llm/chat/local_chat.h"

#include <signal.h>

#include <boost/test/unit_test.hpp>
#include <cerrno>
#include <fstream>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/text.h"
#include "tests/base/fixture.h"
#include "tests/searches/llm/chat/fixture.h"
#include "tests/support/local_model.h"

using namespace flnas;
using namespace flnas::searches;
using tests::local_reply;
using tests::write_local_program;

namespace {

struct Local {
  test::TemporaryFolder folder;
  std::filesystem::path program = folder / "flnas-llm";

  std::unique_ptr<ChatClient> client(std::chrono::milliseconds timeout = std::chrono::seconds(60)) const {
    return make_local_chat({.program = program, .weights = "w.gguf", .model = "w", .timeout = timeout});
  }
  /// Of all the programs that were started, those that are still there.
  std::vector<pid_t> left() const {
    std::vector<pid_t> found;
    std::ifstream pids(program.string() + ".pids");
    for (pid_t pid = 0; pids >> pid;) {
      if (::kill(pid, 0) == 0 || errno != ESRCH) found.push_back(pid);
    }
    return found;
  }
  std::size_t starts() const { return split(read_file(program.string() + ".pids"), '\n').size() - 1; }
  Json question(std::size_t number) const {
    return Json::parse(split(read_file(program.string() + ".questions"), '\n').at(number));
  }
};

template <class E>
std::string message_of(ChatClient& client) {
  try {
    client.ask(test::question("again"));
  } catch (const E& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(local_chat, Local)

BOOST_AUTO_TEST_CASE(one_program_answers_all_questions_and_none_is_left) {
  write_local_program(program, {local_reply("first"), local_reply("second", /*cut=*/true)});
  {
    const auto chat = client();
    BOOST_TEST(!std::filesystem::exists(program.string() + ".pids"), "it was started before anything was asked");
    const ChatReply first = chat->ask(test::question("one"));
    BOOST_TEST(first.text == "first");
    BOOST_TEST(first.model == "w");
    BOOST_TEST(first.source == "local");
    BOOST_TEST(first.prompt_tokens.value() == 11);
    BOOST_TEST(first.completion_tokens.value() == 5);
    BOOST_TEST(!first.cut);
    BOOST_TEST(chat->ask(test::question("two")).cut);
    BOOST_TEST(left().size() == 1U);
  }
  BOOST_TEST(starts() == 1U);
  BOOST_TEST(left().empty());
}

BOOST_AUTO_TEST_CASE(a_question_reaches_it_whole) {
  write_local_program(program, {local_reply("first")});
  ChatRequest request = test::question("with\na second line, \"quotes\" and \xc3\xbc");
  request.schema = {{"type", "object"}};
  request.seed = 0x1'8000'0001;
  client()->ask(request);
  const Json asked = question(0);
  BOOST_TEST(asked["messages"][1]["role"] == "user");
  BOOST_TEST(asked["messages"][1]["content"].get<std::string>() == request.messages[1].content);
  BOOST_TEST(asked["schema"] == request.schema);
  BOOST_TEST(asked["seed"] == 1);
  BOOST_TEST(asked["temperature"] == 0.5);
  BOOST_TEST(asked["max_tokens"] == 100);
}

BOOST_AUTO_TEST_CASE(a_program_that_dies_in_the_middle_is_told_and_started_anew) {
  write_local_program(program, {local_reply("first"), "", local_reply("third")},
                      "echo loading >&2; echo 'out of memory' >&2; kill -9 $$");
  const auto chat = client();
  chat->ask(test::question("one"));
  BOOST_TEST(message_of<RemoteError>(*chat) ==
             "w.gguf: the language model's program ended while it answered with signal 9 (Killed): out of memory; run "
             "the same command again, it continues here");
  BOOST_TEST(left().empty());
  BOOST_TEST(chat->ask(test::question("three")).text == "third");
  BOOST_TEST(starts() == 2U);
}

BOOST_AUTO_TEST_CASE(weights_that_cannot_be_loaded_are_the_users_to_change) {
  write_local_program(program, {}, "exit 9", R"({"error": "llama.cpp cannot load it"})");
  const auto chat = client();
  BOOST_TEST(message_of<ConfigError>(*chat) == "w.gguf: llama.cpp cannot load it; give other weights (--llm-weights)");
  BOOST_TEST(left().empty());
}

BOOST_AUTO_TEST_CASE(a_question_that_the_model_cannot_take_is_the_users_to_change) {
  write_local_program(program, {R"({"error": "the prompt has 9000 tokens"})", local_reply("second")});
  const auto chat = client();
  BOOST_TEST(message_of<ConfigError>(*chat) == "w.gguf: the prompt has 9000 tokens");
  BOOST_TEST(chat->ask(test::question("two")).text == "second");
  BOOST_TEST(starts() == 1U);
}

BOOST_AUTO_TEST_CASE(one_that_takes_too_long_is_ended) {
  write_local_program(program, {}, "while :; do :; done");
  const auto chat = client(std::chrono::milliseconds(500));
  BOOST_TEST(message_of<RemoteError>(*chat) ==
             "w.gguf: no reply within 0.5 s; allow more time (--llm-timeout), or take a smaller model");
  BOOST_TEST(left().empty());
}

BOOST_AUTO_TEST_CASE(what_is_no_reply_is_told) {
  write_local_program(program, {"hello", R"({"text": 1})"});
  const auto chat = client();
  BOOST_TEST(message_of<RemoteError>(*chat) == "w.gguf: its program sent what is no reply: hello");
  BOOST_TEST(message_of<RemoteError>(*chat) == R"(w.gguf: its program sent what is no reply: {"text":1})");
  write_local_program(program, {}, "exit 9", R"({"hello": 1})");
  BOOST_TEST(message_of<RemoteError>(*chat) == "w.gguf: its program is no flnas-llm; run make setup-llm");
  write_file(program, "#!/bin/sh\nexit 4\n");
  std::filesystem::permissions(program, std::filesystem::perms::owner_all);
  BOOST_TEST(message_of<RemoteError>(*chat) ==
             "w.gguf: the language model's program ended while it started with exit code 4; run make setup-llm again");
  BOOST_TEST(left().empty());
}

BOOST_AUTO_TEST_SUITE_END()
