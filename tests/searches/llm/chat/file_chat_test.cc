#include "searches/llm/chat/file_chat.h"

#include <signal.h>

#include <thread>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "tests/searches/llm/chat/fixture.h"

namespace {

using namespace flnas;
using namespace flnas::searches;
using test::contains;
using test::message_of;
using test::question;
using Milliseconds = std::chrono::milliseconds;

struct Folder {
  test::TemporaryFolder folder;
  std::vector<std::string> said;
  FileChatOptions options{.folder = folder / "exchange",
                          .timeout = Milliseconds(20),
                          .poll = Milliseconds(1),
                          .say = [this](const std::string& line) { said.push_back(line); }};

  void answer(const std::string& number, const std::string& text) {
    write_file(options.folder / (number + ".reply.txt"), text);
  }
  std::string prompt(const std::string& number) { return read_file(options.folder / (number + ".prompt.txt")); }
};

BOOST_FIXTURE_TEST_SUITE(file_chat, Folder)

BOOST_AUTO_TEST_CASE(a_prompt_is_written_and_its_reply_is_read) {
  options.timeout = Milliseconds(0);
  options.say = [&](const std::string& line) {
    said.push_back(line);
    BOOST_TEST(prompt("0001") == "=== system ===\nYou design networks.\n\n=== user ===\none\n");
    answer("0001", "use 16 channels");
  };
  const ChatReply reply = make_file_chat(options)->ask(question("one"));
  BOOST_TEST(reply.text == "use 16 channels");
  BOOST_TEST(reply.source == "file");
  BOOST_TEST(reply.model == "tiny");
  BOOST_REQUIRE(said.size() == 1u);
  BOOST_TEST(contains(said[0], "0001.prompt.txt"));
  BOOST_TEST(contains(said[0], "0001.reply.txt"));
}

BOOST_AUTO_TEST_CASE(without_a_reply_it_stops_and_a_rerun_continues) {
  const auto text = message_of<RemoteError>([&] { make_file_chat(options)->ask(question("one")); });
  BOOST_TEST(contains(text, "0001.reply.txt: no reply within 0.02 s"));
  answer("0001", "first");
  const auto chat = make_file_chat(options);
  const ChatReply first = chat->ask(question("one"));
  BOOST_TEST(first.text == "first");
  BOOST_TEST(first.recorded);
  BOOST_CHECK_THROW(chat->ask(question("two")), RemoteError);
  BOOST_TEST(contains(prompt("0002"), "two"));
  answer("0002", "second");
  BOOST_TEST(make_file_chat(options)->ask(question("two")).text == "second");  // the archive has the first one
  BOOST_TEST(said.size() == 2u);
}

BOOST_AUTO_TEST_CASE(the_same_prompt_twice_wants_two_replies) {
  answer("0001", "a");
  answer("0002", "b");
  const auto chat = make_file_chat(options);
  BOOST_TEST(chat->ask(question("same")).text == "a");
  BOOST_TEST(chat->ask(question("same")).text == "b");
}

BOOST_AUTO_TEST_CASE(an_empty_reply_is_still_being_written) {
  answer("0001", "");
  BOOST_CHECK_THROW(make_file_chat(options)->ask(question("one")), RemoteError);
}

BOOST_AUTO_TEST_CASE(control_c_stops_the_wait_and_only_that) {
  options.timeout = Milliseconds(0);
  options.say = [](const std::string&) {};
  std::thread later([] {
    std::this_thread::sleep_for(Milliseconds(30));
    ::kill(::getpid(), SIGINT);
  });
  auto* const before = ::signal(SIGINT, SIG_IGN);
  const auto text = message_of<Interrupted>([&] { make_file_chat(options)->ask(question("one")); });
  BOOST_TEST((::signal(SIGINT, before) == SIG_IGN));
  later.join();
  BOOST_TEST(contains(text, "interrupted; the same command run again continues here"));
}

BOOST_AUTO_TEST_CASE(replies_that_are_no_text_are_refused) {
  answer("0001", "\xff\xfe");
  BOOST_TEST(
      contains(message_of<ConfigError>([&] { make_file_chat(options)->ask(question("one")); }), "save it as UTF-8"));
  answer("0001", std::string(5 * 1024 * 1024, 'x'));
  BOOST_TEST(contains(message_of<ConfigError>([&] { make_file_chat(options)->ask(question("one")); }), "too long"));
  options.folder = "/proc/flnas";
  BOOST_CHECK_THROW(make_file_chat(options)->ask(question("one")), IoError);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
