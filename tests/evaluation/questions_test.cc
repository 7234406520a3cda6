#include "harness/evaluation/questions/questions.h"

#include <cmath>

#include "harness/records/comparison_record.h"
#include "harness/records/digest.h"
#include "harness/records/nas_search.h"
#include "tests/records/questions_fixture.h"

namespace flnas {
namespace {

using test::QuestionStudy;
namespace fs = std::filesystem;

const QuestionAnswer& answer_of(const QuestionsRecord& record, const std::string& question) {
  for (const QuestionAnswer& answer : record.answers) {
    if (answer.question == question) return answer;
  }
  throw std::out_of_range(question);
}

const Evidence& evidence_of(const QuestionAnswer& answer, const std::string& subject, const std::string& metric,
                            const std::string& against = {}) {
  for (const Evidence& each : answer.evidence) {
    if (each.subject == subject && each.metric == metric && (against.empty() || each.against == against)) return each;
  }
  throw std::out_of_range(subject + ", " + metric);
}

double metric_of(const QuestionStudy& study, const std::string& model, std::uint64_t seed, const char* metric,
                 const char* what) {
  return read_json(study.out() / QuestionStudy::run_of(model, seed) / "run.json")["metrics"][metric][what]
      .get<double>();
}

double mean_of_seeds(const QuestionStudy& study, const std::string& model, const char* metric) {
  return (metric_of(study, model, 1, metric, "value") + metric_of(study, model, 2, metric, "value")) / 2;
}

/// One study and its answers, for the tests that read them only.
struct Answered {
  QuestionStudy study;
  QuestionsRecord record = answer_questions(study.out(), QuestionStudy::roles());
};

BOOST_AUTO_TEST_SUITE(questions, *boost::unit_test::tolerance(1e-9))

BOOST_AUTO_TEST_CASE(every_question_is_answered_from_one_study_or_says_what_it_needs) {
  const Answered found;
  const auto& record = found.record;
  BOOST_TEST(record.images == 160);
  BOOST_TEST(record.seeds == 2);

  // Search-1 is far ahead of both baselines: of the nearer one as statistics.json has it.
  const Json comparisons = read_json(found.study.out() / "statistics.json")["trainings"]["comparisons"];
  double least = 1;
  std::string nearest;
  for (const char* baseline : {"mobilenet_v1", "resnet18"}) {
    const double gap = -comparisons[baseline]["search1"]["balanced_accuracy"]["value"].get<double>();
    if (gap < least) least = gap, nearest = baseline;
  }
  const QuestionAnswer& accuracy = answer_of(record, kMoreAccurate);
  BOOST_TEST(accuracy.evidence.size() == 4u);  // two networks, two metrics
  const Evidence& ahead = evidence_of(accuracy, "search1", "balanced_accuracy");
  BOOST_TEST(*ahead.value == least);
  BOOST_TEST(ahead.against == nearest);
  BOOST_TEST(*ahead.low > 0);
  BOOST_TEST(*ahead.p < 0.05);
  BOOST_TEST(*evidence_of(accuracy, "search2", "balanced_accuracy").p == 1);

  // The slope over four architectures, by hand.
  double x = 0, y = 0, xy = 0, xx = 0;
  for (const auto& model : QuestionStudy::kModels) {
    if (model.name == "search2@reweight") continue;
    x += std::log10(static_cast<double>(model.parameters)) / 4;
    y += mean_of_seeds(found.study, model.name, "unfairness_sum") / 4;
  }
  for (const auto& model : QuestionStudy::kModels) {
    if (model.name == "search2@reweight") continue;
    const double from = std::log10(static_cast<double>(model.parameters)) - x;
    xy += from * (mean_of_seeds(found.study, model.name, "unfairness_sum") - y);
    xx += from * from;
  }
  const Evidence& slope = evidence_of(answer_of(record, kSmallerFairer), "tenfold parameters", "unfairness_sum");
  BOOST_TEST(*slope.value == xy / xx);
  BOOST_TEST(slope.n == 4);
  BOOST_TEST(*slope.low < *slope.value);

  // Four architectures by two seeds without folds: seeds' variance is the mean of half of the squared differences.
  double variance = 0;
  for (const auto& model : QuestionStudy::kModels) {
    if (model.name == "search2@reweight") continue;
    const double gap =
        metric_of(found.study, model.name, 1, "eodd", "value") - metric_of(found.study, model.name, 2, "eodd", "value");
    variance += gap * gap / 2 / 4;
  }
  const QuestionAnswer& choice = answer_of(record, kChoice);
  BOOST_TEST(*evidence_of(choice, "seed", "eodd").value == std::sqrt(variance));
  BOOST_TEST(evidence_of(choice, "architecture", "eodd", "seed").n == 4);

  // The mitigated network against both searched ones.
  const QuestionAnswer& mitigation = answer_of(record, kMitigation);
  BOOST_TEST(mitigation.evidence.size() == 3u);
  BOOST_TEST(evidence_of(mitigation, "search2@reweight", "balanced_accuracy").against == "search1");

  // Ranks 2, 1, 4, 3 against 1, 2, 3, 4.
  const QuestionAnswer& ranks = answer_of(record, kShortTraining);
  BOOST_TEST(*evidence_of(ranks, "epoch 2", "validation_auroc").value == 0.6);
  BOOST_TEST(evidence_of(ranks, "epoch 2", "validation_auroc").against == "epoch 3");
  BOOST_TEST(ranks.evidence.size() == 1u);  // all are equal after the first epoch

  BOOST_TEST(answer_of(record, kInferred).needs.find("protocol inferred") != std::string::npos);
  BOOST_TEST(answer_of(record, kLanguageModel).needs.find("beside this study") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_sample_is_planned_for_what_is_open_alone) {
  const Answered found;
  const QuestionAnswer& sample = answer_of(found.record, kSampleSize);
  // The contrast that a plan is for: of searched networks, or of the mitigated one.
  const auto contrast_of = [&](const Evidence& plan) -> const Evidence& {
    for (const char* question : {kMoreAccurate, kFairer, kMitigation}) {
      for (const Evidence& each : answer_of(found.record, question).evidence) {
        if (each.subject == plan.subject && each.metric == plan.metric && each.against == plan.against) return each;
      }
    }
    throw std::out_of_range(plan.subject);
  };
  BOOST_TEST(!sample.evidence.empty());
  for (const Evidence& each : sample.evidence) {
    const Evidence& contrast = contrast_of(each);
    BOOST_TEST(*contrast.p >= 0.05, each.subject << " by " << each.metric << " is settled");
    BOOST_TEST(*contrast.high >= 0.0, each.subject << " by " << each.metric << " is behind");
    // Of two trainings each the test's few degrees of freedom may leave open what as many images would settle.
    BOOST_TEST((each.value.value_or(1e9) > 160 || *contrast.low > 0), each.subject << " by " << each.metric);
    BOOST_TEST(each.n == 160);
    // Search-1 is ahead beyond noise by balanced accuracy, and the mitigated network is behind it.
    BOOST_TEST(each.metric != "balanced_accuracy");
  }
}

BOOST_AUTO_TEST_CASE(without_roles_the_contrasts_say_what_is_missing) {
  const QuestionStudy study;
  const auto record = answer_questions(study.out(), {{"search1"}, {"vgg"}});
  BOOST_TEST(answer_of(record, kFairer).needs == "a baseline that was trained");
  BOOST_TEST(answer_of(record, kFairer).evidence.empty());
  BOOST_TEST(answer_of(answer_questions(study.out(), {}), kMitigation).needs.find("searched") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_a_protocol_adds_is_the_mean_over_the_models_of_both) {
  const QuestionStudy study, leaking("leaking", "inferred", 0.2);
  const auto record = answer_questions(study.out(), QuestionStudy::roles(), {leaking.out()});
  const Evidence& added = evidence_of(answer_of(record, kInferred), "inferred", "accuracy");
  double expected = 0;
  for (const auto& model : QuestionStudy::kModels) {
    expected += (mean_of_seeds(leaking, model.name, "accuracy") - mean_of_seeds(study, model.name, "accuracy")) / 5;
  }
  BOOST_TEST(*added.value == expected);
  BOOST_TEST(added.n == 5);
  BOOST_TEST(*added.low < expected);
  BOOST_TEST(*added.high > expected);
  BOOST_TEST(record.beside.size() == 1u);
  BOOST_TEST(record.beside[0].file == "reproduce.json");
  BOOST_TEST(record.beside[0].sha256 == sha256_file(leaking.out() / "reproduce.json"));
}

BOOST_AUTO_TEST_CASE(a_language_model_is_compared_with_chance_that_knows_the_practice) {
  const QuestionStudy study;
  ComparisonRecord comparison;
  comparison.command = "flnas search compare";
  comparison.budget = 10;
  // A standard error of 0.02: its half width is that times t(3) = 3.182446; t = 3 has p 0.0577 with three degrees.
  const auto add = [&](const char* name, std::vector<std::string> models, double gain) {
    ComparedConfiguration& configuration = comparison.configurations.emplace_back();
    configuration.name = name;
    configuration.models = std::move(models);
    configuration.test_balanced_accuracy = SeedMean{0.7 + gain, 0.6, 0.8, 4};
    if (gain != 0) {
      configuration.difference.test_balanced_accuracy =
          SeedMean{gain, gain - 0.06364892610568526, gain + 0.06364892610568526, 4};
    }
  };
  add("random-sensible", {}, 0);
  add("flnas", {"a model"}, 0.06);
  add("random", {}, -0.1);
  write_with_digest(study.root() / "searches/comparison.json", record_to_json(comparison));
  const auto record = answer_questions(study.out(), QuestionStudy::roles(), {study.root() / "searches"});
  const QuestionAnswer& answer = answer_of(record, kLanguageModel);
  BOOST_REQUIRE(answer.evidence.size() == 1u);
  const Evidence& found = answer.evidence[0];
  BOOST_TEST(found.subject == "flnas");
  BOOST_TEST(*found.value == 0.06);
  BOOST_TEST(*found.high == 0.06 + 0.06364892610568526);
  BOOST_TEST(*found.p == 0.0577, boost::test_tools::tolerance(1e-3));
  BOOST_TEST(record.beside[0].folder == "../searches");
  // Of another first strategy the record holds no difference to random-sensible.
  std::swap(comparison.configurations[0], comparison.configurations[2]);
  write_with_digest(study.root() / "searches/comparison.json", record_to_json(comparison));
  const auto other = answer_questions(study.out(), QuestionStudy::roles(), {study.root() / "searches"});
  BOOST_TEST(answer_of(other, kLanguageModel).evidence.empty());
}

/// One strategy's searches on one pair, one for each share, by seeds from 1 on.
NasSearchRecord table_searches(const std::string& strategy, bool language_model, const std::vector<double>& shares,
                               std::int64_t budget = 20) {
  NasSearchRecord record;
  record.budget = budget;
  record.strategies = {{.name = strategy}};
  record.strategies[0].language_model = language_model;
  NasPair& pair = record.pairs.emplace_back();
  pair.dataset = "cifar100", pair.device = "edgegpu";
  for (const double share : shares) {
    NasSearchResult& search = pair.searches.emplace_back();
    search.strategy = strategy, search.seed = pair.searches.size();
    search.hypervolume = search.hypervolume_share = share;
  }
  return record;
}

BOOST_AUTO_TEST_CASE(searches_on_tables_in_records_of_their_own_are_two_independent_samples) {
  const QuestionStudy study;
  const auto write = [&](const std::string& folder, const NasSearchRecord& record) {
    write_nas_search(study.root() / "tables" / folder / "nas_search.json", record);
  };
  write("one", table_searches("flnas", true, {0.98}));
  write("two", table_searches("flnas", true, {0.99}));
  write("three", table_searches("flnas", true, {0.985}));
  write("larger", table_searches("flnas", true, {0.5}, 100));
  write("without", table_searches("random-sensible", false, {0.95, 0.97, 0.96, 0.96}));
  const auto record =
      answer_questions(study.out(), QuestionStudy::roles(),
                       {study.root() / "tables/one", study.root() / "tables/two", study.root() / "tables/three",
                        study.root() / "tables/larger", study.root() / "tables/without"});
  const QuestionAnswer& answer = answer_of(record, kLanguageModel);
  BOOST_REQUIRE(answer.evidence.size() == 1u);  // 100 evaluations have nothing to be compared with
  const Evidence& found = answer.evidence[0];
  BOOST_TEST(found.subject == "flnas, 20 evaluations on cifar100, edgegpu");
  BOOST_TEST(found.against == "random-sensible (4 searches)");
  BOOST_TEST(found.n == 3);
  // Means 0.985 and 0.96; variances of the means 25e-6 / 3 and (2 / 3 x 1e-4) / 4; t of two degrees.
  const double error = std::sqrt(25e-6 / 3 + 1e-4 / 6);
  BOOST_TEST(*found.value == 0.025);
  BOOST_TEST(*found.low == 0.025 - 4.302652729911275 * error);
  BOOST_TEST(*found.p < 0.05);
}

BOOST_AUTO_TEST_CASE(searches_on_tables_in_one_record_are_paired_by_seed) {
  const QuestionStudy study;
  NasSearchRecord both = table_searches("flnas", true, {0.98, 0.97, 0.96});
  const NasSearchRecord sensible = table_searches("random-sensible", false, {0.96, 0.96, 0.96});
  both.strategies.push_back(sensible.strategies[0]);
  for (const auto& search : sensible.pairs[0].searches) both.pairs[0].searches.push_back(search);
  write_nas_search(study.root() / "tables/nas_search.json", both);
  const auto record = answer_questions(study.out(), QuestionStudy::roles(), {study.root() / "tables"});
  const Evidence& found = answer_of(record, kLanguageModel).evidence.at(0);
  BOOST_TEST(found.against == "random-sensible");
  BOOST_TEST(*found.value == 0.01);
  BOOST_TEST(found.n == 3);
}

BOOST_AUTO_TEST_CASE(records_beside_are_found_at_any_depth_and_have_to_be_there) {
  const QuestionStudy study;
  write_json(study.root() / "a/b/comparison.json", Json::object());
  const auto found = records_beside(study.root());
  BOOST_TEST(found.size() == 2u);
  BOOST_CHECK_THROW(records_beside(study.out() / "runs"), DataError);
}

BOOST_AUTO_TEST_CASE(statistics_of_older_metrics_answer_nothing) {
  const test::FakeReproduction older;
  BOOST_TEST(!can_answer(older.out()));
  BOOST_CHECK_THROW(answer_questions(older.out(), {}), DataError);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas
