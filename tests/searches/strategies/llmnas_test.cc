// LLM-NAS with replies of a script.
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <set>

#include "searches/spaces/autoformer/autoformer_space.h"
#include "searches/strategies/niche_state.h"
#include "searches/strategies/strategies.h"
#include "tests/searches/fixture.h"
#include "tests/searches/spaces/nas_bench_201/fixture.h"

using namespace flnas;
using namespace flnas::tests;
using flnas::test::contains;

namespace {

struct Fixture : test::MadeUpCells {
  CellSpace space{problem, six};
  searches::TableEvaluator evaluator{problem};
  Archive archive;
  NasChatUse use;

  SearchOutcome run(ChatClient& chat, std::size_t budget, LlmSettings settings = {}) {
    LlmCaller llm(chat, settings, 1);
    const auto strategy = make_llmnas({.space = space,
                                       .evaluator = evaluator,
                                       .budget = budget,
                                       .seed = 1,
                                       .latency_limit_us = {},
                                       .llm = &llm,
                                       .llm_settings = settings,
                                       .question = {}});
    const SearchOutcome outcome = run_search(*strategy, space, evaluator, archive, {.budget = budget});
    use = llm.use();
    return outcome;
  }
};

/// Children that are random cells of all niches: most are of another one.
struct RandomCells : ChatClient {
  ChatReply ask(const ChatRequest& request) override {
    Random random(request.seed);
    Json children = Json::array();
    for (int i = 0; i < 60; ++i) {
      children.push_back(
          {{"architecture", nn::to_string(nn::cell_at(random.below(kNasCells)))}, {"rationale", "why not"}});
    }
    return {.text = Json({{"positive", {"wide"}}, {"negative", Json::array()}, {"children", children}}).dump(),
            .model = "m",
            .prompt_tokens = {},
            .completion_tokens = {},
            .source = "scripted"};
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(llmnas, Fixture)

BOOST_AUTO_TEST_CASE(children_are_sorted_out_by_niche_legality_and_novelty_whoever_asks_first) {
  std::vector<std::vector<Candidate>> orders;
  for (const int at_once : {1, 3}) {
    archive = Archive();
    RandomCells chat;
    run(chat, 66, {.at_once = at_once});
    BOOST_TEST(archive.evaluations().size() == 66u);
    const SearchCounts counts = count(archive.history());
    BOOST_TEST(counts.invalid > 0);
    BOOST_TEST(use.wanted.value() >= 60);  // of 66, six were drawn
    BOOST_TEST(use.valid_first.value() > 0);
    BOOST_TEST(use.valid_first.value() < use.wanted.value());
    orders.emplace_back();
    for (const Evaluation& evaluation : archive.evaluations()) orders.back().push_back(evaluation.candidate);
  }
  BOOST_TEST((orders[0] == orders[1]));
}

BOOST_AUTO_TEST_CASE(a_generation_is_shared_out_evenly_and_an_exhausted_niche_leaves_its_share_to_others) {
  std::vector<NicheState> niches(6);
  const auto shares = [&](std::size_t generation, std::size_t count) {
    return shares_of(space, niches, generation, count);
  };
  BOOST_TEST(shares(0, 8) == (std::vector<std::size_t>{2, 2, 1, 1, 1, 1}), boost::test_tools::per_element());
  BOOST_TEST(shares(1, 8) == (std::vector<std::size_t>{1, 2, 2, 1, 1, 1}), boost::test_tools::per_element());
  niches[1].evaluated = *space.niche_size(1) - 1;
  niches[2].evaluated = *space.niche_size(2);
  BOOST_TEST(shares(0, 8) == (std::vector<std::size_t>{2, 1, 0, 2, 2, 1}), boost::test_tools::per_element());
  for (std::size_t i = 0; i < 6; ++i) niches[i].evaluated = *space.niche_size(static_cast<int>(i));
  BOOST_TEST(shares(0, 8) == std::vector<std::size_t>(6, 0), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_model_that_never_gives_a_child_ends_the_search_with_a_reason) {
  ScriptedChat chat({"no"}, /*repeats=*/true);
  const SearchOutcome outcome = run(chat, 110, {.attempts = 2});
  BOOST_TEST(contains(outcome.reason, "3 rounds in a row without a new valid design, after 10 of 110 evaluations"));
  // Three generations of six niches, each with a question for rules (of the ten that were drawn) and two for children.
  BOOST_TEST(use.retries == 18);
  BOOST_TEST(use.knowledge_calls == 6);
  BOOST_TEST(contains(chat.requests.back().messages.back().content, "These were refused"));
}

BOOST_AUTO_TEST_CASE(a_lost_call_is_counted_and_does_not_end_the_search) {
  struct Losing : RandomCells {
    ChatReply ask(const ChatRequest& request) override {
      const int call = ++calls;
      if (call % 3 == 0) throw UnusableReply("the server sent invalid UTF-8", {.text = "", .seconds = 1});
      if (call % 3 == 1) throw RemoteError("no whole reply within 600 s");
      return RandomCells::ask(request);
    }
    std::atomic<int> calls = 0;
  } chat;
  const SearchOutcome outcome = run(chat, 60, {.at_once = 1});
  BOOST_TEST(!outcome.failure);
  BOOST_TEST(archive.evaluations().size() == 60u, outcome.reason);
}

BOOST_AUTO_TEST_CASE(a_server_that_goes_away_ends_the_search_and_keeps_what_was_found) {
  ScriptedChat chat({});
  const SearchOutcome outcome = run(chat, 110, {.at_once = 2});
  BOOST_CHECK_THROW(std::rethrow_exception(outcome.failure), RemoteError);
  BOOST_TEST(archive.evaluations().size() == 10u);
}

BOOST_AUTO_TEST_SUITE_END()
