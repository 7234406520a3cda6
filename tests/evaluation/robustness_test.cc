#include "harness/evaluation/robustness.h"

#include <boost/test/unit_test.hpp>

#include "harness/base/error.h"
#include "tests/base/fixture.h"

namespace {

using namespace flnas;
using test::contains;
namespace tt = boost::test_tools;

const Adapter kAdapter = load_adapter("isic2019");
const Task kTask = kAdapter.task("binary");

/// Four lesions of an image each, two of females; `right`: which of them are answered rightly.
void add(Predictions& all, const std::string& subset, const std::vector<bool>& right) {
  all.attributes = {"sex", "age"};
  for (std::size_t i = 0; i < right.size(); ++i) {
    PredictionRow row;
    row.image = row.lesion = "i" + std::to_string(i);
    row.subset = subset;
    row.label = i % 2 == 0 ? "benign" : "malignant";
    row.prediction = right[i] ? row.label : i % 2 == 0 ? "malignant" : "benign";
    row.attributes = {i < 2 ? "female" : "male", "50"};
    all.rows.push_back(row);
  }
}

Predictions answers() {
  Predictions all;
  add(all, "clean", {true, true, true, true});
  add(all, "blur:1", {true, true, true, false});
  add(all, "jpeg:1", {true, false, false, false});
  add(all, "fgsm:1", {false, false, false, false});
  return all;
}

RobustnessRecord found(const Predictions& predictions) {
  RobustnessRecord record;
  add_robustness(record, predictions, kAdapter, kTask);
  return record;
}

const RobustGroup& group(const RobustFigures& figures, const std::string& name) {
  return *std::ranges::find(figures.groups, name, &RobustGroup::name);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(robustness)

BOOST_AUTO_TEST_CASE(each_condition_has_its_accuracy_overall_and_by_group) {
  const RobustnessRecord record = found(answers());
  BOOST_TEST_REQUIRE(record.conditions.size() == 4u);
  BOOST_TEST(record.n == 4);
  BOOST_TEST(record.lesions == 4);
  BOOST_TEST(record.conditions[0].name == "clean");
  BOOST_TEST(record.conditions[0].level == 0);
  BOOST_TEST(*record.conditions[0].figures.accuracy.value == 1.0);
  BOOST_TEST(record.conditions[2].name == "jpeg");
  BOOST_TEST(record.conditions[2].level == 1);
  BOOST_TEST(*record.conditions[2].figures.accuracy.value == 0.25);
  BOOST_TEST(*group(record.conditions[2].figures, "female").accuracy.value == 0.5);
  BOOST_TEST(*group(record.conditions[2].figures, "male").accuracy.value == 0.0);
  BOOST_TEST(group(record.conditions[2].figures, "male").n == 2);
  BOOST_TEST(!group(record.conditions[2].figures, "old").accuracy.value.has_value());
  const RobustShare& all = record.conditions[1].figures.accuracy;
  BOOST_TEST((*all.low < *all.value && *all.value < *all.high && *all.high <= 1));
}

BOOST_AUTO_TEST_CASE(means_are_over_the_corruptions_and_over_the_attack_apart) {
  const RobustnessRecord record = found(answers());
  BOOST_TEST(*record.corrupted.accuracy.value == 0.5, tt::tolerance(1e-12));  // of 0.75 and 0.25
  BOOST_TEST(*group(record.corrupted, "female").accuracy.value == 0.75, tt::tolerance(1e-12));
  BOOST_TEST(*record.attacked.accuracy.value == 0.0);
  BOOST_TEST(!record.corrupted.unfairness_sum.has_value());
}

BOOST_AUTO_TEST_CASE(the_mean_over_conditions_that_answer_alike_is_as_uncertain_as_one_of_them) {
  Predictions once, twice;
  for (Predictions* each : {&once, &twice}) {
    add(*each, "clean", {true, true, true, true});
    add(*each, "blur:1", {true, false, true, false});
  }
  add(twice, "blur:2", {true, false, true, false});
  const RobustShare one = found(once).corrupted.accuracy, two = found(twice).corrupted.accuracy;
  BOOST_TEST(*one.low == *two.low, tt::tolerance(1e-9));
  BOOST_TEST(*one.high == *two.high, tt::tolerance(1e-9));
}

BOOST_AUTO_TEST_CASE(a_record_reads_back_as_it_was_written) {
  const Json json = record_to_json(found(answers()));
  BOOST_TEST(record_to_json(record_from_json<RobustnessRecord>(json, "robustness.json")) == json);
}

BOOST_AUTO_TEST_CASE(what_is_no_condition_or_has_other_images_is_refused) {
  const auto refused = [](const Predictions& predictions, const char* text) {
    BOOST_CHECK_EXCEPTION(found(predictions), DataError, [&](const Error& e) { return contains(e.what(), text); });
  };
  Predictions other = answers();
  other.rows.back().image = "i9";
  refused(other, "subset 'fgsm:1' has not the images of clean");
  Predictions odd = answers();
  add(odd, "blurred", {true});
  refused(odd, "subset 'blurred' is no condition");
  Predictions without;
  add(without, "blur:1", {true, true});
  refused(without, "no rows of subset clean");
}

BOOST_AUTO_TEST_SUITE_END()
