#include "tests/support/verify.h"
#include "harness/evaluation/old/rescored.h"
#include "harness/evaluation/old/version1.h"
#include "harness/records/digest.h"
#include "tests/records/fixture.h"
#include "tests/support/paths.h"

namespace flnas {
namespace {

namespace fs = std::filesystem;
using test::contains;
using test::FakeReproduction;
using test::verify;

/// The rules that are broken in a file, in order.
std::vector<std::string> broken(const Verification& found, const std::string& file) {
  std::vector<std::string> rules;
  for (const auto& failure : found.failures) {
    if (failure.file == file) rules.push_back(failure.rule);
  }
  return rules;
}

bool has(const std::vector<std::string>& rules, const std::string& rule) {
  return std::find(rules.begin(), rules.end(), rule) != rules.end();
}

/// Changes one byte at about 40 places of a file in turn; every change has to be found.
void tamper(const fs::path& folder, const fs::path& file) {
  const std::string content = read_file(file);
  const std::size_t step = std::max<std::size_t>(1, content.size() / 40);
  for (std::size_t at = 0; at < content.size(); at += step) {
    std::string changed = content;
    changed[at] = changed[at] == '7' ? '8' : '7';
    write_file(file, changed);
    BOOST_TEST_CONTEXT(file << " byte " << at) { BOOST_TEST(!verify(folder).failures.empty()); }
  }
  write_file(file, content);
  BOOST_TEST(verify(folder).failures.empty());
}

/// Writes a changed record with a new digest, as someone would who wants to pass.
void forge(const fs::path& folder, const std::function<void(RunRecord&)>& change) {
  RunRecord record = read_run(folder);
  change(record);
  write_run(folder, record);
}

BOOST_AUTO_TEST_SUITE(verification)

BOOST_AUTO_TEST_CASE(a_reproduction_as_written_is_valid_and_says_which_weights_are_not_here) {
  const FakeReproduction reproduction;
  const auto found = verify(reproduction.out());
  for (const auto& failure : found.failures)
    BOOST_ERROR(failure.file << " " << failure.where << " " << failure.message);
  BOOST_TEST(found.records == 4);  // the study, two runs, a measurement
  BOOST_REQUIRE(found.skipped.size() == 1u);
  BOOST_TEST(contains(found.skipped[0], "runs/search3-s1-0123456789ab/model.pt: weights are not here"));
}

BOOST_AUTO_TEST_CASE(one_changed_byte_is_found_in_every_file) {
  const FakeReproduction reproduction;
  for (const fs::path& file : {reproduction.run() / "run.json", reproduction.run() / "predictions.csv",
                               reproduction.run() / "history.jsonl", reproduction.hardware() / "run.json",
                               reproduction.hardware() / "latency.json", reproduction.out() / "split.json",
                               reproduction.out() / "reproduce.json", reproduction.out() / kStatisticsFile}) {
    tamper(reproduction.out(), file);
  }
}

BOOST_AUTO_TEST_CASE(a_record_that_was_laid_out_anew_is_not_as_it_was_written) {
  const FakeReproduction reproduction;
  const Json json = read_json(reproduction.run() / "run.json");
  write_file(reproduction.run() / "run.json", json.dump(4) + "\n");
  const auto found = verify(reproduction.out());
  BOOST_REQUIRE(found.failures.size() == 1u);
  BOOST_TEST(found.failures[0].rule == "digest");
}

BOOST_AUTO_TEST_CASE(the_split_is_checked_where_no_run_refers_to_it) {
  const FakeReproduction reproduction;
  Reproduction changed = read_reproduction(reproduction.out());
  changed.runs.clear();
  changed.finished.reset();
  write_reproduction(reproduction.out(), changed);
  fs::remove_all(reproduction.out() / "runs");
  fs::remove(reproduction.out() / kStatisticsFile);
  BOOST_TEST(verify(reproduction.out()).failures.empty());
  write_file(reproduction.out() / "split.json", "{}\n");
  BOOST_TEST(has(broken(verify(reproduction.out()), "split.json"), "sha256"));
  fs::remove(reproduction.out() / "split.json");
  BOOST_TEST(has(broken(verify(reproduction.out()), "split.json"), "present"));
}

BOOST_AUTO_TEST_CASE(a_run_or_a_folder_of_reproductions_can_be_verified_too) {
  const FakeReproduction reproduction;
  BOOST_TEST(verify(reproduction.run()).records == 1);
  BOOST_TEST(verify(reproduction.run()).failures.empty());
  const test::TemporaryFolder several;
  fs::copy(reproduction.out(), several / "a", fs::copy_options::recursive);
  fs::copy(reproduction.out(), several / "b", fs::copy_options::recursive);
  BOOST_TEST(verify(several.path).records == 8);
  fs::remove(several / "b/runs/constant/predictions.csv");
  const auto found = verify(several.path);
  BOOST_TEST(has(broken(found, "b/runs/constant/predictions.csv"), "present"));
  BOOST_TEST(broken(found, "a/runs/constant/predictions.csv").empty());
}

BOOST_AUTO_TEST_CASE(a_metric_that_the_predictions_do_not_give_is_named_by_its_key) {
  const FakeReproduction reproduction;
  forge(reproduction.run(), [](RunRecord& record) { record.metrics["eodd"]["value"] = 0.001; });
  const auto found = verify(reproduction.out());
  BOOST_REQUIRE(found.failures.size() == 1u);
  BOOST_TEST(found.failures[0].where == "metrics.eodd.value");
  BOOST_TEST(found.failures[0].rule == "metrics");
  BOOST_TEST(contains(found.failures[0].message, "recorded 0.001, recomputed 0."));
}

BOOST_AUTO_TEST_CASE(a_missing_or_an_added_key_in_metrics_is_found) {
  const FakeReproduction reproduction;
  forge(reproduction.run(), [](RunRecord& record) {
    record.metrics.erase("eopp2");
    record.metrics["extra"] = 1;
  });
  BOOST_TEST(verify(reproduction.out()).failures.size() == 2u);
}

BOOST_AUTO_TEST_CASE(training_figures_are_those_of_the_history) {
  const FakeReproduction reproduction;
  forge(reproduction.run(), [](RunRecord& record) { record.training->best_epoch = 3; });
  const auto found = verify(reproduction.out());
  BOOST_REQUIRE(found.failures.size() == 1u);
  BOOST_TEST(found.failures[0].where == "training.best_epoch");
}

BOOST_AUTO_TEST_CASE(latency_figures_are_those_of_the_samples) {
  const FakeReproduction reproduction;
  HardwareRecord record = read_hardware(reproduction.hardware());
  record.latency->median_us = 1;
  write_hardware(reproduction.hardware(), record);
  const auto found = verify(reproduction.out());
  BOOST_REQUIRE(found.failures.size() == 1u);
  BOOST_TEST(found.failures[0].where == "latency.median_us");
}

BOOST_AUTO_TEST_CASE(predicted_images_have_to_be_the_splits_test_images) {
  const FakeReproduction reproduction;
  const Adapter adapter = load_adapter("isic2019");
  auto predictions = read_predictions(reproduction.run() / "predictions.csv", attribute_columns(adapter));
  predictions.rows[3].image = "IMG_99";
  write_predictions(reproduction.run() / "predictions.csv", predictions);
  forge(reproduction.run(), [&](RunRecord& record) {
    record.files["predictions.csv"] = sha256_file(reproduction.run() / "predictions.csv");
    metrics::BootstrapConfig config;
    config.resamples = 50;
    record.metrics = evaluate_predictions(predictions, adapter, adapter.task("binary"), "test",
                                          {.min_support = 0, .bootstrap = config});
  });
  write_statistics(reproduction.out());
  const auto found = verify(reproduction.out());
  BOOST_REQUIRE(found.failures.size() == 1u);
  BOOST_TEST(found.failures[0].rule == "split");
  BOOST_TEST(found.failures[0].where == "IMG_03");
}

BOOST_AUTO_TEST_CASE(metrics_of_the_first_version_are_recomputed_as_they_were) {
  const FakeReproduction reproduction;
  const Adapter adapter = load_adapter("isic2019");
  for (const auto& name : {"runs/search3-s1-0123456789ab", "runs/constant"}) {
    const auto predictions =
        read_predictions(reproduction.out() / name / "predictions.csv", attribute_columns(adapter));
    forge(reproduction.out() / name, [&](RunRecord& record) {
      record.metrics = evaluate_version1(predictions, adapter, adapter.task("binary"), "test", {.resamples = 50});
    });
  }
  write_with_digest(reproduction.out() / kStatisticsFile, statistics_version1(Store::open(reproduction.out())));
  BOOST_TEST(verify(reproduction.out()).failures.empty());
  forge(reproduction.run(), [](RunRecord& record) { record.metrics["eodd"]["high"] = 0.999; });
  const auto found = verify(reproduction.out());
  BOOST_REQUIRE(found.failures.size() == 1u);
  BOOST_TEST(found.failures[0].where == "metrics.eodd.high");
}

BOOST_AUTO_TEST_CASE(a_run_on_its_own_is_compared_with_its_split_where_that_is_near) {
  const FakeReproduction reproduction;
  const test::TemporaryFolder alone;
  fs::copy(reproduction.run(), alone / "run", fs::copy_options::recursive);
  write_file(alone / "split.json", "{}");  // of something else
  const auto without = verify(alone / "run");
  BOOST_TEST(without.failures.empty());
  BOOST_TEST(without.skipped.size() == 2u);
  fs::copy(reproduction.out() / "split.json", alone / "split.json", fs::copy_options::overwrite_existing);
  BOOST_TEST(verify(alone / "run").skipped.size() == 1u);
}

BOOST_AUTO_TEST_CASE(runs_of_another_data_set_are_verified_with_its_adapter_file) {
  const FakeReproduction reproduction;
  Json adapter = read_json(tests::tests_dir() + "/../datasets/isic2019.json");
  adapter["name"] = "mine";
  const test::TemporaryFolder folder;
  write_json(folder / "mine.json", adapter);
  forge(reproduction.run(), [](RunRecord& record) { record.data.adapter = "mine"; });
  BOOST_TEST(contains(verify(reproduction.run()).failures.at(0).message, "mine"));
  BOOST_TEST(verify(reproduction.run(), (folder / "mine.json").string()).failures.empty());
  adapter["name"] = "other";
  write_json(folder / "other.json", adapter);
  BOOST_TEST(verify(reproduction.run(), (folder / "other.json").string()).failures.at(0).where == "data.adapter");
}

BOOST_AUTO_TEST_CASE(a_run_of_other_data_does_not_belong_to_the_reproduction) {
  const FakeReproduction reproduction;
  forge(reproduction.run(), [](RunRecord& record) { record.data.fingerprint = "other"; });
  const auto found = verify(reproduction.out());
  BOOST_REQUIRE(found.failures.size() == 1u);
  BOOST_TEST(found.failures[0].rule == "reproduction");
  BOOST_TEST(found.failures[0].where == "data.fingerprint");
}

BOOST_AUTO_TEST_CASE(a_listed_run_that_is_not_there_is_a_failure) {
  const FakeReproduction reproduction;
  fs::remove_all(reproduction.hardware());
  BOOST_TEST(has(broken(verify(reproduction.out()), "hardware/search3"), "present"));
}

BOOST_AUTO_TEST_CASE(comparisons_of_models_are_recomputed_from_their_predictions) {
  const FakeReproduction reproduction;
  Json statistics = reproduction_statistics(Store::open(reproduction.out()));
  statistics["models"]["search3"]["noise"]["eodd"]["p"] = 0.9999;
  write_with_digest(reproduction.out() / kStatisticsFile, statistics);
  const auto found = verify(reproduction.out());
  BOOST_REQUIRE(found.failures.size() == 1u);
  BOOST_TEST(found.failures[0].rule == "statistics");
  BOOST_TEST(found.failures[0].where == "models.search3.noise.eodd.p");
  fs::remove(reproduction.out() / kStatisticsFile);
  BOOST_TEST(has(broken(verify(reproduction.out()), kStatisticsFile), "present"));
}

BOOST_AUTO_TEST_CASE(figures_of_a_newer_version_are_recomputed_too) {
  const FakeReproduction reproduction;
  rescore(reproduction.out());
  BOOST_TEST(verify(reproduction.out()).failures.empty());
  const fs::path file = reproduction.out() / "rescored/runs/constant/metrics.json";
  Json json = read_json(file);
  json["metrics"]["balanced_accuracy"]["high"] = 0.5;
  json.erase("digest");
  write_with_digest(file, json);
  const auto found = verify(reproduction.out());
  BOOST_REQUIRE(found.failures.size() == 1u);
  BOOST_TEST(found.failures[0].rule == "rescored");
  BOOST_TEST(found.failures[0].where == "metrics.balanced_accuracy.high");
  rescore(reproduction.out());
  Json statistics = read_json(reproduction.out() / "rescored/statistics.json");
  statistics["n"] = 23;
  statistics.erase("digest");
  write_with_digest(reproduction.out() / "rescored/statistics.json", statistics);
  BOOST_TEST(verify(reproduction.out()).failures.at(0).where == "n");
}

BOOST_AUTO_TEST_CASE(a_failed_run_is_valid_without_metrics_and_a_passed_one_is_not) {
  const FakeReproduction reproduction;
  forge(reproduction.run(), [](RunRecord& record) {
    record.status = kFailed;
    record.reason = "the loss is not a number";
    record.metrics = nullptr;
    record.training.reset();
  });
  write_statistics(reproduction.out());
  BOOST_TEST(verify(reproduction.out()).failures.empty());
  forge(reproduction.run(), [](RunRecord& record) { record.status = kPassed; });
  BOOST_TEST(verify(reproduction.out()).failures.size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_record_that_lists_files_of_others_does_not_have_them_read) {
  const FakeReproduction reproduction;
  for (const char* name : {"/etc/hostname", "../../../ref/run.json"}) {
    forge(reproduction.run(), [&](RunRecord& record) { record.files[name] = std::string(64, '0'); });
    const auto found = verify(reproduction.out());
    BOOST_TEST(!found.failures.empty());
    bool told = false;
    for (const auto& failure : found.failures) {
      BOOST_TEST(!contains(failure.message, "SHA-256"), "the file was read: " << failure.message);
      told |= contains(failure.message, fmt::format("'{}' would lie outside", name));
    }
    BOOST_TEST(told);
    forge(reproduction.run(), [&](RunRecord& record) { record.files.erase(name); });
  }
  Reproduction record = read_reproduction(reproduction.out());
  record.runs.emplace_back("../ref");
  write_reproduction(reproduction.out(), record);
  const auto found = verify(reproduction.out());
  BOOST_TEST(has(broken(found, "reproduce.json"), "schema"));
}

BOOST_AUTO_TEST_CASE(a_record_in_another_models_folder_or_listed_twice_is_found) {
  const FakeReproduction reproduction;
  const std::string name = fs::path(reproduction.run()).filename().string();
  fs::copy(reproduction.run(), reproduction.out() / "runs/search3-s2-0123456789ab", fs::copy_options::recursive);
  fs::copy(reproduction.run(), reproduction.out() / "runs/resnet18-s1-0123456789ab", fs::copy_options::recursive);
  Reproduction record = read_reproduction(reproduction.out());
  record.runs.emplace_back("runs/search3-s2-0123456789ab");
  record.runs.emplace_back("runs/resnet18-s1-0123456789ab");
  write_reproduction(reproduction.out(), record);
  const auto found = verify(reproduction.out());
  BOOST_TEST(has(broken(found, "runs/search3-s2-0123456789ab/run.json"), "reproduction"));
  BOOST_TEST(has(broken(found, "runs/resnet18-s1-0123456789ab/run.json"), "reproduction"));
  BOOST_TEST(broken(found, "runs/" + name + "/run.json").empty());
}

BOOST_AUTO_TEST_CASE(a_record_that_is_no_object_leaves_the_others_checked) {
  const FakeReproduction reproduction;
  for (const char* content : {"[1]", "{\"kind\": 1e999}", "3"}) {
    write_file(reproduction.out() / "other/run.json", content);
    const auto found = verify(reproduction.out());
    BOOST_TEST(broken(found, "other/run.json").size() == 1u);
    BOOST_TEST(found.failures.size() == 1u);
    BOOST_TEST(found.records == 5);
  }
}

BOOST_AUTO_TEST_CASE(a_folder_without_records_is_a_data_error) {
  const test::TemporaryFolder empty;
  BOOST_CHECK_THROW(verify(empty.path), DataError);
  BOOST_CHECK_THROW(verify(empty / "absent"), DataError);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas
