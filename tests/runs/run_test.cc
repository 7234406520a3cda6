#include "harness/runs/run.h"
#include "harness/runs/reference.h"

#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "datasets/synthetic/synth.h"
#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/json.h"
#include "harness/evaluation/evaluate.h"
#include "harness/nn/classifier.h"
#include "harness/nn/models/model.h"
#include "harness/nn/torchscript.h"
#include "harness/train/predict.h"
#include "searches/spaces/cnn/models/searched_models.h"
#include "tests/base/fixture.h"
#include "tests/support/verify.h"

namespace {

namespace fs = std::filesystem;
using namespace flnas;

/// Synthetic images with a split, and a run of Search-3 on them at 16 px.
struct Fixture {
  test::TemporaryFolder folder;
  fs::path root = folder.path;
  nn::ModelEntry entry = searches::searched_models().back();
  nn::ModelOptions options{.classes = 2, .size = 16};

  Fixture() {
    ::setenv("FLNAS_CACHE", (root / "cache").c_str(), 1);
    write_synthetic(root / "data", {.images = 120, .size = 16, .seed = 3});
    const Table table = read_table(root / "data", load_adapter("isic2019"));
    write_json(root / "split.json", split_to_json(make_split(table, {.protocol = "clean", .images = 0})));
  }

  RunRequest request(const std::string& out) const {
    RunRequest request;
    request.model = nn::describe_model(entry, options);
    request.make = [this] { return entry.make(options); };
    request.config.task = "binary";
    request.config.size = 16;
    request.config.epochs = 2;
    request.config.threads = 1;
    request.config.device = "cpu";
    request.data = {.folder = root / "data", .split = root / "split.json"};
    request.out = root / out;
    request.command = "flnas train search3";
    request.quiet = true;
    return request;
  }

  /// Of the run's predictions those of one part.
  std::vector<PredictionRow> rows_of(const std::string& run, const std::string& subset) const {
    auto rows = read_predictions(root / run / "predictions.csv", {"sex", "age"}).rows;
    std::erase_if(rows, [&](const PredictionRow& row) { return row.subset != subset; });
    return rows;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(run, Fixture)

BOOST_AUTO_TEST_CASE(a_run_leaves_a_record_that_verifies) {
  const RunRecord record = run_training(request("run"));
  BOOST_TEST(record.status == kPassed);
  BOOST_TEST(record.training->epochs_run == 2);
  for (const char* file : {"run.json", "history.jsonl", "predictions.csv", "checkpoint.pt", "model.pt"}) {
    BOOST_TEST(fs::exists(root / "run" / file), file);
  }
  const Verification verification = test::verify(root / "run");
  BOOST_TEST(verification.failures.empty());
  BOOST_TEST(verification.records == 1);
}

BOOST_AUTO_TEST_CASE(a_finished_run_is_returned_and_not_trained_again) {
  const RunRecord first = run_training(request("run"));
  const auto written = fs::last_write_time(root / "run/predictions.csv");
  const RunRecord second = run_training(request("run"));
  BOOST_TEST(second.finished == first.finished);
  BOOST_TEST((fs::last_write_time(root / "run/predictions.csv") == written));
}

BOOST_AUTO_TEST_CASE(two_runs_with_one_seed_give_the_same_bytes) {
  run_training(request("a"));
  run_training(request("b"));
  BOOST_TEST(read_file(root / "a/predictions.csv") == read_file(root / "b/predictions.csv"));
}

BOOST_AUTO_TEST_CASE(another_configuration_in_the_same_folder_is_refused) {
  run_training(request("run"));
  RunRequest other = request("run");
  other.config.lr = 0.5;
  BOOST_CHECK_EXCEPTION(run_training(other), ConfigError, [](const ConfigError& error) {
    return std::string(error.what()).find("lr 0.001 where this one has 0.5") != std::string::npos;
  });
}

BOOST_AUTO_TEST_CASE(other_images_under_the_same_tables_are_refused_and_a_record_without_their_digest_is_not) {
  const RunRecord first = run_training(request("run"));
  BOOST_TEST(first.inputs.at("images").size() == 64U);
  const fs::path image = fs::directory_iterator(root / "data/ISIC_2019_Training_Input")->path();
  std::string bytes = read_file(image);
  bytes[bytes.size() - 10] = static_cast<char>(bytes[bytes.size() - 10] ^ 1);
  write_file(image, bytes);
  BOOST_CHECK_EXCEPTION(run_training(request("run")), ConfigError, [](const ConfigError& error) {
    return std::string(error.what()).find("holds a run with images \"") != std::string::npos;
  });
  RunRecord old = first;
  old.inputs.erase("images");
  write_run(root / "run", old);
  BOOST_TEST(run_training(request("run")).finished == first.finished);
}

BOOST_AUTO_TEST_CASE(a_run_of_a_fold_answers_its_images_and_says_which_fold_it_is) {
  const Table table = read_table(root / "data", load_adapter("isic2019"));
  const SplitConfig config{.protocol = "crossfit", .images = 0, .folds = 2};
  const Split split = make_split(table, config);
  write_json(root / "split.json", split_to_json(split));
  RunRequest asked = request("run");
  asked.config.epochs = 1;
  BOOST_CHECK_EXCEPTION(run_training(asked), ConfigError, [](const ConfigError& error) {
    return std::string(error.what()).find("say which fold with --fold 1 to 2") != std::string::npos;
  });
  asked.data.fold = 2;
  const RunRecord record = run_training(asked);
  BOOST_TEST(record.fold.value() == 2);
  BOOST_TEST(record.data.images.test == static_cast<std::int64_t>(split.folds[1].test.size()));
  std::vector<std::string> answered;
  for (const auto& row : rows_of("run", "test")) answered.push_back(row.image);
  BOOST_TEST(answered == split.folds[1].test, boost::test_tools::per_element());
  BOOST_TEST(test::verify(root / "run").failures.empty());
  asked.data.fold = 1;
  BOOST_CHECK_EXCEPTION(run_training(asked), ConfigError, [](const ConfigError& error) {
    return std::string(error.what()).find("fold 2 where this one has 1") != std::string::npos;
  });
}

BOOST_AUTO_TEST_CASE(joined_lesions_are_one_in_the_predictions) {
  const Table table = read_table(root / "data", load_adapter("isic2019"));
  const RowPairs pair{{0, 119}};
  const Split split = make_split(table, {.protocol = "crossfit", .images = 0, .folds = 2},
                                 [&](const Table&, const RowIndices&) { return pair; });
  write_json(root / "split.json", split_to_json(split));
  RunRequest asked = request("run");
  asked.data.fold = 1;
  const RunData data(asked.data, "binary", 16);
  BOOST_TEST(data.table().rows[0].lesion == data.table().rows[119].lesion);
  BOOST_TEST(table.rows[0].lesion != table.rows[119].lesion);
}

BOOST_AUTO_TEST_CASE(a_folder_with_something_else_in_it_is_refused_and_left_alone) {
  write_file(root / "run/letter.txt", "mine");
  BOOST_CHECK_THROW(run_training(request("run")), ConfigError);
  BOOST_TEST(read_file(root / "run/letter.txt") == "mine");
}

BOOST_AUTO_TEST_CASE(a_run_that_diverges_is_recorded_as_failed_with_the_reason) {
  RunRequest diverging = request("run");
  diverging.config.lr = 1e30;
  BOOST_CHECK_THROW(run_training(diverging), Error);
  const RunRecord record = read_run(root / "run");
  BOOST_TEST(record.status == kFailed);
  BOOST_TEST(record.reason.find("the loss is not a number") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_run_that_cannot_fit_is_recorded_with_the_figures_and_not_begun) {
  RunRequest large = request("run");
  large.limits.max_memory = 0.1;  // the libraries alone are counted with a quarter
  const std::string message = test::message_of<Error>([&] { run_training(large); });
  BOOST_TEST(test::contains(message, "search3: training needs about "), message);
  BOOST_TEST(test::contains(message, "and 102.4 MiB are allowed"), message);
  const RunRecord record = read_run(root / "run");
  BOOST_TEST(record.status == kFailed);
  BOOST_TEST(record.reason == message);
  BOOST_TEST(!fs::exists(root / "run/checkpoint.pt"));
  large.limits.max_memory = 0;
  BOOST_TEST(run_training(large).status == kPassed);
}

BOOST_AUTO_TEST_CASE(a_run_that_goes_beyond_its_time_is_recorded_and_ends_the_same_when_it_is_continued) {
  const RunRecord whole = run_training(request("whole"));
  RunRequest late = request("run");
  late.limits.max_time = 1e-9;
  const std::string message = test::message_of<Error>([&] { run_training(late); });
  BOOST_TEST(message == "its 1e-09 minutes (--max-time) were over in epoch 1; the same command begins again");
  BOOST_TEST(read_run(root / "run").reason == message);
  late.limits.max_time = 60;
  BOOST_TEST(run_training(late).status == kPassed);
  BOOST_TEST(read_file(root / "run/predictions.csv") == read_file(root / "whole/predictions.csv"));
}

BOOST_AUTO_TEST_CASE(limits_below_nothing_are_refused) {
  RunRequest odd = request("run");
  odd.limits = {.max_memory = -1, .max_time = -2};
  const std::string message = test::message_of<ConfigError>([&] { run_training(odd); });
  BOOST_TEST(message == "--max-memory must be 0 or more GiB, not -1; --max-time must be 0 or more minutes, not -2");
}

BOOST_AUTO_TEST_CASE(the_saved_model_gives_the_predictions_of_the_record) {
  const RunRequest asked = request("run");
  run_training(asked);
  const auto model = nn::load_torchscript(root / "run/model.pt", options);
  const RunData data(asked.data, "binary", 16);
  const Predictions again = predict(*model, data, "test", use_device(effective_config(asked.config)));
  const auto stored = rows_of("run", "test");
  BOOST_TEST_REQUIRE(again.rows.size() == stored.size());
  for (std::size_t i = 0; i < again.rows.size(); ++i) {
    BOOST_TEST(again.rows[i].image == stored[i].image);
    BOOST_TEST(std::abs(again.rows[i].probabilities[0] - stored[i].probabilities[0]) < 1e-5);
  }
}

BOOST_AUTO_TEST_CASE(the_operating_point_is_chosen_on_the_validation_part) {
  const RunRecord record = run_training(request("run"));
  const auto validation = rows_of("run", "validation");
  BOOST_TEST(static_cast<std::int64_t>(validation.size()) == record.data.images.validation);
  BOOST_TEST(record.metrics.at("subset") == "test");
  BOOST_TEST(record.metrics.at("n") == record.data.images.test);
  const Json& point = record.metrics.at("operating_point");
  BOOST_TEST_REQUIRE(point.is_object());
  BOOST_TEST(point.at("n") == record.data.images.validation);
  int called = 0;
  const double threshold = point.at("threshold").get<double>();
  for (const auto& row : rows_of("run", "test")) {
    called += row.label == "malignant" && row.probabilities[1] >= threshold ? 1 : 0;
  }
  const double positives = record.metrics.at("class_n").at("malignant").get<double>();
  BOOST_TEST(std::abs(point.at("tpr").at("value").get<double>() - called / positives) < 1e-9);
  BOOST_TEST(test::verify(root / "run").failures.empty());
}

BOOST_AUTO_TEST_CASE(the_constant_predictor_answers_with_the_majority_class) {
  const RunRequest asked = request("run");
  const RunRecord record = run_reference({.name = kConstant,
                                          .data = asked.data,
                                          .config = asked.config,
                                          .out = root / "constant",
                                          .command = "flnas reproduce"});
  BOOST_TEST(record.metrics.at("balanced_accuracy").at("value") == 0.5);
  for (const auto& row : read_predictions(root / "constant/predictions.csv", {}).rows) {
    BOOST_TEST(row.prediction == "benign");
  }
}

BOOST_AUTO_TEST_SUITE_END()
