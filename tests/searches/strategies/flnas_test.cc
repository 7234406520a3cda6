#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <functional>

#include "searches/core/search.h"
#include "searches/core/summary.h"
#include "searches/spaces/cnn/cnn_words.h"
#include "searches/spaces/cnn/designs/sample.h"
#include "searches/strategies/strategies.h"
#include "searches/training/prompt_values.h"
#include "tests/searches/fixture.h"

namespace {

using namespace flnas;
using namespace flnas::tests;
using flnas::test::contains;

struct Fixture {
  test::TemporaryFolder folder;
  CnnSpace space = cnn_space();
  FormulaEvaluator evaluator{space};

  NasChatUse use;

  /// In the folder's archive; or in another one, by the general prompt, which needs no designs' texts in it.
  SearchOutcome run(ChatClient& chat, std::size_t budget, Archive* archive = nullptr) {
    PromptSetting setting{.data = "d",
                          .classes = {"a", "b"},
                          .size = 64,
                          .device = "host",
                          .space = cnn_words(space.definition(), space.options())};
    setting.rule = BestRule::for_classes(2);
    std::function<ChatMessages(const Turn&)> question;
    if (archive == nullptr) {
      question = [setting, prompt = PromptTemplate::load()](const Turn& turn) {
        return prompt.fill(prompt_values(setting, turn.archive.history()));
      };
    }
    const LlmSettings settings{.model = "m"};
    LlmCaller llm(chat, settings, 7);
    const auto strategy = make_flnas({.space = space,
                                      .evaluator = evaluator,
                                      .budget = budget,
                                      .seed = 7,
                                      .latency_limit_us = {},
                                      .llm = &llm,
                                      .llm_settings = settings,
                                      .question = question});
    Archive own(folder / "archive.jsonl");
    auto outcome = run_search(*strategy, space, evaluator, archive == nullptr ? own : *archive, {.budget = budget});
    use = llm.use();
    return outcome;
  }
  History history() const { return searches::read_history(folder / "archive.jsonl"); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(flnas_strategy, Fixture)

BOOST_AUTO_TEST_CASE(broken_rules_go_back_until_the_design_is_valid) {
  ScriptedChat chat({"I cannot decide.", "```json\n" + design(7).dump() + "\n```", "Here: " + design(16).dump()});
  run(chat, 1);
  BOOST_TEST_REQUIRE(chat.requests.size() == 3u);
  BOOST_TEST(chat.requests[0].messages.size() == 2u);
  BOOST_TEST(chat.requests[0].messages[0].role == "system");
  BOOST_TEST_REQUIRE(chat.requests[1].messages.size() == 4u);
  BOOST_TEST(chat.requests[1].messages[2].content == "I cannot decide.");
  BOOST_TEST_REQUIRE(chat.requests[2].messages.size() == 4u);
  BOOST_TEST(contains(chat.requests[2].messages[3].content, "stages[0].channels: 7 is not among the choices"));
  BOOST_TEST(chat.requests[0].messages[1].content == chat.requests[2].messages[1].content);
  BOOST_TEST(chat.requests[0].seed != chat.requests[1].seed);
  const History all = history();
  BOOST_TEST(all.proposals[0].verdict == kUnreadable);
  BOOST_TEST(!all.proposals[0].violations.empty());
  BOOST_TEST(all.proposals[1].verdict == kInvalid);
  BOOST_TEST(all.proposals[2].verdict == searches::kValid);
  BOOST_TEST(all.proposals[2].strategy_state["prompt_tokens"] == 100);
  BOOST_TEST(all.proposals[2].strategy_state["completion_tokens"].is_null());
  BOOST_TEST(all.proposals[2].seconds == 2);
}

BOOST_AUTO_TEST_CASE(a_reply_that_was_cut_or_is_all_thoughts_is_named_as_such_and_drafts_do_not_count) {
  struct Reasoning : ChatClient {
    ChatReply ask(const ChatRequest& request) override {
      requests.push_back(request);
      ChatReply reply;
      if (requests.size() == 1) reply.cut = true;
      if (requests.size() == 2) reply.text = "<think>" + design(16).dump();
      if (requests.size() == 3) reply.text = "<think>" + design(16).dump() + "</think>" + design(8).dump();
      return reply;
    }
    std::vector<ChatRequest> requests;
  } chat;
  run(chat, 1);
  BOOST_TEST_REQUIRE(chat.requests.size() == 3u);
  BOOST_TEST(chat.requests[1].messages[2].content == "(no answer)");
  BOOST_TEST(contains(chat.requests[1].messages[3].content, "cut at its limit of 2048 tokens (--llm-max-tokens)"));
  BOOST_TEST(contains(chat.requests[2].messages[3].content, "only thoughts"));
  BOOST_TEST(history().proposals[2].design["stages"][0]["channels"] == 8);
}

BOOST_AUTO_TEST_CASE(the_next_round_tells_of_the_best_design) {
  ScriptedChat chat({design(16).dump(), design(24).dump()});
  run(chat, 2);
  BOOST_TEST(!contains(chat.requests[0].messages[1].content, "Tried before"));
  BOOST_TEST(contains(chat.requests[1].messages[1].content, "- d001 [BEST, front]: 16k3s1"));
}

BOOST_AUTO_TEST_CASE(a_server_that_gives_up_ends_the_search_and_the_next_call_asks_the_same_questions) {
  ScriptedChat first({design(16).dump(), "no idea"});
  BOOST_TEST(run(first, 2).reason == "the server closed the connection");
  // A recording answers what was answered before; the question that failed is asked again.
  ScriptedChat second({design(16).dump(), "no idea", design(24).dump()});
  run(second, 2);
  BOOST_TEST((first.requests.back().messages == second.requests.back().messages));
  BOOST_TEST(first.requests.back().seed == second.requests.back().seed);
  BOOST_TEST(evaluator.calls == 2);
}

BOOST_AUTO_TEST_CASE(a_reply_that_cannot_be_used_was_paid_for_and_is_counted_though_it_is_no_proposal) {
  struct Tools : ChatClient {
    ChatReply ask(const ChatRequest&) override {
      throw UnusableReply("it called tools", {.text = "{}",
                                              .model = "m-1",
                                              .prompt_tokens = 10,
                                              .completion_tokens = 5,
                                              .seconds = 3,
                                              .source = "api.example.org"});
    }
  } tools;
  const SearchOutcome outcome = run(tools, 1);
  BOOST_TEST(outcome.reason == "it called tools");
  BOOST_CHECK_THROW(std::rethrow_exception(outcome.failure), LostReply);
  ScriptedChat chat({design(16).dump()});
  run(chat, 1);
  BOOST_TEST(chat.requests[0].messages.size() == 2u);  // the first attempt again
  const Json summary = record_to_json(summarise(history(), BestRule::for_classes(2)));
  BOOST_TEST(summary["tokens"] == Json({{"prompt", 110}, {"completion", 5}}));
  BOOST_TEST(summary["waiting_seconds"] == 5);
  BOOST_TEST(summary["sources"] == Json({"api.example.org", "scripted"}));
  BOOST_TEST(summary["counts"]["proposals"] == 1);
  const Comparison compared =
      compare({{.configuration = "flnas", .seed = 1, .history = history(), .asks = true}}, BestRule::for_classes(2));
  BOOST_TEST(compared.configurations[0].tokens->mean.value() == 115);
}

BOOST_AUTO_TEST_CASE(without_an_archive_s_file_one_lost_call_does_not_end_the_search_but_two_in_a_row_do) {
  struct Losing : ChatClient {
    ChatReply ask(const ChatRequest& request) override {
      requests.push_back(request);
      if (requests.size() == 2) throw UnusableReply("it called tools", {.text = "", .seconds = 1});
      if (requests.size() > 3) throw RemoteError("no whole reply within 600 s");
      return {.text = design(8 * static_cast<int>(1 + requests.size())).dump(),
              .model = "m",
              .prompt_tokens = {},
              .completion_tokens = {},
              .source = "host"};
    }
    std::vector<ChatRequest> requests;
  } chat;
  Archive archive;
  const SearchOutcome outcome = run(chat, 5, &archive);
  BOOST_TEST(archive.evaluations().size() == 2u);
  BOOST_TEST(chat.requests.size() == 5u);
  BOOST_TEST((chat.requests[1].messages == chat.requests[2].messages));  // nothing was refused
  BOOST_TEST(archive.history().proposals[1].violations.at(0) == "it called tools");
  BOOST_CHECK_THROW(std::rethrow_exception(outcome.failure), RemoteError);
}

BOOST_AUTO_TEST_CASE(valid_first_replies_are_counted) {
  ScriptedChat chat({design(16).dump(), "no", design(24).dump(), design(24).dump(), design(32).dump()});
  run(chat, 3);
  BOOST_TEST(use.wanted.value() == 3);
  BOOST_TEST(use.valid_first.value() == 1);
  const SearchCounts counts = count(history());
  BOOST_TEST(counts.rounds == 3);
  BOOST_TEST(counts.valid_first.value() == 1);
  const Comparison compared =
      compare({{.configuration = "flnas", .seed = 1, .history = history(), .asks = true}}, BestRule::for_classes(2));
  BOOST_TEST(compared.configurations[0].valid_first->mean.value() == 1.0 / 3, boost::test_tools::tolerance(1e-12));
}

BOOST_AUTO_TEST_CASE(an_endless_reply_is_cut_before_it_is_kept_and_sent_back) {
  std::string endless;
  while (endless.size() < 200'000) endless += "\xc3\xa9";
  ScriptedChat chat({"x" + endless, design(16).dump()});
  run(chat, 1);
  BOOST_TEST(chat.requests[1].messages[2].content.size() <= 1500u);
  BOOST_TEST(chat.requests[1].messages[2].content.starts_with("[...] \xc3\xa9"));
  BOOST_TEST(history().proposals[0].strategy_state["reply"].get<std::string>().size() == 7999u);
}

BOOST_AUTO_TEST_CASE(a_retry_late_in_a_long_search_fits_into_8192_tokens_with_its_reply) {
  std::vector<std::string> replies;
  Random random(1);
  for (int i = 1; i <= 120; ++i) {
    Json widest;
    while (widest.is_null() || widest["stages"].size() < 6)
      widest = searches::sample(space.definition().choices, random);
    replies.push_back(widest.dump());
  }
  Json wrong = design(7);
  for (int i = 0; i < 40; ++i) wrong["stages"].push_back(Json::parse(R"({"channels": 7, "kernel": 15, "padding": 7})"));
  for (int i = 0; i < 120; ++i) replies.insert(replies.begin() + 2 * i, std::string(50'000, 'x') + wrong.dump());
  ScriptedChat chat(replies);
  run(chat, 120);  // designs that the shapes refuse are asked for again, until the script ends
  std::size_t longest = 0, retries = 0;
  for (const ChatRequest& request : chat.requests) {
    std::size_t size = 0;
    for (const auto& message : request.messages) size += message.content.size();
    longest = std::max(longest, size);
    retries += request.messages.size() == 4;
  }
  BOOST_TEST(history().evaluations.size() >= 12u);  // as many as a prompt tells of
  BOOST_TEST(retries >= 30u);
  // Three characters to a token are few for English and about right for JSON.
  BOOST_TEST_INFO(longest);
  BOOST_TEST(longest / 3 + static_cast<std::size_t>(chat.requests[0].max_tokens) < 8192u);
}

BOOST_AUTO_TEST_SUITE_END()
