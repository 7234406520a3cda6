#include "searches/llmnas/llm_proposer.h"

#include <boost/test/unit_test.hpp>

#include "harness/base/json.h"
#include "searches/llmnas/coevolution.h"
#include "tests/searches/llmnas/fixture.h"

using namespace flnas;
using namespace flnas::searches;
using namespace flnas::searches::llmnas;
using flnas::test::cell_index;
using flnas::test::contains;
using flnas::test::ScriptedChat;

namespace {

// One 3x3 convolution each, so niche 2; the last has two.
const std::string kFirst = "|nor_conv_3x3~0|+|none~0|none~1|+|none~0|skip_connect~1|none~2|";
const std::string kSecond = "|skip_connect~0|+|none~0|none~1|+|nor_conv_3x3~0|skip_connect~1|none~2|";
const std::string kThird = "|skip_connect~0|+|none~0|none~1|+|none~0|nor_conv_3x3~1|none~2|";
const std::string kTwoLarge = "|nor_conv_3x3~0|+|none~0|none~1|+|none~0|nor_conv_3x3~1|none~2|";
const std::string kCut = "|nor_conv_3x3~0|+|none~0|none~1|+|none~0|none~1|none~2|";

std::string children(const std::vector<std::string>& cells) {
  Json list = Json::array();
  for (const auto& cell : cells)
    list.push_back({{"architecture", cell}, {"operator", "mutation"}, {"rationale", "it is small"}});
  return "Here they are:\n" + Json({{"children", list}}).dump();
}

struct Niche : test::MadeUpCells {
  CellSpace space{problem, six};
  EvaluationLog log{space, 100};
  Front front;
  std::vector<Child> last;
  Random random{1};

