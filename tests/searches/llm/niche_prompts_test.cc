#include "searches/llm/niche_prompts.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cctype>
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
  /// A candidate that is given these figures and evaluated.
  Candidate add(std::size_t index, double cost_of, double accuracy) {
    const Candidate candidate = problem.candidates[index];
    cost[candidate] = cost_of;
    problem.accuracy[candidate] = accuracy;
    evaluate(candidate);
    return candidate;
  }
  /// All candidates cost 10 and have 20 %.
  void level() {
    for (const Candidate candidate : problem.candidates) cost[candidate] = 10, problem.accuracy[candidate] = 20;
  }
  std::string told(const Evaluator& by, const std::vector<Candidate>& answer) const {
    return hypervolume_text(space, by, archive, front_of(archive), "The last answer", answer);
  }
  static std::string user(const std::vector<ChatMessage>& messages) { return messages.back().content; }
};

/// Compares with tests/searches/llm/golden/NAME; with FLNAS_WRITE_GOLDEN set it writes the file instead.
void check_golden(const std::string& name, const std::string& found) {
  const fs::path file = fs::path(tests::tests_dir()) / "searches/llm/golden" / name;
  if (std::getenv("FLNAS_WRITE_GOLDEN") != nullptr) write_file(file, found);
  BOOST_TEST(read_file(file) == found, name);
}

/// About as many tokens as language models count: words of up to six letters, digits and other characters one each.
std::size_t tokens(const std::string& text) {
  std::size_t count = 0, letters = 0;
  for (const char c : text + " ") {
    if (std::isalpha(static_cast<unsigned char>(c)) != 0) {
      ++letters;
      continue;
    }
    count += (letters + 5) / 6;
    letters = 0;
    count += std::isspace(static_cast<unsigned char>(c)) == 0;
  }
  return count;
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

BOOST_AUTO_TEST_CASE(the_hypervolume_has_its_box_and_what_the_last_answer_added) {
  level();
  const Candidate first = add(0, 2, 60);
  // 8 x 40 of 10 x 80.
  BOOST_TEST(told(evaluator, {}) ==
             "Hypervolume: 0.4000 of the box from (latency 0, error 0) to the reference point (latency 10, error 80), "
             "the worst of all that may be proposed.\n");
  const Candidate second = add(1, 5, 80);
  // And 5 x 20.
  const std::string text = told(evaluator, {second});
  BOOST_TEST(contains(text, "Hypervolume: 0.5250 of"), text);
  BOOST_TEST(contains(text, "The last answer: 1 of 1 on the front (" + space.text(second) +
                                "); without it the hypervolume would be 0.4000, less by 0.1250.\n"),
             text);
  const Candidate third = add(2, 6, 70);
  BOOST_TEST(contains(told(evaluator, {third}),
                      "The last answer: 0 of 1 on the front; the hypervolume is the same without it."));
  // Without the second, the third is on the front: 4 x 10 of its own are left.
  BOOST_TEST(contains(told(evaluator, {second}), "would be 0.4500, less by 0.0750"));
  BOOST_TEST(contains(told(evaluator, {first, third}), "1 of 2 on the front (" + space.text(first) + ")"));
}

BOOST_AUTO_TEST_CASE(where_no_box_is_known_the_evaluations_span_it) {
  struct Open : TableEvaluator {
    using TableEvaluator::TableEvaluator;
    std::optional<metrics::Bounds> box() const override { return std::nullopt; }
  } open(problem);
  level();
  add(0, 2, 60), add(1, 5, 80);
  // (3.3 x 2 + 0.3 x 20) of 3.3 x 22.
  BOOST_TEST(contains(told(open, {}),
                      "0.1736 of the box from (latency 2, error 20) to the reference point (latency 5.3, error 42), a "
                      "tenth of the range beyond the worst so far"));
}

BOOST_AUTO_TEST_CASE(of_the_other_parts_the_one_that_dominates_most_is_told) {
  level();
  const Candidate fast = test::cell_index("|none~0|+|none~0|none~1|+|nor_conv_1x1~0|none~1|none~2|");
  const Candidate accurate =
      test::cell_index("|nor_conv_1x1~0|+|none~0|none~1|+|nor_conv_1x1~0|nor_conv_1x1~1|none~2|");
  cost[fast] = 2, problem.accuracy[fast] = 30;
  cost[accurate] = 5, problem.accuracy[accurate] = 80;
  evaluate(fast), evaluate(accurate);
  // 8 x 10 and 5 x 60.
  const std::string told = user(proposal_prompt(view(), {}, Emphasis::kTradeOff));
  BOOST_TEST(contains(told, "- " + space.niche_text(1) + ": 2 evaluated, 2 on the front; " + space.text(accurate) +
                                ": accuracy 80.00 %, latency 5 ms\n"),
             told);
  BOOST_TEST(contains(told, "- " + space.niche_text(5) + ": 0 evaluated, 0 on the front\n"), told);
  BOOST_TEST(!contains(told, "- " + space.niche_text(2) + ":"));
}

BOOST_AUTO_TEST_CASE(prompts_late_in_a_long_search_stay_below_8000_tokens) {
  evaluate_of_each_niche(300);
  std::string rule;
  while (rule.size() < 280) rule += "a residual connection: 61.2 % at 12.5 ms; ";
  Rules rules;
  for (int i = 0; i < 10; ++i) {
    for (auto* kind : {&rules.positive, &rules.negative, &rules.ideas}) kind->push_back(rule);
  }
  for (const Evaluation& evaluation : archive.evaluations()) last.push_back({evaluation.candidate, rule});
  BOOST_TEST(tokens(user(knowledge_prompt(view(50), rules))) < 8000u);
  BOOST_TEST(tokens(user(proposal_prompt(view(50), rules, Emphasis::kCost))) < 8000u);
  BOOST_TEST(tokens(user(architecture_question(PromptTemplate::load({}, kArchitecturePrompt), space, evaluator,
                                               {.archive = archive, .round = 1, .attempt = 1, .left = 7}))) < 8000u);
}

BOOST_AUTO_TEST_SUITE_END()
