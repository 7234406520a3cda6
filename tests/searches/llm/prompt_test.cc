#include "searches/llm/prompt.h"

#include <boost/test/unit_test.hpp>
#include <cstdlib>

#include "harness/base/files.h"
#include "searches/spaces/cnn/cnn_words.h"
#include "searches/spaces/cnn/designs/sample.h"
#include "searches/training/design_text.h"
#include "searches/training/prompt_values.h"
#include "searches/training/training_recipe.h"
#include "tests/searches/fixture.h"
#include "tests/support/paths.h"

namespace {

using namespace flnas;
using namespace flnas::tests;
using flnas::test::contains;
namespace fs = std::filesystem;

SpaceWords words_of(const CnnDefinition& definition, std::int64_t size = 224) {
  return cnn_words(definition, {.classes = 2, .size = size});
}

SpaceWords limited_words(const Limits& limits) {
  CnnDefinition limited = load_cnn();
  limited.choices.limits = limits;
  return words_of(limited);
}

PromptSetting setting() {
  PromptSetting made{.data = "ISIC 2019",
                     .classes = {"benign", "malignant"},
                     .size = 224,
                     .device = "Raspberry Pi 4 Model B",
                     .space = words_of(load_cnn())};
  made.rule = BestRule::for_classes(2);
  made.counts.all = {{2900, 600}, {410, 90}};
  made.counts.attributes = {"sex: male, female", "age: young (below 30), old (above 65)"};
  made.counts.groups = {{"sex", "male", {{1500, 350}, {210, 50}}},
                        {"sex", "female", {{1400, 250}, {200, 40}}},
                        {"age", "young", {{380, 8}, {55, 2}}},
                        {"age", "old", {{500, 240}, {70, 38}}}};
  TrainConfig train;
  train.epochs = 20, train.patience = 0, train.batch = 32, train.optimizer = "adamw", train.weight_decay = 0.05;
  train.schedule = "cosine", train.warmup = 1, train.inputs = "standardised", train.selection = "auroc";
  made.recipe = recipe_text(train, made.counts, made.classes);
  made.budget = 10;
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
  evaluation.scores.auroc = 0.7123;
  evaluation.scores.worst_group = 0.2599;
  evaluation.scores.worst_group_name = "young";
  evaluation.scores.balanced_accuracy_se = 0.0213;
  evaluation.scores.unfairness_se = 0.0621;
  evaluation.scores.unfairness_by_chance = 0.0644;
  evaluation.scores.epochs_run = 20;
  evaluation.scores.best_epoch = 13;
  evaluation.scores.groups = {{"male", 260, 0.6323, {{{"benign", 210, 0.65}, {"malignant", 50, 0.56}}}},
                              {"female", 240, 0.6237, {{{"benign", 200, 0.64}, {"malignant", 40, 0.55}}}},
                              {"young", 57, 0.2599, {{{"benign", 55, 0.2545}, {"malignant", 2, 0.5}}}},
                              {"nobody", 0, std::nullopt, {}},
                              {"unknown", 4, 0.0, {}}};
  history.proposals.push_back(made);
  history.evaluations.push_back(evaluation);
}

/// The first is the best; the last two failed and predict one class.
History four_designs() {
  History history;
  Json with_head = design(16);
  with_head["head"] = {{"reduce", "global_average"}, {"hidden", {32}}, {"dropout", 0.2}};
  add(history, with_head, evaluated("d001", 0.2, 0.628, 0.62, 1'000'000));
  add(history, design(24), evaluated("d002", 0.3, 0.6, 0.61, 2'000'000));
  add(history, design(32), evaluated("d003", 0, 0, 0, 2'000'000));
  history.evaluations.back().status = kFailed;
  history.evaluations.back().reason = "the loss is not a number";
  add(history, design(40), evaluated("d004", 0, 0.84, 0.5, 2'000'000));
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
  check_golden("prompt_best.txt", text(fill(setting(), four_designs())));
}

BOOST_AUTO_TEST_CASE(each_part_can_be_left_out_alone) {
  const std::string whole = text(fill(setting(), four_designs()));
  const auto without = [](const std::function<void(PromptParts&)>& change) {
    PromptSetting changed = setting();
    change(changed.parts);
    return text(fill(changed, four_designs()));
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
    changed.space = limited_words({.parameters = 1000, .macs = 1000, .memory_bytes = 1000, .latency_us = 1000});
    const std::string whole = text(fill(changed, four_designs()));
    change(changed);
    const std::string left = text(fill(changed, four_designs()));
    for (const auto& word : words) {
      BOOST_TEST(contains(whole, word), word);
      BOOST_TEST(!contains(left, word), word << " in " << left);
    }
  };
  check([](PromptSetting& s) { s.parts.fairness = "none"; },
        {"fair", "Fair", "groups of people", "each group", "groups that", "weakest group", "Groups", "EODD", "EOPP"});
  check([](PromptSetting& s) { s.parts.hardware = false; },
        {"device", "cost", "operations", "parameters", "multiply", "memory", "atency", "throughput", "Limits", "k*k"});
  check([](PromptSetting& s) { s.parts.metrics = false; },
        {"accuracy 6", "Unfairness 0.", "loss 0", "12,345,678", "AUROC 0", "standard error of 2", "NOT COUNT", " | "});
  check([](PromptSetting& s) { s.parts.groups = false; }, {"young", "male", "weakest group", "25.99"});
}

BOOST_AUTO_TEST_CASE(a_limit_of_latency_is_told_though_no_rule_refuses_by_it) {
  PromptSetting limited = setting();
  limited.space = limited_words({.parameters = {}, .macs = {}, .memory_bytes = {}, .latency_us = 12500});
  const std::string told = text(fill(limited, {}));
  BOOST_TEST(contains(told, "an image should take at most 12.500 ms on the device"));
}

BOOST_AUTO_TEST_CASE(designs_that_failed_or_do_not_count_are_marked) {
  const std::string told = text(fill(setting(), four_designs()));
  BOOST_TEST(
      contains(told, "- d003: 32k3s1 relu max; 16k3s1 relu max; flatten -> its training failed: the loss is not a"));
  BOOST_TEST(contains(told,
                      "- d004 [DOES NOT COUNT, below the floor]: 40k3s1 relu max; 16k3s1 relu max; flatten -> 50.0 % | "
                      "0.712 | 84.0 % | 0.000 | 0.123 | 0.875/0.644 | 13/20 | 12.35 M | 2.00 M | 21.50\n"));
  BOOST_TEST(contains(told, "- d001 [BEST, front]: "));
  // Two standard errors of 2.13 points below 62 % are 57.74 %; d002 has 61 %, and d001 beats it in all three.
  BOOST_TEST(contains(told, "- d002 [counts]: "));
  BOOST_TEST(contains(told,
                      "a design counts with a balanced accuracy of 57.74 % and more; those that count are equally "
                      "fair up to an Unfairness of 0.262."));
  BOOST_TEST(contains(told, "Designs left, this one included: 6 of 10."));
  BOOST_TEST(contains(told, "## The best design so far\nd001: "));
}

BOOST_AUTO_TEST_CASE(a_best_design_below_the_floor_is_said_not_to_count) {
  History history;
  add(history, design(24), evaluated("d001", 0.3, 0.6, 0.5, 2'000'000));
  PromptSetting asked = setting();
  BOOST_TEST(contains(text(fill(asked, history)), "d001 (none reaches the floor yet, and so none counts): {"));
  asked.parts.metrics = false;
  BOOST_TEST(!contains(text(fill(asked, history)), "the floor"));
}

BOOST_AUTO_TEST_CASE(objectives_that_a_search_is_told_stand_in_the_prompt_in_their_order_with_their_meaning) {
  PromptSetting asked = setting();
  asked.rule.objectives = {"ece", "unfairness_sum", "energy"};
  History history = four_designs();
  for (Evaluation& evaluation : history.evaluations) {
    evaluation.scores.further = std::vector<MetricScore>{{.name = "ece", .value = 0.0625, .standard_error = 0.01}};
  }
  const std::string told = text(fill(asked, history));
  BOOST_TEST(contains(told, "1. Low expected calibration error: expected calibration error in 10 bins"));
  BOOST_TEST(contains(told, "2. Low unfairness, sum: sum over groups"));
  BOOST_TEST(contains(told, "3. Low energy: of one example on the target"));
  BOOST_TEST(!contains(told, "1. Fairness."));
  BOOST_TEST(contains(told, "Of the other objectives: expected calibration error 0.0625, energy unknown."));
  BOOST_TEST(contains(told, " | expected calibration error | energy\n"));
  asked.parts.fairness = "none", asked.parts.hardware = false;
  const std::string rest = text(fill(asked, history));
  BOOST_TEST(contains(rest, "1. Low expected calibration error"));
  BOOST_TEST(!contains(rest, "\n2. "));
}

BOOST_AUTO_TEST_CASE(the_stages_of_the_best_design_add_up_to_its_cost) {
  const Json best = canonical(nn::parse_architecture(design(24), "test"));
  // 3 x 24 x 9 weights at 224 x 224, 24 x 16 x 9 at 112 x 112, 16 x 56 x 56 x 2.
  const std::string stages = stages_text(best, {.classes = 2, .size = 224});
  BOOST_TEST(stages ==
             "stage 1 (to 24 x 112 x 112) 672 parameters, 32.51 M (43 %); stage 2 (to 16 x 56 x 56) 3,472 parameters, "
             "43.35 M (57 %); head 100,354 parameters, 0.10 M (0 %)");
}

BOOST_AUTO_TEST_CASE(groups_below_the_support_are_marked_and_never_the_weakest) {
  Evaluation evaluation = evaluated("d001", 0.2, 0.6, 0.6, 1);
  evaluation.scores.groups = {{"a", 200, 0.7, {}}, {"b", 9, 0.1, {}}, {"unknown", 50, 0.0, {}}};
  BOOST_TEST(worst_group_text(evaluation) == "'a' (70.00 % of 200 images)");
  BOOST_TEST(contains(groups_text(evaluation, {}), "- b: 10.00 % of 9 images, too few to count"));
}

BOOST_AUTO_TEST_CASE(every_earlier_design_is_told_by_group_with_the_number_of_images) {
  const std::string told = text(fill(setting(), four_designs()));
  BOOST_TEST(contains(told,
                      "By group, accuracy in %: male, 260 images | female, 240 images | young, 57 images | unknown, 4 "
                      "images\n- d001: 63.2 | 62.4 | 26.0 | 0.0\n- d002: 63.2 | 62.4 | 26.0 | 0.0\n- d004: 63.2"));
  History history = four_designs();
  for (Evaluation& evaluation : history.evaluations) evaluation.scores.groups.resize(2);
  BOOST_TEST(contains(text(fill(setting(), history)),
                      "By group, accuracy in % (recall of benign, malignant): male, 260 images (210, 50) | female, 240 "
                      "images (200, 40)\n- d001: 63.2 (65.0, 56.0) | 62.4 (64.0, 55.0)\n"));
}

BOOST_AUTO_TEST_CASE(unfairness_is_taken_apart_by_group_and_attribute) {
  // Accuracy 62.8 %: 0.004 of male, 0.004 of female, 0.368 of young; "unknown" has no term.
  const std::string told = text(fill(setting(), four_designs()));
  BOOST_TEST(contains(told, "(benign 25.4 % of 55, malignant 50.0 % of 2); 0.368 of the Unfairness\n"));
  BOOST_TEST(contains(told, "Unfairness by attribute: sex 0.009, age 0.368."));
}

BOOST_AUTO_TEST_CASE(the_best_design_s_training_is_told_by_epoch_with_its_threshold) {
  PromptSetting asked = setting();
  asked.detail = [](const Evaluation&) {
    TrainingDetail detail;
    for (int i = 1; i <= 40; ++i) {
      Epoch epoch;
      epoch.epoch = i, epoch.train_loss = 1.0 / i, epoch.validation_loss = 0.5, epoch.validation_auroc = 0.75;
      epoch.validation_balanced_accuracy = 0.61;
      detail.epochs.push_back(epoch);
    }
    detail.positive = "malignant", detail.mean_probability = 0.41, detail.share = 0.18;
    detail.best_threshold = metrics::OperatingPoint{.threshold = 0.62, .balanced_accuracy = 0.655};
    detail.calibration_error = 0.223;
    return detail;
  };
  const std::string told = text(fill(asked, four_designs()));
  BOOST_TEST(contains(told, "AUROC): 1: 1.000 0.500 61.0 0.750; 5: "));
  BOOST_TEST(contains(told, "; 13 (kept): 0.077 0.500 61.0 0.750; "));
  BOOST_TEST(contains(told, "; 40: 0.025 0.500 61.0 0.750.\n"));
  BOOST_TEST(contains(told,
                      "a threshold of 0.62 would be best, with a balanced accuracy of 65.5 %; mean probability of "
                      "malignant 0.41, where 0.18 are; expected calibration error 0.223."));
}

BOOST_AUTO_TEST_CASE(what_another_training_changes_is_told_where_it_was_tried) {
  PromptSetting asked = setting();
  asked.repeats = {evaluated("d001", 0.2, 0.6, 0.60, 1).scores, evaluated("d001", 0.3, 0.6, 0.64, 1).scores};
  const std::string told = text(fill(asked, four_designs()));
  BOOST_TEST(contains(told,
                      "balanced accuracy 60.0, 64.0 % (standard deviation 2.8); Unfairness 0.200, 0.300 (standard "
                      "deviation 0.071)."));
  BOOST_TEST(!contains(told, "which was not tried"));
  BOOST_TEST(contains(text(fill(setting(), four_designs())), "which was not tried"));
}

BOOST_AUTO_TEST_CASE(the_recipe_says_that_training_ends_early_only_where_it_can) {
  TrainConfig config;
  config.epochs = 3, config.patience = 8;
  std::string recipe = recipe_text(config, {}, {});
  BOOST_TEST(contains(recipe, "from scratch, 3 epochs in batches of 8."));
  BOOST_TEST(
      contains(recipe, "The epoch with the lowest validation loss is kept; training always runs to its last epoch"));
  config.epochs = 50;
  recipe = recipe_text(config, {.all = {{30, 10}, {3, 1}}, .groups = {}, .attributes = {}}, {"x", "y"});
  BOOST_TEST(contains(recipe, "at most 50 epochs of 40 images"));
  BOOST_TEST(contains(recipe, "training ends after 8 epochs without a better one"));
  BOOST_TEST(contains(recipe, "(x 0.67, y 2.00)"));  // 40 / (2 x 30), 40 / (2 x 10)
  config.class_weights = "none";
  BOOST_TEST(contains(recipe_text(config, {}, {}, 2), "its first 2 stages taken from the trained basic network"));
  BOOST_TEST(contains(recipe_text(config, {}, {}), "cross-entropy, all images alike"));
}

BOOST_AUTO_TEST_CASE(what_is_not_known_of_data_and_training_is_not_mentioned) {
  PromptSetting bare{
      .data = "d", .classes = {"a", "b"}, .size = 64, .device = "host", .space = words_of(load_cnn(), 64)};
  const std::string told = text(fill(bare, four_designs()));
  for (const char* word : {"sex", "age:", "skin", "dermat", "patient", "lesion", "Designs left", "Optimiser", "{{"})
    BOOST_TEST(!contains(told, word), word);
  BOOST_TEST(!contains(told, "\n\n\n"));
}

BOOST_AUTO_TEST_CASE(equal_histories_give_equal_prompts) {
  BOOST_TEST((fill(setting(), four_designs()) == fill(setting(), four_designs())));
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
  PromptSetting asked = setting();
  asked.repeats.assign(3, history.evaluations[0].scores);
  asked.detail = [](const Evaluation&) {
    TrainingDetail detail;
    for (int i = 1; i <= 50; ++i) {
      Epoch& epoch = detail.epochs.emplace_back();
      epoch.epoch = i, epoch.train_loss = epoch.validation_loss = 0.5;
      epoch.validation_balanced_accuracy = epoch.validation_auroc = 0.5;
    }
    detail.positive = "a class with a long name";
    detail.mean_probability = detail.share = detail.calibration_error = 0.5;
    detail.best_threshold = metrics::OperatingPoint{};
    return detail;
  };
  // With three characters to a token, which is few for English and about right for JSON: the question, a refused reply,
  // the rules that it broke, and a reply of LlmSettings' 2,048 tokens.
  const std::string again =
      refused_reply(std::string(5000, 'x')) + refusal(std::vector<std::string>(99, std::string(999, 'x')));
  BOOST_TEST(text(fill(asked, history)).size() + again.size() < 3u * (8192 - 2048));
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
