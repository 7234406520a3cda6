// Adapters of tables, their rows, and what `flnas dataset check` says of them.
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <map>

#include "datasets/adapters/adapter_files.h"
#include "datasets/splits/split.h"
#include "datasets/tables/features.h"
#include "datasets/tabular/check.h"
#include "datasets/tabular/synth.h"
#include "harness/base/csv.h"
#include "tests/datasets/fixture.h"
#include "tests/support/preconditions.h"

using namespace flnas;
using namespace flnas::test;

namespace {

/// A table of eight loans, read by an adapter that a test may change.
struct Loans {
  TemporaryFolder folder;
  std::string text =
      "id,sex,years,income,work,score,repaid\n"
      "a,woman,25,1000,steady,7,yes\n"
      "b,man,35,,casual,3,no\n"
      "c,woman,45,3000,steady,8,yes\n"
      "d,man,55,4000,farm,2,yes\n"
      "e,woman,65,1500,casual,4,no\n"
      "f,man,75,2500,steady,6,yes\n"
      "g,woman,28,1200,casual,5,no\n"
      "h,man,33,1800,steady,9,no\n";
  Json json = parse_json(R"({"format": "flnas-adapter/1", "kind": "table", "name": "loans", "example": "loan",
    "labels": {"file": "loans.csv", "image": "id", "column": "repaid", "classes": ["no", "yes"]},
    "features": {"years": {}, "income": {"missing": 500}, "work": {"categories": ["steady", "casual"]}},
    "tasks": {"repaid": {"positive": "yes"}},
    "scores": {"bank": {"column": "score", "from": 5, "range": {"from": 1, "to": 10}}},
    "attributes": {"sex": {"column": "sex", "groups": {"woman": ["woman"], "man": ["man"]}},
                   "age": {"column": "years", "groups": {"young": {"below": 40}, "old": {"from": 40}}}}})",
                         "test");

  Adapter adapter() const { return parse_adapter(json, "loans.json"); }
  Table read(BadRows bad = BadRows::kThrow) {
    write_file(folder / "loans.csv", text);
    return read_table(folder.path, adapter(), bad);
  }
  CheckReport check() { return check_table(read(BadRows::kCollect)); }
  void replace(const std::string& before, const std::string& after) {
    const auto at = text.find(before);
    BOOST_REQUIRE(at != text.npos);
    text.replace(at, before.size(), after);
  }
  void refuse(const std::vector<std::string>& parts) { BOOST_CHECK_EXCEPTION(read(), DataError, says(parts)); }
  void refuse_adapter(const std::vector<std::string>& parts) {
    BOOST_CHECK_EXCEPTION(adapter(), ConfigError, says(parts));
  }
  void warns(const std::string& part) { BOOST_TEST(in(check().warnings, part)); }
  void finds(const std::string& part) { BOOST_TEST(in(check().problems, part)); }
  static bool in(const std::vector<std::string>& lines, const std::string& part) {
    return std::any_of(lines.begin(), lines.end(), [&](const auto& line) { return contains(line, part); });
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(tabular, Loans)

BOOST_AUTO_TEST_CASE(a_row_has_numbers_and_codes_of_categories) {
  const Table table = read();
  BOOST_REQUIRE(table.rows.size() == 8u);
  const std::vector<float> second = {35, 500, 2}, fourth = {55, 4000, 0};
  BOOST_TEST(table.rows[1].features == second, boost::test_tools::per_element());
  BOOST_TEST(table.rows[3].features == fourth, boost::test_tools::per_element());
  BOOST_TEST(table.unlisted.at("work") == 1u);
  BOOST_TEST(table.rows[3].image == "d");
  BOOST_TEST(table.rows[3].label == 1);
  BOOST_TEST(table.rows[3].groups == (std::vector<int>{1, 1}), boost::test_tools::per_element());
  BOOST_TEST(table.adapter.columns() == (std::vector<std::int64_t>{0, 0, 2}), boost::test_tools::per_element());
  BOOST_TEST(unit_word(table.adapter) == "loan");
}

BOOST_AUTO_TEST_CASE(rows_without_ids_are_numbered_in_the_order_of_the_file_before_filtering) {
  json["labels"].erase("image");
  json["filters"] = parse_json(
      R"([{"column": "years", "from": 30, "below": 70}, {"column": "work", "values": ["steady", "casual"]}])", "test");
  const Table table = read();
  std::vector<std::string> ids;
  for (const Row& row : table.rows) ids.push_back(row.image);
  BOOST_TEST(ids == (std::vector<std::string>{"000002", "000003", "000005", "000008"}),
             boost::test_tools::per_element());
  BOOST_TEST(table.filtered == 4u);
}

BOOST_AUTO_TEST_CASE(a_column_that_repeats_is_numbered_as_pandas_does) {
  const Csv csv = Csv::parse_repeating("a,b,a,a\n1,2,3,4\n", "t.csv");
  BOOST_TEST(csv.header() == (std::vector<std::string>{"a", "b", "a.1", "a.2"}), boost::test_tools::per_element());
  BOOST_CHECK_THROW(Csv::parse("a,b,a\n1,2,3\n", "t.csv"), DataError);
}

BOOST_AUTO_TEST_CASE(a_file_may_have_another_name) {
  json["labels"]["file"] = "first.csv";
  json["labels"]["other_files"] = {"loans.csv"};
  BOOST_TEST(read().rows.size() == 8u);
  json["labels"]["other_files"] = {"second.csv"};
  refuse({"holds no first.csv or second.csv"});
}

BOOST_AUTO_TEST_CASE(what_is_wrong_with_a_table_is_said_with_its_line) {
  const std::string whole = text;
  replace("a,woman,25", "a,woman,young");
  refuse({"loans.csv:2", "'young' in column 'years' is not a number"});
  text = whole;
  replace("c,woman,45", "c,woman,");
  refuse({"loans.csv:4", "'years' is blank", "'missing'"});
  text = whole;
  replace("b,man", "a,man");
  refuse({"loans.csv:3", "id 'a' is already on line 2"});
  text = whole;
  replace("b,man", ",man");
  refuse({"loans.csv:3", "no id"});
  text = whole;
  replace("casual,3,no", "casual,3,maybe");
  refuse({"loans.csv:3", "maybe"});
  text = whole;
  replace("years", "yers");
  refuse({"loans.csv:1", "no column 'years'", "'yers'"});
  text = whole;
  json["filters"] = parse_json(R"([{"column": "years", "above": 100}])", "test");
  refuse({"no row that passes the filters"});
}

BOOST_AUTO_TEST_CASE(what_is_wrong_with_an_adapter_is_said_at_once) {
  const Json good = json;
  json["features"]["repaid"] = Json::object();
  json["features"]["id"] = Json::object();
  json["features"]["score"] = Json::object();
  refuse_adapter({"features.repaid: it is the label", "features.id: it is the rows' id",
                  "features.score: it is the score 'bank', a prediction of the label"});
  json = good;
  json["images"] = {{"folder", "x"}, {"suffixes", {".png"}}};
  json.erase("features");
  refuse_adapter({"key 'features' is missing", "images: an adapter of kind table has none"});
  json = good;
  json["kind"] = "tabel";
  refuse_adapter({"kind: it is 'tabel', not images or table"});
  json = good;
  json["filters"] = parse_json(R"([{"column": "years"}])", "test");
  json["features"]["work"]["missing"] = 1;
  json["scores"]["bank"]["from"] = 11;
  refuse_adapter({"filters[0]: give 'values', or an interval", "features.work: 'missing' is of numbers",
                  "scores.bank.from: it has to lie inside of 'range'"});
}

BOOST_AUTO_TEST_CASE(an_adapter_may_be_based_on_an_embedded_one) {
  const Adapter all = load_adapter("compas_all"), filtered = load_adapter("compas");
  BOOST_TEST(all.name == "compas_all");
  BOOST_TEST(all.filters.empty());
  BOOST_TEST(filtered.filters.size() == 4u);
  BOOST_TEST(all.columns() == filtered.columns(), boost::test_tools::per_element());
  BOOST_TEST(!all.source.contains("based_on"));  // what records keep needs no other file
  json = {{"format", "flnas-adapter/1"}, {"based_on", "compass"}, {"name", "x"}};
  refuse_adapter({"based_on: \"compass\" is no adapter of flnas"});
}

BOOST_AUTO_TEST_CASE(a_score_keeps_order_and_decision) {
  const Table table = read();
  const ReferenceScore& bank = table.adapter.scores.at(0);
  const auto scored = read_score(table, bank, {"h", "b", "g"});
  BOOST_TEST(scored[0].value == 9);
  BOOST_TEST(scored[1].probability == 0.25);  // 3 of 1 to 5: half of one half
  for (int value = 1; value < 10; ++value) BOOST_TEST(probability_of(bank, value) < probability_of(bank, value + 1));
  BOOST_TEST(probability_of(bank, 1) == 0);
  BOOST_TEST(probability_of(bank, 4) < 0.5);
  BOOST_TEST(probability_of(bank, 5) > 0.5);
  BOOST_TEST(probability_of(bank, 10) == 1);
  replace("casual,3,no", "casual,-1,no");
  const Table bad = read();
  BOOST_CHECK_EXCEPTION(read_score(bad, bank, {"b"}), DataError, says({"loans.csv:3", "score 'bank' is -1"}));
}

BOOST_AUTO_TEST_CASE(a_sound_table_is_usable_and_what_is_odd_is_warned_of) {
  const CheckReport report = check();
  BOOST_TEST(report.usable());
  BOOST_TEST(report.images == 8u);
  BOOST_TEST(report.counts["yes"]["sex"]["man"] == 2);
  warns("feature 'work': 1 row with a category that the adapter does not list");
  BOOST_TEST(!contains(report_to_text(report), "image"));
  json["attributes"]["sex"]["groups"] = {{"person", {"woman", "man"}}};
  warns("attribute 'sex' has one group");
}

BOOST_AUTO_TEST_CASE(features_that_say_nothing_or_too_much_are_problems) {
  json["features"] = parse_json(R"({"years": {}, "constant": {}, "number": {}, "refunded": {"categories": ["0", "1"]},
                                    "balance": {}, "surname": {"categories": ["x", "y"]}})",
                                "test");
  text = "id,sex,years,constant,number,refunded,balance,surname,score,repaid\n";
  for (int i = 0; i < 200; ++i) {
    const bool yes = i % 3 == 0;
    text += fmt::format("r{},{},{},7,{},{},{},{},5,{}\n", i, i % 2 == 0 ? "woman" : "man", 20 + (i * 37) % 60, i,
                        yes ? 1 : 0, yes ? 1000.5 + i * 7 % 50 : 10.25 + i * 13 % 90, i % 5 == 0 ? "x" : "y",
                        yes ? "yes" : "no");
  }
  const CheckReport report = check();
  const auto problem = [&](const std::string& part) { BOOST_TEST(in(report.problems, part)); };
  problem("feature 'constant' has one value in all rows");
  problem("feature 'number' numbers the rows");
  problem("feature 'refunded' tells 'repaid' by itself");
  problem("feature 'balance' tells 'repaid' by itself");
  problem("feature 'surname' looks like a direct identifier");
  BOOST_TEST(report.problems.size() == 5u);
  BOOST_TEST(in(report.warnings, "column 'surname' looks like a direct identifier"));
  // Who divides the table without a check is told, too.
  const Split split = make_split(read(), {.protocol = "clean", .images = 0});
  for (const auto& each : report.problems) BOOST_TEST(in(split.notes, each), each);
}

