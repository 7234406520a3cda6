// What claims are judged by: the noise of the paper's test images, and all trainings of ours.
#include "reports/data/claim_tables.h"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "reports/data/all_trainings.h"
#include "reports/data/by_attribute.h"
#include "reports/data/differences.h"
#include "reports/data/paper_sample.h"
#include "reports/data/people.h"
#include "tests/reports/support.h"

namespace flnas::reports {
namespace {

using namespace tests;
namespace tt = boost::test_tools;

BOOST_AUTO_TEST_SUITE(claim_tables)

BOOST_AUTO_TEST_CASE(the_papers_sample_is_1500_images_of_which_30_are_young_and_malignant) {
  BOOST_TEST(fl_nas().sample.images() == 1500);
  BOOST_TEST(fl_nas().sample.malignant("young") == 30);
}

BOOST_AUTO_TEST_CASE(intervals_of_the_papers_figures_hold_their_values) {
  for (const PaperRow& row : fl_nas().rows) {
    for (const char* column : {"accuracy", "unfairness", "eodd", "eopp1", "eopp2"}) {
      const auto interval = paper_interval(row.model, column);
      BOOST_TEST_CONTEXT(row.model << " " << column) {
        BOOST_REQUIRE(interval.has_value());
        BOOST_TEST(interval->first <= *row.value(column));
        BOOST_TEST(interval->second >= *row.value(column));
      }
    }
    BOOST_TEST(!paper_interval(row.model, "parameters"));
  }
  // Wilson's interval of 1,000 right of 1,500
  BOOST_TEST(paper_interval("resnet18", "accuracy")->first == 0.6424, tt::tolerance(0.001));
  BOOST_TEST(paper_interval("resnet18", "accuracy")->second == 0.6901, tt::tolerance(0.001));
}

BOOST_AUTO_TEST_CASE(what_fair_models_show_reaches_down_to_nothing_and_what_they_never_show_does_not) {
  BOOST_TEST(paper_interval("search2", "unfairness")->first == 0);        // 0.0306
  BOOST_TEST(paper_interval("search3", "eopp1")->first == 0);             // 0.0204
  BOOST_TEST(paper_interval("mobilenet_v2", "unfairness")->first > 0.4);  // 0.5778
}

BOOST_AUTO_TEST_CASE(all_seeds_of_a_model_count) {
  const ReportInputs inputs = load_report_inputs(fixture());
  const Metric& accuracy = metric_named("accuracy");
  const auto runs = runs_with(inputs, "resnet18", accuracy);
  BOOST_REQUIRE(runs.size() == 2u);
  const double first = *runs[0]->metrics->accuracy.value, second = *runs[1]->metrics->accuracy.value;
  BOOST_REQUIRE(first != second);
  const Cell cell = over_trainings(inputs, "resnet18", accuracy);
  BOOST_TEST(*cell.value == (first + second) / 2, tt::tolerance(1e-12));
  BOOST_TEST(cell.inputs.size() == 2u);
  // two seeds: Student's t of one degree is 12.7, and the standard error half of their distance
  const double training = 12.706 * std::abs(first - second) / 2;
  BOOST_TEST(*cell.value - *cell.low >= std::min(training, *cell.value) * 0.999);
  // one seed is as its record says
  const Cell one = over_trainings(inputs, "fahana_fair", accuracy);
  BOOST_TEST(*one.low == *run_of(const_cast<ReportInputs&>(inputs), "fahana_fair").metrics->accuracy.low);
}

BOOST_AUTO_TEST_CASE(combined_half_widths_are_roots_of_sums_of_squares) {
  Cell a, b;
  a.value = 0.50, a.low = 0.44, a.high = 0.58;
  b.value = 0.52, b.low = 0.46, b.high = 0.60;
  const Cell both = combined({a, b}, Range::kNonNegative);
  BOOST_TEST(*both.value == 0.51, tt::tolerance(1e-12));
  const double training = 12.7062 * 0.01;
  BOOST_TEST(*both.low == 0.51 - std::hypot(0.06, training), tt::tolerance(1e-4));
  BOOST_TEST(*both.high == 0.51 + std::hypot(0.08, training), tt::tolerance(1e-4));
  b.low.reset();
  BOOST_TEST(!combined({a, b}, Range::kNonNegative).low);
}

BOOST_AUTO_TEST_CASE(draws_are_moved_to_the_mean_of_all_trainings) {
  const ReportInputs inputs = load_report_inputs(fixture());
  const Metric& accuracy = metric_named("accuracy");
  for (const char* model : {"resnet18", "fahana_fair"}) {
    const auto draws = draws_over_trainings(inputs, model, accuracy);
    BOOST_REQUIRE(!draws.empty());
    double sum = 0;
    for (const double draw : draws) sum += draw;
    BOOST_TEST(sum / static_cast<double>(draws.size()) == *over_trainings(inputs, model, accuracy).value,
               tt::tolerance(1e-9));
  }
  BOOST_TEST(draws_over_trainings(inputs, "search3", accuracy).empty());
}

BOOST_AUTO_TEST_CASE(a_difference_is_turned_to_the_order_asked_for) {
  ReportInputs inputs = load_report_inputs(fixture());
  PairComparison& pair = inputs.statistics->record.comparisons.at("resnet18").at("fahana_fair");
  pair.balanced_accuracy = PairedEstimate{.value = 0.05, .low = 0.01, .high = 0.09, .p_holm = 0.03};
  const Metric& balanced = metric_named("balanced_accuracy");
  const auto there = difference_of(inputs, "resnet18", "fahana_fair", balanced);
  const auto back = difference_of(inputs, "fahana_fair", "resnet18", balanced);
  BOOST_REQUIRE((there && back));
  BOOST_TEST(*there->cell.value == 0.05);
  BOOST_TEST(*back->cell.value == -0.05);
  BOOST_TEST(*back->cell.low == -0.09);
  BOOST_TEST((there->settled() && back->settled()));
  // all seeds, where both models have several
  auto& trainings = inputs.statistics->record.trainings.emplace();
  trainings.comparisons.at("fahana_fair").at("resnet18").balanced_accuracy =
      PairedEstimate{.value = -0.02, .low = -0.06, .high = 0.02, .p_holm = 0.4};
  const auto all = difference_of(inputs, "resnet18", "fahana_fair", balanced);
  BOOST_REQUIRE(all.has_value());
  BOOST_TEST(all->all_seeds);
  BOOST_TEST(*all->cell.value == 0.02);
  BOOST_TEST(!all->settled());
}

BOOST_AUTO_TEST_CASE(an_attribute_alone_is_what_the_data_would_give_without_the_others) {
  const ReportInputs inputs = load_report_inputs(fixture());
  const auto entries = fairness_by_attribute(inputs, "fahana_fair");
  BOOST_REQUIRE(entries.size() == 2u);
  BOOST_TEST(entries[0].attribute == "sex");
  BOOST_TEST(entries[0].groups == "male, female");
  // Unfairness is a sum over groups: the attributes' parts add up to the total
  const double total = inputs.predictions_of(inputs.run_of("fahana_fair"))->resampled.point.at(4);  // unfairness_sum
  BOOST_TEST(*entries[0].unfairness_sum.value + *entries[1].unfairness_sum.value == total, tt::tolerance(1e-6));
  for (const auto& entry : entries) {
    for (const Cell* cell : {&entry.unfairness_sum, &entry.eodd, &entry.eopp1, &entry.eopp2}) {
      BOOST_TEST((!cell->value || cell->low || !cell->reason.empty()));
      BOOST_TEST((cell->value || !cell->reason.empty()));
    }
  }
  BOOST_TEST(fairness_by_attribute(inputs, "search3").empty());
}

BOOST_AUTO_TEST_CASE(the_fewest_people_are_named_and_numbers_of_a_plan_are_round) {
  const People people = people_of(load_report_inputs(fixture()));
  BOOST_TEST(people.unit == "lesion");
  BOOST_REQUIRE(people.smallest.has_value());
  BOOST_TEST(people.smallest->images <= people.smallest->of_class_images);
  BOOST_TEST(about(12345) == "12,000");
  BOOST_TEST(about(30.2) == "31");
  BOOST_TEST(about(1e30) == "more than 1,000,000,000,000");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::reports
