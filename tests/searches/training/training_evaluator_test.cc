#include "searches/training/training_evaluator.h"

#include <boost/test/unit_test.hpp>

#include "datasets/splits/split.h"
#include "datasets/synthetic/synth.h"
#include "harness/base/files.h"
#include "harness/nn/classifier.h"
#include "harness/nn/torchscript.h"
#include "harness/records/predictions.h"
#include "harness/records/store.h"
#include "harness/records/summaries.h"
#include "harness/train/checkpoint.h"
#include "searches/spaces/cnn/cnn_networks.h"
#include "searches/training/design_text.h"
#include "searches/training/run_image_counts.h"
#include "searches/training/short_training.h"
#include "tests/searches/fixture.h"
#include "tests/support/processor_time.h"
#include "tests/support/verify.h"

namespace {

namespace fs = std::filesystem;
using namespace flnas;
using namespace flnas::tests;

struct Fixture {
  test::TemporaryFolder folder;
  fs::path root = folder.path;
  std::shared_ptr<const CnnSpace> cnn{new CnnSpace(cnn_space(16))};
  TrainedSpace space = trained_cnn(cnn);

  Fixture() {
    ::setenv("FLNAS_CACHE", (root / "cache").c_str(), 1);
    write_synthetic(root / "data", {.images = 120, .size = 16, .seed = 3});
    const Table table = read_table(root / "data", load_adapter("isic2019"));
    write_json(root / "split.json", split_to_json(make_split(table, {.protocol = "clean", .images = 0})));
  }

