#include "searches/llm/niche_prompts.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>

#include "harness/base/files.h"
#include "searches/llm/architecture_prompt.h"
#include "searches/llm/search_text.h"
#include "searches/spaces/nas_bench_201/cell_space.h"
#include "tests/searches/spaces/nas_bench_201/fixture.h"
#include "tests/support/paths.h"

namespace {

namespace fs = std::filesystem;
using namespace flnas;
using namespace flnas::searches;
using flnas::test::contains;

struct Fixture : test::MadeUpCells {
  CellSpace space{problem, six};
  TableEvaluator evaluator{problem};
  Archive archive;
  Front front;
  std::vector<Child> last;

  Fixture() { problem.schedule = "validation, after one training of 12 epochs"; }

  void evaluate(Candidate candidate) {
    if (archive.has(candidate)) return;
    Evaluation evaluation = evaluator.evaluate(candidate);
    evaluation.objectives = evaluator.objectives(evaluation);
    archive.add(evaluation);
    if (space.niche_of(candidate) == 2) front.add(candidate, evaluation.objectives);
  }
  /// Random candidates of every niche.
  void evaluate_of_each_niche(int count) {
    Random random(3);
    for (int i = 0; i < count; ++i) {
      for (int niche = 0; niche < space.niches(); ++niche) evaluate(*space.sample(niche, random));
    }
  }
  NicheView view(std::size_t wanted = 5) const {
    return {.space = space,
            .evaluator = evaluator,
            .archive = archive,
            .niche = 2,
            .wanted = wanted,
            .front = front,
            .last = last};
  }
  static std::string user(const std::vector<ChatMessage>& messages) { return messages.back().content; }
};

/// Compares with tests/searches/llm/golden/NAME; with FLNAS_WRITE_GOLDEN set it writes the file instead.
void check_golden(const std::string& name, const std::string& found) {
  const fs::path file = fs::path(tests::tests_dir()) / "searches/llm/golden" / name;
  if (std::getenv("FLNAS_WRITE_GOLDEN") != nullptr) write_file(file, found);
  BOOST_TEST(read_file(file) == found, name);
}

const Rules kRules{.positive = {"a residual 0->3: 61 % at 12 ms"},
                   .negative = {"pools on live edges: below 45 %"},
                   .ideas = {"two convolutions in a row"}};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(niche_prompts, Fixture)

BOOST_AUTO_TEST_CASE(both_prompts_are_the_golden_ones) {
  evaluate_of_each_niche(4);
  last = {{archive.evaluations()[2].candidate, "one convolution, all else cheap"}};
  check_golden("niche_knowledge.txt", user(knowledge_prompt(view(), kRules)));
  check_golden("niche_proposal.txt", user(proposal_prompt(view(), kRules, Emphasis::kTradeOff)));
}

BOOST_AUTO_TEST_CASE(every_cell_of_the_niche_that_was_evaluated_is_told_once) {
  evaluate_of_each_niche(5);
  const std::string told = user(proposal_prompt(view(), {}, Emphasis::kTradeOff));
  const std::string parents = told.substr(told.find("Parents"));
  for (const Evaluation& evaluation : archive.evaluations()) {
    if (space.niche_of(evaluation.candidate) != 2) continue;
    const std::string text = space.text(evaluation.candidate);
    const auto at = parents.find(text);
    BOOST_TEST((at != parents.npos), text);
    BOOST_TEST((parents.find(text, at + 1) == parents.npos), text);
  }
}

BOOST_AUTO_TEST_CASE(the_program_draws_the_operators) {
  evaluate_of_each_niche(4);
  BOOST_TEST_REQUIRE(front.size() >= 2u);
  const std::string told = user(proposal_prompt(view(100), {}, Emphasis::kTradeOff));
  const std::string crossed = told.substr(told.find(" Make "), told.find(" by crossover") - told.find(" Make "));
  const auto count = std::count(crossed.begin(), crossed.end(), ',');
  BOOST_TEST(count > 30);
  BOOST_TEST(count < 70);
  BOOST_TEST(contains(told, "choose the parents yourself"));
  // One parent cannot be crossed.
  Front alone;
  alone.add(front.members()[0].candidate, front.members()[0].objectives);
  const NicheView single{.space = space,
                         .evaluator = evaluator,
                         .archive = archive,
                         .niche = 2,
                         .wanted = 3,
                         .front = alone,
                         .last = last};
  BOOST_TEST(!contains(user(proposal_prompt(single, {}, Emphasis::kTradeOff)), "by crossover"));
}

BOOST_AUTO_TEST_CASE(the_widest_gaps_of_the_front_are_named_widest_first) {
  const auto add = [&](std::size_t index, double cost_of, double accuracy) {
    cost[problem.candidates[index]] = cost_of;
    problem.accuracy[problem.candidates[index]] = accuracy;
    evaluate(problem.candidates[index]);
  };
  add(0, 1, 50), add(1, 2, 51), add(2, 9, 59), add(3, 10, 60);
  const std::string gaps = gaps_text(evaluator, archive, front_of(archive));
  BOOST_TEST(gaps.starts_with("- between accuracy 51.00 %, latency 2 ms and accuracy 59.00 %, latency 9 ms\n"), gaps);
}

BOOST_AUTO_TEST_CASE(the_general_question_tells_what_is_left_and_every_candidate_once) {
  evaluate_of_each_niche(4);
  const auto& all = archive.evaluations();
  const std::string asked = user(architecture_question(PromptTemplate::load({}, kArchitecturePrompt), space, evaluator,
                                                       {.archive = archive, .round = 1, .attempt = 1, .left = 7}));
  BOOST_TEST(contains(asked, fmt::format("this one included: 7 of {}.", all.size() + 7)), asked);
  for (const Evaluation& evaluation : all) {
    const std::string line = evaluated_line(space, evaluator, evaluation);
    const std::size_t at = asked.find(line);
    BOOST_TEST(at != asked.npos, line);
    BOOST_TEST(asked.find(line, at + 1) == asked.npos, line);
  }
}

BOOST_AUTO_TEST_CASE(rules_are_told_apart_from_ideas) {
  evaluate_of_each_niche(2);
  const std::string told = user(proposal_prompt(view(), kRules, Emphasis::kTradeOff));
  BOOST_TEST(contains(told, "+ a residual 0->3"));
  BOOST_TEST(contains(told, "Ideas that no result supports yet:\n? two convolutions in a row\n"));
}

BOOST_AUTO_TEST_CASE(prompts_late_in_a_long_search_stay_below_7000_tokens) {
  evaluate_of_each_niche(300);
  Rules rules;
  for (int i = 0; i < 10; ++i) {
    for (auto* kind : {&rules.positive, &rules.negative, &rules.ideas}) kind->push_back(std::string(300, 'x'));
  }
  for (const Evaluation& evaluation : archive.evaluations()) {
    last.push_back({evaluation.candidate, std::string(300, 'y')});
  }
  // Three characters to a token.
  BOOST_TEST(user(knowledge_prompt(view(50), rules)).size() < 3u * 7000);
  BOOST_TEST(user(proposal_prompt(view(50), rules, Emphasis::kCost)).size() < 3u * 7000);
}

BOOST_AUTO_TEST_SUITE_END()