BOOST_AUTO_TEST_CASE(a_group_without_rows_is_a_problem) {
  json["attributes"]["sex"]["groups"]["other"] = {"other"};
  finds("no loan of group other (sex)");
}

BOOST_AUTO_TEST_CASE(direct_identifiers_are_known_by_their_names) {
  for (const char* name : {"name", "First", "last", "dob", "c_case_number", "Date of birth", "e-mail", "SSN"}) {
    BOOST_TEST(is_identifier(name), name);
  }
  for (const char* name : {"race", "age", "priors_count", "last_visit", "filename", "screening_date", "id"}) {
    BOOST_TEST(!is_identifier(name), name);
  }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(drawn_people)

BOOST_AUTO_TEST_CASE(the_scores_rates_are_those_in_closed_form) {
  TemporaryFolder folder;
  const TableSynthConfig config{.rows = 200'000, .seed = 3};
  BOOST_TEST(write_synthetic_table(folder / "people", config));
  BOOST_TEST(!write_synthetic_table(folder / "people", config));
  BOOST_CHECK_THROW(write_synthetic_table(folder / "people", {.rows = 100}), ConfigError);
  const Table table = read_table(folder / "people", load_adapter("", folder / "people"));
  BOOST_TEST(table.synthetic);
  std::vector<std::string> ids;
  for (const Row& row : table.rows) ids.push_back(row.image);
  const auto scored = read_score(table, table.adapter.scores.at(0), ids);
  for (const KnownRates& known : known_rates()) {
    BOOST_TEST_CONTEXT(known.group) {
      double rows = 0, positives = 0, hits = 0, alarms = 0;
      for (std::size_t i = 0; i < ids.size(); ++i) {
        const auto& values = table.rows[i].values;
        if (std::find(values.begin(), values.end(), known.group) == values.end()) continue;
        const bool yes = table.rows[i].label == 1, said = scored[i].probability >= 0.5;
        ++rows, positives += yes, hits += yes && said, alarms += !yes && said;
      }
      // Four standard errors of a share of 1/2.
      const auto near = [&](double share, double n, double expected) {
        BOOST_TEST(std::abs(share - expected) < 2 / std::sqrt(n), share << " is not near " << expected);
      };
      near(positives / rows, rows, known.positives);
      near(hits / positives, positives, known.true_positive_rate);
      near(alarms / (rows - positives), rows - positives, known.false_positive_rate);
    }
  }
}

BOOST_AUTO_TEST_CASE(the_known_rates_are_unequal) {
  std::map<std::string, KnownRates> rates;
  for (const auto& known : known_rates()) rates[known.group] = known;
  BOOST_TEST(rates.at("north").true_positive_rate > rates.at("south").true_positive_rate + 0.15);
  BOOST_TEST(rates.at("man").false_positive_rate > rates.at("woman").false_positive_rate + 0.1);
  // 1 - Phi(0.9)
  BOOST_TEST(rates.at("woman").false_positive_rate == 0.18406, boost::test_tools::tolerance(1e-4));
}

BOOST_AUTO_TEST_CASE(splits_hold_every_row_once_and_keep_units_whole) {
  TemporaryFolder folder;
  write_synthetic_table(folder / "people", {.rows = 900});
  const Table table = read_table(folder / "people", load_adapter("", folder / "people"));
  const Split folds = make_split(table, {.protocol = "crossfit", .images = 0, .folds = 5});
  BOOST_TEST(folds.images().size() == 900u);
  BOOST_TEST(folds.folds.size() == 5u);
  for (const auto& note : folds.notes) BOOST_TEST(!contains(note, "image"), note);
  Json units = parse_json(read_file(folder / "people" / kAdapterFile), "adapter");
  units["labels"]["unit"] = "age";  // 63 ages: each is one unit
  const Table joined = read_table(folder / "people", parse_adapter(units, "test"));
  const Split clean = make_split(joined, {.protocol = "clean", .images = 0});
  std::map<std::string, std::string> part_of;
  for (const char* part : {"train", "validation", "test"}) {
    for (const std::size_t row : joined.find(clean.subset(part))) {
      BOOST_TEST(part_of.emplace(joined.rows[row].lesion, part).first->second == part);
    }
  }
  BOOST_TEST(part_of.size() == 63u);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(compas)

BOOST_AUTO_TEST_CASE(the_published_layout_is_recognised_by_its_file) {
  TemporaryFolder folder;
  write_file(folder / "compas-scores-two-years.csv",
             "id,name,age,age_cat,race,sex,juv_fel_count,decile_score,juv_misd_count,juv_other_count,priors_count,"
             "days_b_screening_arrest,c_charge_degree,is_recid,decile_score,score_text,priors_count,two_year_recid\n"
             "1,jo doe,69,Greater than 45,Other,Male,0,1,0,0,0,-1,F,0,1,Low,0,0\n"
             "3,al roe,34,25 - 45,African-American,Female,0,6,0,0,2,,M,1,6,Medium,2,1\n"
             "4,bo poe,24,Less than 25,Caucasian,Male,0,9,0,1,4,5,F,1,9,High,4,1\n");
  const Table table = read_table(folder.path, load_adapter("", folder.path));
  BOOST_TEST(table.adapter.name == "compas");
  BOOST_TEST(table.filtered == 1u);  // no day of the screening
  const std::vector<float> features = {24, 0, 0, 1, 4, 1};
  BOOST_TEST(table.rows.at(1).features == features, boost::test_tools::per_element());
  BOOST_TEST(table.rows.at(1).image == "000003");
  BOOST_TEST(read_table(folder.path, load_adapter("compas_all")).rows.size() == 3u);
  const CheckReport report = check_table(read_table(folder.path, load_adapter("compas_all")));
  BOOST_TEST(std::any_of(report.warnings.begin(), report.warnings.end(), [](const auto& line) {
    return contains(line, "column 'name' looks like a direct identifier");
  }));
}

BOOST_AUTO_TEST_CASE(the_known_answers_of_the_real_table, *boost::unit_test::precondition(has_shared_data("compas"))) {
  const auto folder = shared_data("compas");
  const Table filtered = read_table(folder, load_adapter("", folder)),
              all = read_table(folder, load_adapter("compas_all"));
  BOOST_TEST(filtered.rows.size() == 6172u);
  BOOST_TEST(filtered.filtered == 1042u);
  BOOST_TEST(all.rows.size() == 7214u);
  BOOST_TEST(check_table(filtered).usable());
  std::vector<std::string> ids;
  for (const Row& row : all.rows) ids.push_back(row.image);
  const auto scored = read_score(all, all.adapter.scores.at(0), ids);
  // ProPublica's error rates: false positive and false negative, in per cent.
  const std::map<std::string, std::pair<double, double>> known = {{"African-American", {44.85, 27.99}},
                                                                  {"Caucasian", {23.45, 47.72}}};
  for (const auto& [group, rates] : known) {
    double negatives = 0, alarms = 0, positives = 0, misses = 0;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const Row& row = all.rows[i];
      if (row.values[1] != group) continue;
      const bool yes = row.label == 1, said = scored[i].probability >= 0.5;
      negatives += !yes, alarms += !yes && said, positives += yes, misses += yes && !said;
    }
    BOOST_TEST(100 * alarms / negatives == rates.first, boost::test_tools::tolerance(2e-4));
    BOOST_TEST(100 * misses / positives == rates.second, boost::test_tools::tolerance(2e-4));
  }
}

BOOST_AUTO_TEST_SUITE_END()