  TrainingEvaluatorConfig config() const {
    TrainingEvaluatorConfig made;
    made.train.task = "binary";
    made.train.size = 16;
    made.train.epochs = 1;
    made.train.threads = 1;
    made.train.device = "cpu";
    made.data = {.folder = root / "data", .split = root / "split.json"};
    made.out = root / "out";
    made.target = load_platform("host");
    made.latency_seconds = 0.01;
    made.command = [](const fs::path&, std::uint64_t, const fs::path&) { return "flnas train"; };
    made.search_command = "flnas search";
    return made;
  }
  Candidate candidate(int channels) const { return *cnn->parse(design(channels)).candidate; }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(training_evaluator, Fixture)

BOOST_AUTO_TEST_CASE(a_design_is_scored_on_validation_and_the_test_subset_is_left_alone) {
  TrainingEvaluator evaluator(space, config());
  const Evaluation evaluation = evaluator.evaluate(candidate(16));
  BOOST_TEST(evaluation.status == kPassed);
  BOOST_TEST(evaluation.scores.unfairness_sum.has_value());
  BOOST_TEST(evaluation.scores.groups.size() == 6u);
  BOOST_TEST(evaluation.cost.latency_mark == "measured");
  BOOST_TEST(*evaluation.cost.latency_us > 0);
  const auto predictions = read_predictions(root / "out" / evaluation.run / "predictions.csv", {});
  for (const auto& row : predictions.rows) BOOST_TEST_REQUIRE(row.subset == "validation");
  fs::copy(root / "split.json", root / "out/split.json");
  for (const auto& failure : test::verify(root / "out").failures) BOOST_ERROR(failure.file + ": " + failure.message);
}

BOOST_AUTO_TEST_CASE(scores_have_standard_errors_and_the_recall_of_each_class_in_each_group) {
  TrainingEvaluator evaluator(space, config());
  const Evaluation evaluation = evaluator.evaluate(candidate(16));
  const DesignScores& scores = evaluation.scores;
  // None where so short a training answers one class alone.
  const double error = scores.balanced_accuracy_se.value_or(-1);
  BOOST_TEST((*scores.balanced_accuracy == 0.5 ? error >= 0.0 : error > 0.0), error);
  BOOST_TEST(error < 0.5);
  BOOST_TEST(scores.unfairness_se.value_or(-1) >= 0.0);
  BOOST_TEST(scores.unfairness_by_chance.value_or(-1) >= 0.0);
  BOOST_TEST(scores.auroc.has_value());
  BOOST_TEST(*scores.epochs_run == 1);
  BOOST_TEST(*scores.best_epoch == 1);
  // Prompts tell of them.
  BOOST_TEST(test::contains(evaluator.noise({evaluation}), "balanced accuracy has a standard error of"));
  BOOST_TEST(evaluator.noise({}) == "");
  BOOST_TEST(evaluator.cost_source({evaluation}).starts_with("latencies are measured on host, medians"));
  for (const GroupScore& group : scores.groups) {
    BOOST_TEST_REQUIRE(group.classes.has_value(), group.name);
    double right = 0;
    std::int64_t rows = 0;
    for (const ClassScore& of : *group.classes) {
      rows += of.n;
      right += of.recall.value_or(0) * static_cast<double>(of.n);
    }
    BOOST_TEST(rows == group.n, group.name);
    if (group.accuracy) {
      BOOST_TEST(right / static_cast<double>(rows) == *group.accuracy, boost::test_tools::tolerance(1e-9));
    }
  }
}

BOOST_AUTO_TEST_CASE(the_groups_terms_add_up_to_unfairness) {
  TrainingEvaluator evaluator(space, config());
  const DesignScores scores = evaluator.evaluate(candidate(16)).scores;
  double sum = 0;
  for (const GroupScore& group : scores.groups) sum += unfairness_term(group, scores).value_or(0);
  BOOST_TEST(sum == *scores.unfairness_sum, boost::test_tools::tolerance(1e-9));
}

BOOST_AUTO_TEST_CASE(a_run_tells_its_epochs_and_how_far_its_probabilities_can_be_trusted) {
  TrainingEvaluator evaluator(space, config());
  Evaluation evaluation = evaluator.evaluate(candidate(16));
  const TrainingDetail detail = evaluator.detail(evaluation);
  BOOST_TEST_REQUIRE(detail.epochs.size() == 1u);
  BOOST_TEST(*detail.epochs[0].validation_loss == *evaluation.scores.validation_loss);
  BOOST_TEST(detail.positive == "malignant");
  BOOST_TEST(*detail.mean_probability > 0);
  BOOST_TEST(*detail.mean_probability < 1);
  BOOST_TEST(detail.calibration_error.has_value());
  // 0.5 is one of the thresholds that it was chosen among.
  BOOST_TEST(detail.best_threshold->balanced_accuracy >= *evaluation.scores.balanced_accuracy - 1e-9);
  evaluation.run = "runs/gone";
  BOOST_TEST(evaluator.detail(evaluation).epochs.empty());
}

BOOST_AUTO_TEST_CASE(the_basic_network_is_trained_several_times_once_and_beside_the_search) {
  const auto runs = [&] {
    const fs::directory_iterator folders(root / "out/runs");
    return std::distance(begin(folders), end(folders));
  };
  TrainingEvaluator evaluator(space, config());
  BOOST_TEST(evaluator.repeat_basic(2).size() == 2u);
  BOOST_TEST(runs() == 2);
  BOOST_TEST(evaluator.trained() == 0);
  BOOST_TEST(test::contains(evaluator.noise({}), "the basic network, trained several times"));
  const auto first = TrainingEvaluator(space, config()).repeat_basic(2);
  BOOST_TEST(runs() == 2);
  BOOST_TEST(*first[1].auroc == *evaluator.repeat_basic(2)[1].auroc);
}

BOOST_AUTO_TEST_CASE(objectives_that_are_named_are_what_designs_are_judged_by_and_verify) {
  TrainingEvaluatorConfig made = config();
  made.objectives = {"ece", "auroc", "robust_accuracy", "energy", "parameters"};
  TrainingEvaluator evaluator(space, made);
  const Evaluation evaluation = evaluator.evaluate(candidate(16));
  BOOST_TEST(evaluator.objective_names() ==
                 (std::vector<std::string>{"ece", "1 - auroc", "1 - robust_accuracy", "energy_mj", "parameters"}),
             boost::test_tools::per_element());
  BOOST_REQUIRE(evaluation.scores.further.has_value());
  BOOST_TEST_REQUIRE(evaluation.scores.further->size() == 3u);  // costs are no scores
  const metrics::Point point = evaluator.objectives(evaluation);
  BOOST_TEST_REQUIRE(point.size() == 5u);
  BOOST_TEST(point[0] == *evaluation.scores.further->at(0).value);
  BOOST_TEST(point[1] == 1 - *evaluation.scores.further->at(1).value);
  BOOST_TEST(point[2] == 1 - *evaluation.scores.further->at(2).value);
  BOOST_TEST(evaluation.scores.further->at(2).standard_error.value_or(-1) >= 0);
  BOOST_TEST(point[3] > 0);
  BOOST_TEST((evaluation.cost.energy_mark == "measured" || evaluation.cost.energy_mark == "estimated"));
  BOOST_TEST(evaluator.best_rule()->order().front() == "ece");
  BOOST_TEST(evaluator.goal().starts_with("a low expected calibration error (expected"));
  BOOST_TEST(test::contains(evaluator.figures(evaluation), "energy "));
}

BOOST_AUTO_TEST_CASE(images_are_counted_by_class_and_by_the_adapter_s_groups) {
  const RunData data(config().data, "binary", 16);
  const ImageCounts counts = count_images(data);
  BOOST_TEST(sum_of(counts.all.train) == data.info().images.train);
  BOOST_TEST(sum_of(counts.all.validation) == data.info().images.validation);
  BOOST_TEST(counts.groups.size() == 5u);
  std::int64_t of_sex = 0;
  for (const GroupImages& group : counts.groups) {
    if (group.attribute == "sex") of_sex += sum_of(group.images.train);
  }
  BOOST_TEST(of_sex <= data.info().images.train);
  BOOST_TEST(of_sex > 0);
  BOOST_TEST(counts.attributes == (std::vector<std::string>{
                                      "sex: male, female", "age: young (below 30), middle (30 to 65), old (above 65)"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(short_trainings_are_ranked_against_the_epochs_that_were_kept) {
  History history;
  const auto train = [&](const std::string& run, const std::vector<double>& losses) {
    std::string lines;
    int epoch = 0;
    for (const double loss : losses) {
      Epoch made;
      made.epoch = ++epoch;
      made.validation_loss = loss;
      lines += record_to_json(made).dump() + "\n";
    }
    fs::create_directories(root / run);
    write_file(root / run / "history.jsonl", lines);
    Evaluation& evaluation = history.evaluations.emplace_back();
    evaluation.status = kPassed;
    evaluation.run = run;
  };
  train("a", {3, 1}), train("b", {2, 2});
  BOOST_TEST(short_training(root, history, "loss").is_null());
  train("c", {1, 3, 0.5});
  // Kept are 1, 2 and 0.5. After epoch 1 the losses are 3, 2, 1; after 2: 1, 2, 3; after 3: 1, 2, 0.5.
  const Json found = short_training(root, history, "loss");
  BOOST_TEST(found["designs"] == 3);
  BOOST_TEST(found["spearman"].size() == 3u);
  BOOST_TEST(found["spearman"][0].get<double>() == 0.5, boost::test_tools::tolerance(1e-9));
  BOOST_TEST(found["spearman"][1].get<double>() == -0.5, boost::test_tools::tolerance(1e-9));
  BOOST_TEST(found["spearman"][2].get<double>() == 1.0, boost::test_tools::tolerance(1e-9));
}

BOOST_AUTO_TEST_CASE(a_known_design_is_not_trained_again_and_costs_under_a_millisecond) {
  TrainingEvaluator evaluator(space, config());
  const Evaluation first = evaluator.evaluate(candidate(16));
  const Candidate again = candidate(16);
  const double start = test::processor_seconds();
  for (int i = 0; i < 100; ++i) evaluator.evaluate(again);
  BOOST_TEST((test::processor_seconds() - start) / 100 < 0.001);
  BOOST_TEST(evaluator.trained() == 1);
  History history;
  history.evaluations.push_back(first);
  TrainingEvaluator other(space, config());
  other.preload(history);
  BOOST_TEST(*other.evaluate(again).scores.accuracy == *first.scores.accuracy);
  BOOST_TEST(other.trained() == 0);
}

BOOST_AUTO_TEST_CASE(a_design_that_diverges_is_a_result) {
  TrainingEvaluatorConfig diverging = config();
  diverging.train.lr = 1e30;
  const Evaluation evaluation = TrainingEvaluator(space, diverging).evaluate(candidate(16));
  BOOST_TEST(evaluation.status == kFailed);
  BOOST_TEST(test::contains(evaluation.reason, "the loss is not a number"));
  BOOST_TEST(evaluation.cost.parameters > 0);
}

BOOST_AUTO_TEST_CASE(a_session_s_images_are_read_once_and_give_the_same_run) {
  TrainingEvaluatorConfig loaded = config();
  loaded.loaded = std::make_shared<const RunData>(loaded.data, "binary", 16);
  const Evaluation alone = TrainingEvaluator(space, config()).evaluate(candidate(16));
  loaded.out = root / "again";
  const Evaluation shared = TrainingEvaluator(space, loaded).evaluate(candidate(16));
  BOOST_TEST(*shared.scores.train_loss == *alone.scores.train_loss);
}

BOOST_AUTO_TEST_CASE(a_fault_of_the_data_is_no_fault_of_the_design) {
  TrainingEvaluatorConfig wrong = config();
  wrong.data.split = root / "none.json";
  TrainingEvaluator evaluator(space, wrong);
  BOOST_CHECK_THROW(evaluator.evaluate(candidate(16)), Error);
}

BOOST_AUTO_TEST_CASE(a_platform_that_is_elsewhere_is_estimated_and_marked) {
  TrainingEvaluatorConfig elsewhere = config();
  elsewhere.target = load_platform("pi4");
  elsewhere.target.efficiency = Efficiency{.convolution = 0.5,
                                           .pointwise = 0.5,
                                           .depthwise = 0.1,
                                           .linear = 0.2,
                                           .memory = 0.5,
                                           .pooling = 0.5,
                                           .overhead_us = 10,
                                           .median_error = 0.1,
                                           .ratio_low = 0.5,
                                           .ratio_high = 2};
  const Evaluation estimated = TrainingEvaluator(space, elsewhere).evaluate(candidate(16));
  BOOST_TEST(estimated.cost.target == "pi4");
  BOOST_TEST(estimated.cost.latency_mark == "estimated");
  BOOST_TEST(*estimated.cost.latency_us > 0);
  elsewhere.target.efficiency.reset();
  BOOST_TEST(!TrainingEvaluator(space, elsewhere).evaluate(candidate(16)).cost.latency_us);
}

BOOST_AUTO_TEST_CASE(the_report_takes_the_test_subset_once) {
  const TrainingEvaluatorConfig made = config();
  TrainingEvaluator evaluator(space, made);
  const Evaluation evaluation = evaluator.evaluate(candidate(16));
  const Json metrics = evaluator.report(evaluation, cnn->canonical(candidate(16)));
  BOOST_TEST(metrics["subset"] == "test");
  write_json(root / "out/reported" / evaluation.hash / "metrics.json", Json{{"mine", 1}});
  BOOST_TEST(evaluator.report(evaluation, cnn->canonical(candidate(16))) == (Json{{"mine", 1}}));
}

BOOST_AUTO_TEST_CASE(a_frozen_head_keeps_the_template_s_weights) {
  TrainingEvaluator evaluator(trained_cnn(cnn, 1), config());
  Json proposal = nn::to_json(cnn->definition().basic);
  proposal["stages"][1]["channels"] = 48;
  const Evaluation evaluation = evaluator.evaluate(*cnn->parse(proposal).candidate);
  BOOST_TEST(evaluation.status == kPassed);
  BOOST_TEST(read_run(root / "out" / evaluation.run).command == "flnas search");
  std::map<std::string, std::vector<at::Tensor>> tensors;
  for (const auto& run : fs::directory_iterator(root / "out/runs")) {
    for (const auto& [name, tensor] :
         nn::copy_state(*nn::load_torchscript(run.path() / "model.pt", {.classes = 2, .size = 16}))) {
      tensors[name].push_back(tensor);
    }
  }
  BOOST_TEST_REQUIRE(tensors["stages.0.block.0.weight"].size() == 2u);
  BOOST_TEST(tensors["stages.0.block.0.weight"][0].equal(tensors["stages.0.block.0.weight"][1]));
  BOOST_TEST(!tensors["head.0.bias"][0].equal(tensors["head.0.bias"][1]));
}

BOOST_AUTO_TEST_SUITE_END()
