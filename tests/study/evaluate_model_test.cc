#include "harness/study/evaluate_model.h"

#include <torch/script.h>

#include <cmath>

#include "harness/base/command_line.h"
#include "harness/base/error.h"
#include "harness/evaluation/evaluate_file.h"
#include "tests/study/fixture.h"
#include "tests/support/verify.h"

using namespace flnas;
using test::contains;
using test::message_of;

BOOST_FIXTURE_TEST_SUITE(evaluate_model, test::Study)

BOOST_AUTO_TEST_CASE(a_trained_run_is_evaluated_again_with_the_same_metrics) {
  const RunRecord record = study::train_model(train("run"), registry);
  BOOST_TEST(record.command == command_of(train("run")));
  study::EvaluateRequest request;
  request.model = path / "run";
  request.data = {.folder = path / "data", .split = path / "split.json"};
  request.out = path / "again.csv";
  request.config.device = "cpu";
  request.config.threads = 1;
  const Predictions predictions = study::evaluate_model(request);
  BOOST_TEST(predictions.rows.size() == static_cast<std::size_t>(record.data.images.test));
  BOOST_TEST(evaluate_file({.predictions = {request.out.string()}}).at("accuracy") == record.metrics.at("accuracy"));

  request.data.split.clear();
  const Predictions all = study::evaluate_model(request);
  BOOST_TEST(all.rows.size() == 100U);
  BOOST_TEST(all.rows.front().subset == "all");
}

BOOST_AUTO_TEST_CASE(a_run_s_robustness_is_recorded_with_its_answers_and_verifies) {
  const RunRecord run = study::train_model(train("run"), registry);
  study::EvaluateRequest request;
  request.model = path / "run";
  request.data = {.folder = path / "data", .split = path / "split.json"};
  request.out = path / "robustness";
  request.robustness = true;
  request.config.device = "cpu";
  request.config.threads = 1;
  const RobustnessRecord record = study::evaluate_robustness(request);
  BOOST_TEST(record.conditions.size() == 26u);  // as they are; four corruptions and the attack at five levels each
  BOOST_TEST(record.n == run.data.images.test);
  BOOST_TEST(*record.conditions.front().figures.accuracy.value == run.metrics.at("accuracy").at("value").get<double>());
  BOOST_TEST(contains(record.command, "--robustness"));
  for (const auto& failure : test::verify(request.out).failures) BOOST_ERROR(failure.file + ": " + failure.message);
  std::string bytes = read_file(request.out / "predictions.csv");
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  write_file(request.out / "predictions.csv", bytes);
  BOOST_TEST(!test::verify(request.out).failures.empty());

  request.model = path / "run/model.pt";
  BOOST_TEST(contains(message_of<ConfigError>([&] { study::evaluate_robustness(request); }), "is no run's folder"));
}

BOOST_AUTO_TEST_CASE(where_no_task_is_named_it_is_the_data_set_s_first) {
  auto trained = train("run");
  trained.config.task = "";
  const RunRecord record = study::train_model(trained, registry);
  BOOST_TEST(record.data.task == "isic8");
  BOOST_TEST(record.effective.at("task") == "isic8");
  BOOST_TEST(!contains(record.command, "--task"));
  study::EvaluateRequest request;
  request.model = path / "run/model.pt";
  request.data = {.folder = path / "data", .split = path / "split.json"};
  request.out = path / "p.csv";
  request.config.size = 16;
  request.config.device = "cpu";
  request.config.threads = 1;
  BOOST_TEST(study::evaluate_model(request).classes.size() == 8u);
  // The adapter lies beside: the predictions are read without being told what they are of.
  BOOST_TEST(evaluate_file({.predictions = {request.out.string()}}).at("accuracy") == record.metrics.at("accuracy"));
  BOOST_TEST(std::filesystem::exists(adapter_beside(request.out)));
}

BOOST_AUTO_TEST_CASE(a_model_under_another_name_is_so_in_its_record) {
  auto request = train("named");
  request.name = "mine";
  BOOST_TEST(study::train_model(request, registry).model.name == "mine");
}

BOOST_AUTO_TEST_CASE(what_has_no_weights_is_refused_with_what_to_do) {
  study::EvaluateRequest request;
  request.model = "tiny";
  request.data.folder = path / "data";
  BOOST_TEST(contains(message_of<ConfigError>([&] { study::evaluate_model(request); }), "flnas train"));
  study::train_model(train("run"), registry);
  std::filesystem::remove(path / "run/model.pt");
  request.model = path / "run";
  BOOST_TEST(contains(message_of<ConfigError>([&] { study::evaluate_model(request); }), "finish it with: flnas train"));
}

BOOST_AUTO_TEST_CASE(weights_that_changed_since_they_were_written_are_not_used) {
  study::train_model(train("run"), registry);
  std::string bytes = read_file(path / "run/model.pt");
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 0x10);
  write_file(path / "run/model.pt", bytes);
  study::EvaluateRequest request;
  request.model = path / "run";
  request.data.folder = path / "data";
  request.out = path / "p.csv";
  const auto text = message_of<DataError>([&] { study::evaluate_model(request); });
  BOOST_TEST(contains(text, "run/model.pt: is not the file that the run wrote"));
  BOOST_TEST(!std::filesystem::exists(request.out));
}

BOOST_AUTO_TEST_CASE(outputs_that_are_no_numbers_are_no_predictions) {
  study::train_model(train("run"), registry);
  torch::jit::Module script = torch::jit::load((path / "run/model.pt").string());
  for (auto parameter : script.parameters()) parameter.detach().fill_(std::nan(""));
  script.save((path / "nan.pt").string());
  study::EvaluateRequest request;
  request.model = path / "nan.pt";
  request.data.folder = path / "data";
  request.out = path / "p.csv";
  request.config.task = "binary";
  request.config.size = 16;
  BOOST_TEST(contains(message_of<DataError>([&] { study::evaluate_model(request); }), "not numbers (NaN"));
  BOOST_TEST(!std::filesystem::exists(request.out));
}

BOOST_AUTO_TEST_CASE(what_was_removed_of_a_finished_run_is_made_again) {
  study::train_model(train("run"), registry);
  const std::string before = read_file(path / "run/predictions.csv");
  std::filesystem::remove(path / "run/predictions.csv");
  study::train_model(train("run"), registry);
  BOOST_TEST(read_file(path / "run/predictions.csv") == before);
}

BOOST_AUTO_TEST_CASE(a_checkpoint_that_changed_is_not_gone_on_with) {
  study::train_model(train("run"), registry);
  const auto checkpoint = path / "run/checkpoint.pt";
  const std::string whole = read_file(checkpoint);
  for (const std::size_t at : {whole.size() / 4, whole.size() / 2, whole.size() - 200}) {
    std::filesystem::remove(path / "run/predictions.csv");  // it has to be made again
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 0x10);
    write_file(checkpoint, changed);
    const auto text = message_of<DataError>([&] { study::train_model(train("run"), registry); });
    BOOST_TEST(contains(text, "checkpoint.pt: damaged"));
  }
  write_file(checkpoint, whole.substr(0, whole.find("\nflnas sha256 ")));  // as earlier versions wrote it
  study::train_model(train("run"), registry);
  BOOST_TEST(std::filesystem::exists(path / "run/predictions.csv"));
}

BOOST_AUTO_TEST_CASE(wrong_requests_are_refused_before_anything_is_written) {
  auto request = train("none");
  request.subset = "tests";
  BOOST_TEST(contains(message_of<ConfigError>([&] { study::train_model(request, registry); }), "did you mean 'test'"));
  request = train("none");
  request.model = "tinny";
  BOOST_TEST(contains(message_of<ConfigError>([&] { study::train_model(request, registry); }), "did you mean 'tiny'"));
  BOOST_TEST(!std::filesystem::exists(path / "none"));
}

BOOST_AUTO_TEST_SUITE_END()
