#include "searches/llm/prompt.h"

#include <boost/test/unit_test.hpp>
#include <cstdlib>

#include "harness/base/files.h"
#include "searches/spaces/cnn/prompt_values.h"
#include "searches/spaces/cnn/sample.h"
#include "tests/searches/fixture.h"
#include "tests/support/paths.h"

namespace {

using namespace flnas;
using namespace flnas::tests;
using flnas::test::contains;
namespace fs = std::filesystem;

PromptSetting setting() {
  PromptSetting made{.data = "ISIC 2019",
                     .classes = {"benign", "malignant"},
                     .size = 224,
                     .device = "Raspberry Pi 4 Model B",
                     .space = load_cnn()};
  made.rule = BestRule::for_classes(2);
  return made;
}

void add(History& history, const Json& proposal, Evaluation evaluation) {
  ProposalRecord made{.round = 1, .attempt = 1, .verdict = kValid};
  made.design = canonical(nn::parse_architecture(proposal, "test"));
  made.hash = evaluation.hash = architecture_hash(made.design);
  evaluation.cost.parameters = 12345678;
  evaluation.cost.memory_bytes = 123 << 20;
  evaluation.cost.target = "pi4";
  evaluation.cost.latency_mark = "estimated";
  evaluation.cost.latency_us = 21500;
  evaluation.scores.train_loss = 0.8746;
  evaluation.scores.validation_loss = 0.6438;
  evaluation.scores.train_accuracy = 0.5806;
  evaluation.scores.eodd = 0.1229;
  evaluation.scores.groups = {{"male", 756, 0.6323},
                              {"female", 744, 0.6237},
                              {"young", 177, 0.2599},
                              {"nobody", 0, std::nullopt},
                              {"unknown", 4, 0.0}};
  history.proposals.push_back(made);
  history.evaluations.push_back(evaluation);
}

History two_designs() {
  History history;
  add(history, design(16), evaluated("d001", 0.3, 0.628, 0.6, 1'000'000));
  add(history, design(24), evaluated("d002", 0.2, 0.6, 0.6, 2'000'000));
  return history;
}

ChatMessages fill(const PromptSetting& setting, const History& history) {
  return PromptTemplate::load().fill(prompt_values(setting, history));
}

std::string text(const ChatMessages& messages) { return messages[0].content + "\n---\n" + messages[1].content; }

/// Compares with tests/searches/golden/NAME; with FLNAS_WRITE_GOLDEN set it writes the file instead.
void check_golden(const std::string& name, const std::string& found) {
  const fs::path file = fs::path(tests::tests_dir()) / "searches/llm/golden" / name;
  if (std::getenv("FLNAS_WRITE_GOLDEN") != nullptr) write_file(file, found);
  BOOST_TEST(read_file(file) == found, name);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(prompt)

BOOST_AUTO_TEST_CASE(the_first_prompt_is_the_golden_one) {
  check_golden("prompt_first.txt", text(fill(setting(), {})));
}

BOOST_AUTO_TEST_CASE(the_prompt_with_a_best_design_is_the_golden_one) {
  check_golden("prompt_best.txt", text(fill(setting(), two_designs())));
}

BOOST_AUTO_TEST_CASE(each_part_can_be_left_out_alone) {
  const std::string whole = text(fill(setting(), two_designs()));
  const auto without = [](const std::function<void(PromptParts&)>& change) {
    PromptSetting changed = setting();
    change(changed.parts);
    return text(fill(changed, two_designs()));
  };
  const auto check = [&](const std::string& changed, const std::string& gone) {
    BOOST_TEST(contains(whole, gone), gone);
    BOOST_TEST(!contains(changed, gone), gone);
    BOOST_TEST(!contains(changed, "{{"));
    BOOST_TEST(!contains(changed, "\n\n\n"));
  };
  check(without([](PromptParts& p) { p.hardware = false; }), "Raspberry Pi");
  check(without([](PromptParts& p) { p.hardware = false; }), "parameters");
  check(without([](PromptParts& p) { p.metrics = false; }), "Its results");
  check(without([](PromptParts& p) { p.groups = false; }), "young");
  check(without([](PromptParts& p) { p.history = false; }), "Tried before");
  check(without([](PromptParts& p) { p.fairness = "none"; }), "nfair");
  const std::string brief = without([](PromptParts& p) { p.fairness = "brief"; });
  check(brief, "In this order");
  BOOST_TEST(contains(brief, "it should be fair"));
}

BOOST_AUTO_TEST_CASE(what_an_ablation_leaves_out_is_hinted_at_nowhere) {
  const auto check = [](const std::function<void(PromptSetting&)>& change, const std::vector<std::string>& words) {
    PromptSetting changed = setting();
    changed.space.choices.limits = {.parameters = 1000, .macs = 1000, .memory_bytes = 1000, .latency_us = 1000};
    const std::string whole = text(fill(changed, two_designs()));
    change(changed);
    const std::string left = text(fill(changed, two_designs()));
    for (const auto& word : words) {
      BOOST_TEST(contains(whole, word), word);
      BOOST_TEST(!contains(left, word), word << " in " << left);
    }
  };
  check([](PromptSetting& s) { s.parts.fairness = "none"; },
        {"fair", "Fair", "groups of people", "each group", "groups that", "weakest group", "patients", "EODD", "EOPP"});
  check([](PromptSetting& s) { s.parts.hardware = false; },
        {"device", "cost", "operations", "parameters", "multiply", "memory", "atency", "throughput", "Limits"});
  check([](PromptSetting& s) { s.parts.metrics = false; }, {"accuracy 6", "Unfairness 0.", "loss 0", "12,345,678"});
  check([](PromptSetting& s) { s.parts.groups = false; }, {"young", "male", "weakest group", "25.99"});
}

BOOST_AUTO_TEST_CASE(a_limit_of_latency_is_told_though_no_rule_refuses_by_it) {
  PromptSetting limited = setting();
  limited.space.choices.limits.latency_us = 12500;
  const std::string told = text(fill(limited, {}));
  BOOST_TEST(contains(told, "an image should take at most 12.500 ms on the device"));
}

BOOST_AUTO_TEST_CASE(equal_histories_give_equal_prompts) {
  BOOST_TEST((fill(setting(), two_designs()) == fill(setting(), two_designs())));
}

BOOST_AUTO_TEST_CASE(a_long_search_still_fits_into_8000_tokens) {
  History history;
  const CnnDefinition space = load_cnn();
  Random random(1);
  Json widest;
  while (widest.is_null() || widest["stages"].size() < 6) widest = sample(space.choices, random);
  for (int i = 1; i <= 500; ++i) {
    Evaluation evaluation = evaluated(fmt::format("d{:03}", i), 1.0 / i, 0.6, 0.6, i);
    widest["stages"][0]["channels"] = 8 * (1 + i % 64);
    widest["stages"][1]["channels"] = 8 * (1 + i / 64);
    add(history, widest, evaluation);
    auto& groups = history.evaluations.back().scores.groups;
    for (int g = 0; g < 100; ++g) groups.push_back({fmt::format("a group with a long name {}", g), 10, 0.5});
  }
  // With three characters to a token, which is few for English and about right for JSON. What is left of 8,192 takes a
  // refused reply, the rules that it broke, and a reply of LlmSettings' 2,048.
  BOOST_TEST(text(fill(setting(), history)).size() < 3u * 4600);
}

BOOST_AUTO_TEST_CASE(a_refusal_names_the_rules_but_not_without_end) {
  std::vector<std::string> violations = {"stages[0].channels: 7 is not among the choices"};
  BOOST_TEST(contains(refusal(violations), "- stages[0].channels: 7 is not among the choices\n"));
  violations.assign(1000, std::string(5000, 'x'));
  BOOST_TEST(refusal(violations).size() < 2900u);
  BOOST_TEST(contains(refusal(violations), "and 990 more"));
  violations.assign(30, "stages[0].channels: 7 is not among the choices");
  BOOST_TEST(!contains(refusal(violations), "more"));
}

BOOST_AUTO_TEST_CASE(a_template_of_the_user_is_checked) {
  const auto message = [](const std::string& wrong) {
    return test::message_of<ConfigError>([&] { PromptTemplate::parse(wrong, "my.txt"); });
  };
  BOOST_TEST(contains(message("a\n{{bset}}"), "my.txt:2: unknown placeholder 'bset'; did you mean 'best'?"));
  BOOST_TEST(contains(message("{{#best}}"), "{{#best}} is never closed"));
  BOOST_TEST(contains(message("{{#best}}\n{{/metrics}}"), "my.txt:2: {{/metrics}} closes what is not open"));
  BOOST_CHECK_THROW(PromptTemplate::load("none.txt"), ConfigError);
  const auto filled = PromptTemplate::parse("Size {{size}}{{#best}} never{{/best}}.", "my.txt").fill({{"size", "224"}});
  BOOST_TEST_REQUIRE(filled.size() == 1u);
  BOOST_TEST(filled[0].content == "Size 224.");
}

BOOST_AUTO_TEST_SUITE_END()
