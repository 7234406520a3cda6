#include "harness/evaluation/table_comparison.h"

#include "tests/records/fixture.h"

namespace flnas {
namespace {

using test::contains;
using test::message_of;

/// 100 rows, half of them yes; of the first `right` rows the answer is right. Rows in reverse where asked for.
PredictionTable answers(const std::string& name, int right, bool reversed = false, bool with_ids = true) {
  std::vector<std::string> rows;
  for (int i = 0; i < 100; ++i) {
    const bool yes = i % 2 == 0, said = i < right ? yes : !yes;
    rows.push_back(fmt::format("{}{},{},{}\n", with_ids ? fmt::format("r{:03},", i) : "", yes ? 1 : 0, said ? 1 : 0,
                               i % 3 == 0 ? "a" : "b"));
  }
  if (reversed) std::reverse(rows.begin(), rows.end());
  std::string text = with_ids ? "id,label,prediction,g\n" : "label,prediction,g\n";
  for (const auto& row : rows) text += row;
  return parse_table(text, name, {.attributes = {"g"}});
}

const MetricsReportOptions kQuick{.subset = "test", .cross = {}, .settings = {.bootstrap = {.resamples = 500}}};

BOOST_AUTO_TEST_SUITE(table_comparison)

BOOST_AUTO_TEST_CASE(rows_are_paired_by_their_ids_in_any_order) {
  const Json pair = compare_tables({answers("a.csv", 80), answers("b.csv", 70, true)}, kQuick).at(0);
  BOOST_TEST(pair["first"] == "a.csv");
  BOOST_TEST(pair["paired"] == true);
  BOOST_TEST(pair["by"] == "id");
  BOOST_TEST(pair["n"] == 100);
  const Json& accuracy = pair["differences"]["accuracy"];
  BOOST_TEST(accuracy["value"].get<double>() == 0.1, boost::test_tools::tolerance(1e-9));
  // Ten discordant rows, all for the first: the standard error is sqrt(0.1 - 0.01) / 10 = 0.03.
  BOOST_TEST(accuracy["low"].get<double>() > 0.02);
  BOOST_TEST(accuracy["high"].get<double>() < 0.18);
  BOOST_TEST(accuracy["p"].get<double>() < 0.01);
}

BOOST_AUTO_TEST_CASE(the_same_answers_do_not_differ) {
  const Json same = compare_tables({answers("a.csv", 80), answers("b.csv", 80, true)}, kQuick).at(0)["differences"];
  for (const char* name : {"accuracy", "balanced_accuracy", "unfairness_sum", "eodd"}) {
    BOOST_TEST_CONTEXT(name) {
      BOOST_TEST(same[name]["value"] == 0.0);
      BOOST_TEST(same[name]["low"].is_null());  // no interval rather than one of no width
      BOOST_TEST(same[name]["high"].is_null());
      BOOST_TEST(same[name]["p"] == 1.0);
    }
  }
}

BOOST_AUTO_TEST_CASE(without_ids_equal_rows_are_paired_and_others_are_independent) {
  const PredictionTable first = answers("a.csv", 80, false, false), second = answers("b.csv", 70, false, false);
  BOOST_TEST(compare_tables({first, second}, kQuick).at(0)["by"] == "row");
  const Json apart = compare_tables({first, answers("b.csv", 70, true, false)}, kQuick).at(0);
  BOOST_TEST(apart["paired"] == false);
  // Independent: the standard error is sqrt(0.16 + 0.21) / 10 = 0.06.
  BOOST_TEST(apart["differences"]["accuracy"]["low"].get<double>() < 0.01);
}

BOOST_AUTO_TEST_CASE(rows_without_partner_are_counted_and_labels_have_to_agree) {
  const auto parse = [](const char* text, const char* name) { return parse_table(text, name, {}); };
  const PredictionTable first = parse("id,label,prediction\na,1,1\nb,0,0\nc,1,0\n", "a.csv");
  const Json pair =
      compare_tables({first, parse("id,label,prediction\nb,0,0\na,1,0\nd,0,0\ne,1,1\n", "b.csv")}, kQuick).at(0);
  BOOST_TEST(pair["n"] == 2);
  BOOST_TEST(pair["only_first"] == 1);
  BOOST_TEST(pair["only_second"] == 2);
  const auto other = message_of<DataError>([&] {
    compare_tables({first, parse("id,label,prediction\na,0,1\n", "b.csv")});
  });
  BOOST_TEST(contains(other, "a.csv:2: 'a' has the label '1', and in b.csv:2 '0'"));
  const PredictionTable foreign = parse_table("label,prediction\nx,y\ny,y\n", "c.csv", {.positive = "x"});
  BOOST_TEST(contains(message_of<DataError>([&] { compare_tables({first, foreign}); }), "different classes"));
}

BOOST_AUTO_TEST_CASE(several_files_are_corrected_for) {
  const Json all = compare_tables({answers("a", 80), answers("b", 76), answers("c", 60)}, kQuick);
  BOOST_TEST(all.size() == 3U);
  for (const auto& pair : all) {
    const Json& figure = pair["differences"]["accuracy"];
    BOOST_TEST(figure["p_holm"].get<double>() >= figure["p"].get<double>());
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas
