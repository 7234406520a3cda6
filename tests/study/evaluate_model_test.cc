#include "harness/study/evaluate_model.h"

#include "harness/base/command_line.h"
#include "harness/base/error.h"
#include "harness/evaluation/evaluate_file.h"
#include "tests/study/fixture.h"

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
