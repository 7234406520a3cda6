#include "searches/strategies/niche_designer.h"

#include <boost/test/unit_test.hpp>

#include "searches/core/search.h"
#include "searches/core/summary.h"
#include "searches/spaces/cnn/sample.h"
#include "searches/strategies/niche_llm_designer.h"
#include "tests/searches/fixture.h"
#include "tests/searches/llmnas/fixture.h"

using namespace flnas;
using namespace flnas::tests;
using flnas::test::contains;
using flnas::test::message_of;
using flnas::test::ScriptedChat;

namespace {

struct Niches {
  Space space = load_space();
  nn::ModelOptions options{.classes = 2, .size = 32};
  Validator validator{space, options, 8};
  test::TemporaryFolder folder;
  Archive archive{folder / "archive.jsonl"};

  SearchOutcome search(Designer& designer, int iterations) {
    TableEvaluator evaluator;
    return run_search(designer, validator, evaluator, archive, {.iterations = iterations}, [](const Evaluation&) {});
  }
  /// The niche of each evaluation, in order.
  std::vector<std::size_t> visited(const MacsNiches& niches) const {
    std::vector<std::size_t> found;
    for (const auto& evaluation : archive.history().evaluations) found.push_back(niches.of(evaluation.cost.macs));
    return found;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(niche_designer, Niches)

BOOST_AUTO_TEST_CASE(niches_hold_about_as_many_random_designs_each_and_are_always_the_same) {
  const MacsNiches niches = macs_niches(validator, 4), again = macs_niches(validator, 4);
  BOOST_TEST(niches.least == again.least, boost::test_tools::per_element());
  BOOST_TEST_REQUIRE(niches.count() == 4u);
  BOOST_TEST(niches.least[0] == 0);
  BOOST_TEST(niches.of(0) == 0u);
  BOOST_TEST(niches.of(niches.least[2]) == 2u);
  BOOST_TEST(niches.of(niches.least[2] - 1) == 1u);
  BOOST_TEST(niches.of(INT64_MAX) == 3u);
  BOOST_TEST(contains(niches.text(0), "below "));
  BOOST_TEST(contains(niches.text(3), "at least "));
  BOOST_TEST(macs_niches(validator, 1).text(0) == "any number of multiply-accumulates");
  BOOST_TEST(contains(message_of<ConfigError>([&] { macs_niches(validator, 21); }), "from 1 to 20"));
}

BOOST_AUTO_TEST_CASE(rounds_take_turns_and_children_come_from_the_niches_own_archive) {
  const MacsNiches niches = macs_niches(validator, 3);
  NicheDesigner designer(validator, niches, 5);
  BOOST_TEST(search(designer, 15).reason == "");
  const auto visits = visited(niches);
  for (std::size_t i = 0; i < visits.size(); ++i) BOOST_TEST(visits[i] == i % 3);
  const History& history = archive.history();
  int with_parents = 0;
  for (const Proposal& proposal : history.proposals) {
    for (const auto& parent : proposal.memo["parents"]) {
      ++with_parents;
      const auto number = std::stoul(parent.get<std::string>().substr(1));
      BOOST_TEST(visits[number - 1] == proposal.memo["niche"].get<std::size_t>());
    }
  }
  BOOST_TEST(with_parents >= 10);
}

BOOST_AUTO_TEST_CASE(a_search_is_summarised_by_niche_with_four_objectives_where_there_is_a_latency) {
  const MacsNiches niches{.least = {0, 100}};
  History history;
  // Accuracy, Unfairness; then parameters and latency. The third is dominated by the second, of another niche.
  history.evaluations = {evaluated("d001", 0.2, 0.8, 0.7, 10), evaluated("d002", 0.1, 0.9, 0.7, 50),
                         evaluated("d003", 0.1, 0.85, 0.7, 200)};
  for (std::size_t i = 0; i < 3; ++i) history.evaluations[i].cost.parameters = static_cast<std::int64_t>(10 * (i + 1));
  Json summary = summarise_niches(history, niches);
  BOOST_TEST(summary["objectives"].size() == 3u);
  BOOST_TEST(summary["niches"][0]["evaluated"] == 2);
  BOOST_TEST(summary["niches"][1]["archive"] == Json({"d003"}));
  BOOST_TEST(summary["merged"] == Json({"d001", "d002"}));
  for (auto& evaluation : history.evaluations) evaluation.cost.latency_us = 5;
  history.evaluations[2].cost.latency_us = 4;
  summary = summarise_niches(history, niches);
  BOOST_TEST(summary["objectives"] == Json({"1 - accuracy", "unfairness_sum", "latency_us", "parameters"}));
  BOOST_TEST(summary["merged"].size() == 3u);
}

BOOST_AUTO_TEST_CASE(a_language_model_is_asked_for_rules_first_and_told_its_niche) {
  const MacsNiches niches = macs_niches(validator, 2);
  // The small niche's designs have one narrow stage; a wide one is of the other niche.
  const Json small = {{"stages",
                       {{{"channels", 8}, {"kernel", 1}, {"padding", 0}, {"pooling", "max"}},
                        {{"channels", 8}, {"kernel", 1}, {"padding", 0}}}}};
  Json smaller = small;
  smaller["stages"][1]["channels"] = 16;
  const Json wide = {
      {"stages",
       {{{"channels", 512}, {"kernel", 3}, {"padding", 1}}, {{"channels", 512}, {"kernel", 3}, {"padding", 1}}}}};
  ScriptedChat chat(
      {wide.dump(), small.dump(), wide.dump(), R"({"positive": ["narrow"], "negative": []})", smaller.dump()});
  PromptSetting setting{.data = "toy", .classes = {"a", "b"}, .size = 32, .device = "none", .space = space, .rule = {}};
  NicheLlmDesigner designer(chat, PromptTemplate::load(), setting, {.model = "m"}, validator, niches);
  BOOST_TEST(search(designer, 3).reason == "");
  BOOST_TEST(visited(niches) == (std::vector<std::size_t>{0, 1, 0}), boost::test_tools::per_element());
  BOOST_TEST_REQUIRE(chat.requests.size() == 5u);
  BOOST_TEST(contains(chat.requests[0].messages[1].content, "The network must have below "));
  BOOST_TEST(contains(chat.requests[1].messages.back().content, "niche: it has "));
  BOOST_TEST(contains(chat.requests[3].messages[0].content, "Update the rules"));
  BOOST_TEST(contains(chat.requests[3].messages[0].content, "accuracy 0.6"));
  BOOST_TEST(contains(chat.requests[4].messages[1].content, "+ narrow"));
  const Proposal& last = archive.history().proposals.back();
  BOOST_TEST(last.memo["rules"]["positive"] == Json({"narrow"}));
  BOOST_TEST(last.memo["prompt_tokens"] == 20);  // of both questions
}

BOOST_AUTO_TEST_CASE(late_in_a_long_search_a_question_of_a_niche_still_fits_into_8192_tokens_with_its_reply) {
  const MacsNiches niches = macs_niches(validator, 1);
  History history;
  Random random(1);
  Json widest;
  while (widest.is_null() || widest["stages"].size() < 6) widest = sample(space.choices, random);
  for (int i = 1; i <= 500; ++i) {
    widest["stages"][0]["channels"] = 8 * (1 + i % 64);
    widest["stages"][1]["channels"] = 8 * (1 + i / 64);
    // Each one is a trade-off of its own: all are in the niche's archive.
    Evaluation evaluation = evaluated(fmt::format("d{:03}", i), 1.0 / i, 0.6 - i * 1e-4, 0.6, 123'456'789);
    evaluation.cost.parameters = 12'345'678;
    evaluation.cost.latency_us = 123'456;
    for (int g = 0; g < 100; ++g) evaluation.scores.groups.push_back({fmt::format("a long name {}", g), 10, 0.5});
    Proposal proposal{.round = i, .attempt = 1, .verdict = searches::kValid};
    proposal.design = canonical(nn::parse_architecture(widest, "test"));
    proposal.hash = evaluation.hash = design_hash(proposal.design);
    history.proposals.push_back(std::move(proposal));
    history.evaluations.push_back(std::move(evaluation));
  }
  PromptSetting setting{
      .data = "ISIC 2019", .classes = {"a", "b"}, .size = 224, .device = "none", .space = space, .rule = {}};
  const std::vector<std::string> rules(1000, std::string(5000, 'r'));
  ScriptedChat chat({Json({{"positive", rules}, {"negative", rules}}).dump(), std::string(50'000, 'x')});
  NicheLlmDesigner designer(chat, PromptTemplate::load(), setting, {.model = "m"}, validator, niches);
  // A first attempt, and one after a reply that broke all rules.
  for (const int attempt : {1, 2}) {
    const Answer answer = designer.propose(history, 501, attempt);
    Proposal refused{.round = 501, .attempt = attempt, .verdict = kUnreadable, .violations = answer.problems};
    refused.violations.assign(100, std::string(5000, 'v'));
    refused.memo = answer.memo;
    BOOST_TEST(!refused.memo["rules"]["positive"].empty());
    history.proposals.push_back(refused);
  }
  designer.propose(history, 502, 1);  // the rules so far are told
  BOOST_TEST_REQUIRE(chat.requests.size() == 5u);
  for (std::size_t i = 0; i < chat.requests.size(); ++i) {
    std::size_t size = 0;
    for (const auto& message : chat.requests[i].messages) size += message.content.size();
    // Three characters to a token are few for English and about right for JSON.
    BOOST_TEST(size / 3 + static_cast<std::size_t>(chat.requests[i].max_tokens) < 8192u, i << ": " << size);
  }
  BOOST_TEST(contains(chat.requests[1].messages.back().content, "Design rules"));
  BOOST_TEST(contains(chat.requests[3].messages[0].content, "Design rules so far"));
  BOOST_TEST(contains(chat.requests[1].messages[1].content, "- d500: "));
  BOOST_TEST(!contains(chat.requests[1].messages[1].content, "- d400: "));
}

BOOST_AUTO_TEST_CASE(rules_that_were_paid_for_are_counted_and_not_asked_for_again_when_the_server_then_left) {
  const MacsNiches niches = macs_niches(validator, 1);
  const Json first = design(8), second = design(16);
  /// Leaves with the question of this number, from 0.
  struct LeavingChat : ScriptedChat {
    using ScriptedChat::ScriptedChat;
    searches::ChatReply ask(const searches::ChatRequest& request) override {
      if (requests.size() == leaves_at) throw RemoteError("it left");
      return ScriptedChat::ask(request);
    }
    std::size_t leaves_at = 2;
  } leaves({first.dump(), R"({"positive": ["narrow"], "negative": []})"});
  const PromptSetting setting{
      .data = "toy", .classes = {"a", "b"}, .size = 32, .device = "none", .space = space, .rule = {}};
  NicheLlmDesigner designer(leaves, PromptTemplate::load(), setting, {.model = "m"}, validator, niches);
  const SearchOutcome outcome = search(designer, 2);
  BOOST_TEST(outcome.reason == "it left");
  BOOST_TEST(static_cast<bool>(outcome.failure));
  BOOST_TEST(summarise(archive.history(), {})["tokens"]["prompt"] == 20);
  ScriptedChat returns({second.dump()});
  NicheLlmDesigner again(returns, PromptTemplate::load(), setting, {.model = "m"}, validator, niches);
  BOOST_TEST(search(again, 2).reason == "");
  BOOST_TEST_REQUIRE(returns.requests.size() == 1u);
  BOOST_TEST(contains(returns.requests[0].messages[1].content, "+ narrow"));
  BOOST_TEST(summarise(archive.history(), {})["tokens"]["prompt"] == 30);
}

BOOST_AUTO_TEST_SUITE_END()
