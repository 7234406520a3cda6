#include "searches/llm/chat/recording.h"

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "tests/searches/llm/chat/fixture.h"

namespace {

using namespace flnas;
using namespace flnas::searches;
using test::contains;
using test::message_of;
using test::question;

struct Folder {
  test::TemporaryFolder folder;
  std::filesystem::path file = folder / "recording.jsonl";
  test::CountingChat chat;

  void record(const std::vector<std::string>& texts) {
    const auto recorder = make_recording_chat(chat, file);
    for (const auto& text : texts) recorder->ask(question(text));
  }
};

BOOST_FIXTURE_TEST_SUITE(recording, Folder)

BOOST_AUTO_TEST_CASE(what_was_recorded_is_replayed_without_asking) {
  record({"one", "two"});
  const auto replay = make_replay_chat(file);
  const ChatReply reply = replay->ask(question("one"));
  BOOST_TEST(reply.text == "reply 1");
  BOOST_TEST(reply.model == "tiny-1");
  BOOST_TEST(reply.prompt_tokens.value() == 11);
  BOOST_TEST(reply.seconds == 0.5);
  BOOST_TEST(reply.retries == 1);
  BOOST_TEST(reply.source == "api.example.org");
  BOOST_TEST(reply.recorded);
  BOOST_TEST(replay->ask(question("two")).text == "reply 2");
  BOOST_TEST(chat.calls == 2);
}

BOOST_AUTO_TEST_CASE(a_line_says_who_answered_what_and_when) {
  record({"one"});
  const Json line = Json::parse(read_file(file));
  BOOST_TEST(line["source"] == "api.example.org");
  BOOST_TEST(line["request"]["messages"][1]["content"] == "one");
  BOOST_TEST(line["request"]["seed"] == 7);
  BOOST_TEST(line["reply"]["text"] == "reply 1");
  BOOST_TEST(line["time"].get<std::string>().size() == 20u);
}

BOOST_AUTO_TEST_CASE(another_prompt_is_an_error_that_shows_where_it_differs) {
  record({"line one\nwidth 16\nend", "two"});
  const auto replay = make_replay_chat(file);
  const auto text = message_of<ConfigError>([&] { replay->ask(question("line one\nwidth 24\nend")); });
  BOOST_TEST_CONTEXT(text) {
    BOOST_TEST(contains(
        text, "recording.jsonl: another prompt was recorded in exchange 1: message 2 (user), line 2, column 7"));
    BOOST_TEST(contains(text, "recorded '16 end', asked '24 end'"));
  }
  BOOST_TEST(replay->ask(question("line one\nwidth 16\nend")).text == "reply 1");
  BOOST_TEST(replay->ask(question("two")).text == "reply 2");
  const auto end = message_of<ConfigError>([&] { replay->ask(question("two")); });
  BOOST_TEST(contains(end, "its 2 exchanges are used up"));
}

BOOST_AUTO_TEST_CASE(a_search_that_continues_skips_what_it_has) {
  record({"one", "two", "two", "three"});
  const auto replay = make_replay_chat(file);
  BOOST_TEST(replay->ask(question("two")).text == "reply 2");
  BOOST_TEST(replay->ask(question("two")).text == "reply 3");
  BOOST_TEST(replay->ask(question("three")).text == "reply 4");
}

BOOST_AUTO_TEST_CASE(other_settings_replay_but_are_asked_again_when_recording) {
  record({"one"});
  auto other = question("one");
  other.seed = 8;
  BOOST_TEST(make_replay_chat(file)->ask(other).text == "reply 1");
  BOOST_TEST(make_recording_chat(chat, file)->ask(other).text == "reply 2");
}

BOOST_AUTO_TEST_CASE(among_equal_prompts_the_seed_decides) {
  const auto recorder = make_recording_chat(chat, file);
  auto request = question("same");
  for (const std::uint64_t seed : {1, 2, 3}) {
    request.seed = seed;
    recorder->ask(request);
  }
  const auto replay = make_replay_chat(file);
  request.seed = 2;
  BOOST_TEST(replay->ask(request).text == "reply 2");
  request.seed = 9;
  BOOST_TEST(replay->ask(request).text == "reply 3");
  BOOST_TEST(replay->ask(request).text == "reply 1");
}

BOOST_AUTO_TEST_CASE(a_killed_search_run_again_pays_for_nothing_twice) {
  record({"one", "two"});
  record({"one", "two", "three"});
  BOOST_TEST(chat.calls == 3);
  BOOST_TEST(read_recording(file).size() == 3u);
  record({"three", "three"});
  BOOST_TEST(chat.calls == 4);
}

BOOST_AUTO_TEST_CASE(a_torn_last_line_is_left_out_and_replaced) {
  record({"one", "two"});
  const std::string whole = read_file(file);
  write_file(file, whole.substr(0, whole.size() - 20));
  BOOST_TEST(read_recording(file).size() == 1u);
  record({"two"});
  BOOST_TEST(chat.calls == 3);
  BOOST_TEST(read_recording(file).size() == 2u);
}

BOOST_AUTO_TEST_CASE(secrets_do_not_reach_the_file) {
  const test::Keys keys(test::kSecret);
  record({std::string("my key is ") + test::kSecret});
  BOOST_TEST(!contains(read_file(file), test::kSecret));
  BOOST_TEST(make_replay_chat(file)->ask(question(std::string("my key is ") + test::kSecret)).text == "reply 1");
  record({std::string("my key is ") + test::kSecret});
  BOOST_TEST(chat.calls == 1);
}

BOOST_AUTO_TEST_CASE(what_is_no_recording_is_named_with_its_line) {
  BOOST_TEST(contains(message_of<DataError>([&] { make_replay_chat(folder / "none"); }), "no such recording"));
  record({"one"});
  write_file(file, read_file(file) + "{\"source\": 1}\n");
  BOOST_TEST(contains(message_of<DataError>([&] { make_replay_chat(file); }), "line 2 is no recorded exchange"));
  BOOST_CHECK_THROW(make_recording_chat(chat, file), DataError);
  write_file(file, "not json\n");
  BOOST_CHECK_THROW(make_replay_chat(file), DataError);
  write_file(file, "");
  BOOST_TEST(contains(message_of<ConfigError>([&] { make_replay_chat(file)->ask(question("x")); }), "its 0 exchanges"));
}

BOOST_AUTO_TEST_CASE(a_reply_that_cannot_be_used_is_recorded_and_answers_nothing_later) {
  struct Tools : ChatClient {
    ChatReply ask(const ChatRequest&) override {
      throw UnusableReply("the model called tools", {.text = "{}", .prompt_tokens = 11, .source = "api.example.org"});
    }
  } tools;
  BOOST_CHECK_THROW(make_recording_chat(tools, file)->ask(question("one")), UnusableReply);
  const Json line = Json::parse(read_file(file));
  BOOST_TEST(line["failure"] == "the model called tools");
  BOOST_TEST(line["reply"]["prompt_tokens"] == 11);
  BOOST_TEST(read_recording(file).empty());
  record({"one"});
  BOOST_TEST(chat.calls == 1);
  BOOST_TEST(make_replay_chat(file)->ask(question("one")).text == "reply 1");
}

BOOST_AUTO_TEST_CASE(differences_are_found_in_roles_and_lengths_too) {
  const std::vector<ChatMessage> a = {{"user", "abc"}}, b = {{"system", "abc"}}, c = {{"user", "abc"}, {"user", "d"}};
  BOOST_TEST(difference(a, a) == "");
  BOOST_TEST(contains(difference(a, b), "recorded as user, and is asked as system"));
  BOOST_TEST(difference(a, c) == "1 messages were recorded, and 2 are asked");
  BOOST_TEST(contains(difference(a, {{"user", "abcd"}}), "line 1, column 4: recorded '', asked 'd'"));
  BOOST_TEST(contains(difference({{"user", ""}}, a), "line 1, column 1"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