  NicheView view(std::size_t wanted) {
    return {.niche = 2, .generation = 1, .wanted = wanted, .front = front, .last = last, .log = log};
  }
  /// As if `cell` had been evaluated in the generation before.
  void evaluate(const std::string& cell) {
    const Candidate candidate = cell_index(cell);
    log.propose(candidate);
    front.add(candidate, log.at(candidate));
    last.push_back({candidate, "a wild guess"});
  }
};

std::vector<std::string> texts(const Space& space, const Proposal& proposal) {
  std::vector<std::string> found;
  for (const Child& child : proposal.children) found.push_back(space.text(child.candidate));
  return found;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(llm_proposer, Niche)

BOOST_AUTO_TEST_CASE(knowledge_is_updated_first_and_then_guides_the_proposal) {
  evaluate(kFirst);
  ScriptedChat chat(
      {R"({"positive": ["skip connections are cheap"], "negative": ["no path"]})", children({kSecond, kThird})});
  LlmProposer proposer(space, chat, {.model = "m", .seed = 7});
  const Proposal proposal = proposer.propose(view(2), random);
  BOOST_TEST(texts(space, proposal) == (std::vector<std::string>{kSecond, kThird}), boost::test_tools::per_element());
  BOOST_TEST(proposal.children[0].rationale == "it is small");
  BOOST_TEST_REQUIRE(chat.requests.size() == 2u);
  const std::string knowledge = chat.requests[0].messages[1].content, guided = chat.requests[1].messages[1].content;
  BOOST_TEST(contains(knowledge, "exactly one nor_conv_3x3"));
  BOOST_TEST(contains(knowledge, kFirst + ": accuracy 48.71 %, latency 5.1 ms; proposed because: a wild guess"));
  BOOST_TEST(contains(guided, "+ skip connections are cheap\n- no path\n"));
  BOOST_TEST(contains(guided, "Parents, the best trade-offs so far:\n- " + kFirst));
  BOOST_TEST(contains(guided, "Propose 2 new architectures"));
  BOOST_TEST(chat.requests[0].seed != chat.requests[1].seed);
  BOOST_TEST(proposer.use().calls == 2);
  BOOST_TEST(proposer.use().knowledge_calls == 1);
  BOOST_TEST(proposer.use().prompt_tokens == 20);
  BOOST_TEST(proposer.use().sources.contains("scripted"));
}

BOOST_AUTO_TEST_CASE(what_breaks_a_rule_is_told_and_asked_for_again) {
  evaluate(kFirst);
  ScriptedChat chat({children({kFirst, kTwoLarge, kCut, "|nor_conv_5x5~0|", kSecond}), children({kThird})});
  LlmProposer proposer(space, chat, {.knowledge = false});
  const Proposal proposal = proposer.propose(view(2), random);
  BOOST_TEST(texts(space, proposal) == (std::vector<std::string>{kSecond, kThird}), boost::test_tools::per_element());
  BOOST_TEST(proposal.repeated == 1);
  BOOST_TEST(proposal.invalid == 3);
  BOOST_TEST(proposer.use().retries == 1);
  const std::string refusal = chat.requests[1].messages[3].content;
  BOOST_TEST(contains(refusal, kFirst + ": it was evaluated or proposed before"));
  BOOST_TEST(contains(refusal, kTwoLarge + ": it does not have exactly one nor_conv_3x3"));
  BOOST_TEST(contains(refusal, kCut + ": no path"));
  BOOST_TEST(contains(refusal, "cell '|nor_conv_5x5~0|': "));
  BOOST_TEST(contains(refusal, "Propose 1 other ones"));
}

BOOST_AUTO_TEST_CASE(attempts_are_bounded_and_bad_rules_leave_the_old_ones) {
  evaluate(kFirst);
  ScriptedChat chat({"I have no rules.", "I have no idea."});
  LlmProposer proposer(space, chat, {.attempts = 2});
  const Proposal proposal = proposer.propose(view(3), random);
  BOOST_TEST(proposal.children.empty());
  BOOST_TEST(proposal.invalid == 2);
  BOOST_TEST(chat.requests.size() == 3u);
  BOOST_TEST(proposer.rules(2).empty());
  BOOST_TEST(contains(chat.requests[2].messages[3].content, "no complete JSON object with a key \"children\""));
}

BOOST_AUTO_TEST_CASE(a_prompt_for_low_cost_says_so) {
  const auto stressed = proposal_prompt(space, view(1), {}, Emphasis::kCost),
             normal = proposal_prompt(space, view(1), {}, Emphasis::kTradeOff);
  BOOST_TEST(contains(stressed[1].content, "Above all the cost has to be as low as possible"));
  BOOST_TEST(!contains(normal[1].content, "Above all"));
}

BOOST_AUTO_TEST_CASE(prompts_stay_bounded_however_long_a_search_is) {
  for (std::size_t i = 0; i < 2000 && log.order().size() < 99; ++i) {
    if (six.niche_of[i] == 2 && problem.legal[i]) evaluate(space.text(static_cast<Candidate>(i)));
  }
  Rules rules;
  rules.positive.assign(10, std::string(300, 'x')), rules.negative = rules.positive;
  BOOST_TEST(proposal_prompt(space, view(5), rules, Emphasis::kTradeOff)[1].content.size() < 12'000u);
  BOOST_TEST(knowledge_prompt(space, view(5), rules)[1].content.size() < 20'000u);
}

BOOST_AUTO_TEST_CASE(the_same_replies_give_the_same_search_however_many_niches_are_asked_at_once) {
  /// Cells drawn by the question's seed.
  class Answering : public ChatClient {
   public:
    ChatReply ask(const ChatRequest& request) override {
      ChatReply reply;
      reply.source = reply.model = "scripted";
      Random random(request.seed);
      std::vector<std::string> chosen;
      for (int i = 0; i < 40; ++i) chosen.push_back(nn::to_string(nn::cell_at(random.below(kNasCells))));
      reply.text = contains(request.messages[1].content, "Update the rules") ? R"({"positive": [], "negative": []})"
                                                                             : children(chosen);
      return reply;
    }
  };
  std::vector<std::vector<Candidate>> orders;
  for (const int at_once : {1, 4}) {
    Answering chat;
    CellSpace fresh(problem, six);
    EvaluationLog evaluations(fresh, 66);
    LlmProposer proposer(fresh, chat, {.seed = 3, .at_once = at_once});
    coevolve(fresh, evaluations, proposer, 5);
    orders.push_back(evaluations.order());
  }
  BOOST_TEST(orders[0].size() == 66u);
  BOOST_TEST(orders[0] == orders[1], boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
