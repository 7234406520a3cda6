#include "harness/records/record.h"

#include "harness/records/digest.h"

#include "tests/records/fixture.h"

namespace flnas {
namespace {

using test::contains;
using test::FakeReproduction;
using test::message_of;

/// The message for a run.json that `change` has spoilt.
template <class Change>
std::string error_after(Change&& change) {
  const FakeReproduction reproduction;
  Json json = read_json(reproduction.run() / "run.json");
  change(json);
  write_json(reproduction.run() / "run.json", json);
  return message_of<DataError>([&] { read_run(reproduction.run()); });
}

BOOST_AUTO_TEST_SUITE(record)

BOOST_AUTO_TEST_CASE(a_record_goes_through_its_file_and_back) {
  const FakeReproduction reproduction;
  const RunRecord run = read_run(reproduction.run());
  BOOST_TEST(run.model.parameters.value() == 148098);
  BOOST_TEST(!run.model.macs);
  BOOST_TEST(run.data.images.test == 24);
  BOOST_TEST(run.training->best_epoch == 2);
  const std::string before = read_file(reproduction.run() / "run.json");
  write_run(reproduction.run(), run);
  BOOST_TEST(read_file(reproduction.run() / "run.json") == before);
  BOOST_TEST(!read_run(reproduction.out() / "runs/constant").training);
}

BOOST_AUTO_TEST_CASE(keys_are_in_the_contracts_order) {
  const FakeReproduction reproduction;
  const Json json = read_json(reproduction.run() / "run.json");
  std::string keys;
  for (const auto& [key, value] : json.items()) keys += key + " ";
  BOOST_TEST(keys ==
             "schema kind status reason started finished command model requested effective seed fold data environment "
             "training metrics inputs files digest ");
}

BOOST_AUTO_TEST_CASE(records_of_the_first_schema_have_no_fold_and_are_read) {
  const FakeReproduction reproduction;
  Json json = read_json(reproduction.run() / "run.json");
  BOOST_TEST(json["schema"] == 2);
  json["schema"] = 1;
  json.erase("fold");
  write_with_digest(reproduction.run() / "run.json", json);
  const RunRecord record = read_run(reproduction.run());
  BOOST_TEST(record.schema == 1);
  BOOST_TEST(!record.fold.has_value());
  Json made = read_json(reproduction.out() / "reproduce.json");
  made["schema"] = 1;
  made.erase("folds"), made.erase("pooled");
  write_with_digest(reproduction.out() / "reproduce.json", made);
  BOOST_TEST(!read_reproduction(reproduction.out()).folds.has_value());
  BOOST_TEST(contains(error_after([](Json& j) { j["schema"] = 3; }), "schema 3, this program reads 1 to 2"));
}

BOOST_AUTO_TEST_CASE(words_of_older_records_are_read_as_todays) {
  const test::TemporaryFolder folder;
  RunRecord record;
  record.status = "mistrusted", record.reason = "images changed", record.model.match = "like";
  write_run(folder.path, record);
  const RunRecord read = read_run(folder.path);
  BOOST_TEST(read.status == kUnreliable);
  BOOST_TEST(read.model.match == "approximate");
}

BOOST_AUTO_TEST_CASE(broken_records_say_which_key_and_why) {
  BOOST_TEST(contains(error_after([](Json& j) { j.erase("seed"); }), "run.json: no key 'seed'"));
  BOOST_TEST(contains(error_after([](Json& j) { j["seeed"] = 1; }), "unknown key 'seeed'; did you mean 'seed'?"));
  BOOST_TEST(contains(error_after([](Json& j) { j["model"]["classes"] = "two"; }), "run.json: model: classes"));
  BOOST_TEST(contains(error_after([](Json& j) { j["data"]["synthetic"] = 1; }), "data: synthetic: cannot be 1"));
  BOOST_TEST(contains(error_after([](Json& j) { j["seed"] = 1.5; }), "seed: cannot be 1.5"));
  BOOST_TEST(contains(error_after([](Json& j) { j["model"] = nullptr; }), "model: expected an object, not null"));
  BOOST_TEST(contains(error_after([](Json& j) { j["schema"] = 99; }), "schema 99, this program reads 1"));
  BOOST_TEST(contains(error_after([](Json& j) { j["status"] = "pased"; }), "unknown status 'pased'"));
  BOOST_TEST(contains(error_after([](Json& j) { j["kind"] = "hardware"; }), "unknown kind 'hardware'"));
  BOOST_TEST(contains(error_after([](Json& j) { j["status"] = "failed"; }), "status 'failed' without a reason"));
}

BOOST_AUTO_TEST_CASE(a_missing_record_is_a_data_error) {
  BOOST_TEST(contains(message_of<DataError>([] { read_run("/nowhere"); }), "/nowhere/run.json: no such file"));
}

BOOST_AUTO_TEST_CASE(figures_that_are_not_numbers_become_null) {
  TrainingSummary summary;
  summary.train_loss = std::numeric_limits<double>::quiet_NaN();
  const Json json = record_to_json(summary);
  BOOST_TEST(json["train_loss"].is_null());
  BOOST_TEST(!record_from_json<TrainingSummary>(json, "t").train_loss);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas
