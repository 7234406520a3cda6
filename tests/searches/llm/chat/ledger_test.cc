#include "searches/llm/chat/ledger.h"

#include <fstream>

#include "harness/base/error.h"
#include "tests/searches/llm/chat/fixture.h"

namespace {

using namespace flnas;
using searches::LedgerChat;
using searches::TokenPrices;

/// Answers what it is told to.
struct ToldChat : searches::ChatClient {
  searches::ChatReply ask(const searches::ChatRequest&) override {
    if (fails) throw RemoteError("broken");
    return reply;
  }
  searches::ChatReply reply;
  bool fails = false;
};

BOOST_AUTO_TEST_SUITE(ledger)

BOOST_AUTO_TEST_CASE(calls_tokens_seconds_and_cost_are_summed) {
  test::CountingChat chat;
  LedgerChat ledger(chat, {.prompt = 2.0, .completion = 10.0});
  for (int i = 0; i < 3; ++i) ledger.ask(test::question("x"));
  BOOST_TEST(record_to_json(ledger.record()) ==
             Json::parse(R"({"calls": 3, "recorded": 0, "failed": 0, "retries": 3, "prompt_tokens": 33,
      "completion_tokens": 15, "uncounted": 0, "interrupted": 0, "seconds": 1.5, "cost": 0.000216, "sources": ["api.example.org"]})"));
}

BOOST_AUTO_TEST_CASE(failures_and_recorded_replies_are_counted_apart) {
  ToldChat chat;
  chat.reply = {
      .text = "x", .prompt_tokens = 5, .completion_tokens = 5, .seconds = 9, .source = "scripted", .recorded = true};
  LedgerChat ledger(chat, {});
  ledger.ask(test::question("x"));
  chat.fails = true;
  BOOST_CHECK_THROW(ledger.ask(test::question("x")), RemoteError);
  const Json json = record_to_json(ledger.record());
  BOOST_TEST(json["calls"] == 0);
  BOOST_TEST(json["recorded"] == 1);
  BOOST_TEST(json["failed"] == 1);
  BOOST_TEST(json["prompt_tokens"] == 0);
  BOOST_TEST(json["seconds"] == 0.0);
  BOOST_TEST(json["cost"].is_null());
}

BOOST_AUTO_TEST_CASE(a_reply_that_cannot_be_used_was_paid_all_the_same) {
  struct Tools : searches::ChatClient {
    searches::ChatReply ask(const searches::ChatRequest&) override {
      throw searches::UnusableReply("tools",
                                    {.prompt_tokens = 10, .completion_tokens = 5, .seconds = 2, .source = "h"});
    }
  } tools;
  LedgerChat ledger(tools, {.prompt = 1.0, .completion = 2.0});
  BOOST_CHECK_THROW(ledger.ask(test::question("x")), RemoteError);
  const Json json = record_to_json(ledger.record());
  BOOST_TEST(json["calls"] == 0);
  BOOST_TEST(json["failed"] == 1);
  BOOST_TEST(json["prompt_tokens"] == 10);
  BOOST_TEST(json["completion_tokens"] == 5);
  BOOST_TEST(json["seconds"] == 2);
  BOOST_TEST(json["cost"].get<double>() == 2e-5, boost::test_tools::tolerance(1e-12));
}

BOOST_AUTO_TEST_CASE(without_the_servers_count_there_is_no_cost) {
  ToldChat chat;
  LedgerChat ledger(chat, {.prompt = 1.0, .completion = 1.0});
  ledger.ask(test::question("x"));
  BOOST_TEST(ledger.record().uncounted == 1);
  BOOST_TEST(!ledger.record().cost);
}

BOOST_AUTO_TEST_CASE(a_later_sitting_goes_on_counting_where_a_killed_one_stopped) {
  test::TemporaryFolder folder;
  const auto file = folder.path / "ledger.jsonl";
  test::CountingChat chat;
  const TokenPrices prices{.prompt = 2.0, .completion = 10.0};
  LedgerChat first(chat, prices, file);
  first.ask(test::question("x"));
  ToldChat broken;
  broken.fails = true;
  LedgerChat second(broken, prices, file);
  BOOST_CHECK_THROW(second.ask(test::question("x")), RemoteError);
  std::ofstream(file, std::ios::app) << R"({"outcome": "answ)";  // torn by the kill
  LedgerChat third(chat, prices, file);
  third.ask(test::question("x"));
  third.ask(test::question("x"));
  const Json json = record_to_json(third.record());
  BOOST_TEST(json["calls"] == 3);
  BOOST_TEST(json["failed"] == 1);
  BOOST_TEST(json["prompt_tokens"] == 33);
  BOOST_TEST(json["cost"].get<double>() == 0.000216, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(record_to_json(LedgerChat(chat, prices, file).record()) == json);
}

BOOST_AUTO_TEST_CASE(what_was_asked_when_the_program_was_killed_is_counted) {
  test::TemporaryFolder folder;
  const auto file = folder.path / "ledger.jsonl";
  struct Killed : searches::ChatClient {
    searches::ChatReply ask(const searches::ChatRequest&) override {
      std::filesystem::copy_file(ledger, copy);  // what a kill leaves while the server thinks
      return {.text = "x"};
    }
    std::filesystem::path ledger, copy;
  } chat;
  chat.ledger = file;
  chat.copy = folder.path / "copy.jsonl";
  LedgerChat ledger(chat, {}, file);
  ledger.ask(test::question("x"));
  BOOST_TEST(ledger.record().interrupted.value() == 0);
  BOOST_TEST(LedgerChat(chat, {}, file).record().interrupted.value() == 0);
  const LedgerRecord killed = LedgerChat(chat, {}, chat.copy).record();
  BOOST_TEST(killed.interrupted.value() == 1);
  BOOST_TEST(killed.calls == 0);
}

BOOST_AUTO_TEST_CASE(a_ledger_of_an_earlier_version_which_knew_no_questions_is_read) {
  test::TemporaryFolder folder;
  const auto file = folder.path / "ledger.jsonl";
  std::ofstream(file) << R"({"outcome": "answered", "source": "h", "retries": 0, "prompt_tokens": 3,)"
                      << R"( "completion_tokens": 4, "seconds": 0.5})"
                      << "\n";
  ToldChat chat;
  const LedgerRecord record = LedgerChat(chat, {}, file).record();
  BOOST_TEST(record.calls == 1);
  BOOST_TEST(record.interrupted.value() == 0);
}

BOOST_AUTO_TEST_CASE(a_damaged_ledger_is_named_with_its_line) {
  test::TemporaryFolder folder;
  const auto file = folder.path / "ledger.jsonl";
  std::ofstream(file) << "{\"outcome\": 3}\n";
  test::CountingChat chat;
  BOOST_CHECK_EXCEPTION(LedgerChat(chat, {}, file), DataError, [](const DataError& error) {
    return std::string(error.what()).find("ledger.jsonl:1") != std::string::npos;
  });
}

BOOST_AUTO_TEST_CASE(half_a_price_is_refused) {
  ToldChat chat;
  BOOST_CHECK_THROW(LedgerChat(chat, {.prompt = 1.0, .completion = {}}), ConfigError);
  BOOST_CHECK_THROW(LedgerChat(chat, {.prompt = -1.0, .completion = 1.0}), ConfigError);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
