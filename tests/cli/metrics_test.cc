// `flnas metrics` on anyone's predictions, as a user runs it.
#include "harness/base/json.h"
#include "tests/cli/fixture.h"
#include "tests/evaluation/table_fixture.h"

using namespace flnas;
using flnas::tests::contains;

namespace {

struct Files {
  test::TemporaryFolder folder;

  Files() { write_file(folder / "own.csv", test::households()); }
  tests::ProgramResult run(const std::string& arguments) const {
    return tests::run_flnas_program(tests::split_words(arguments), folder.path);
  }
};

const std::string kOwn = "metrics own.csv --label truth --prediction answer --score p --attributes race,sex ";

std::size_t longest_line(const std::string& text) {
  std::size_t most = 0;
  for (const auto& line : split(text, '\n')) most = std::max(most, line.size());
  return most;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(metrics_of_own_predictions, Files)

BOOST_AUTO_TEST_CASE(rates_by_group_stand_in_the_text_with_their_intervals_in_80_columns) {
  const auto result = run(kOwn + "--unit household --cross race,sex");
  BOOST_TEST_CONTEXT(result.output) {
    BOOST_TEST(result.exit_code == 0);
    BOOST_TEST(longest_line(result.out) <= 80U);
    BOOST_TEST(contains(result.out, "72 rows of 36 units; positive: yes (36); 95 % intervals"));
    for (const char* part : {"false positive rate", "false negative rate", "AUROC", "\nrace\n", "\nrace,sex\n",
                             "  Asian, f  ", "  White  ", "40.00 [", "25.00 [", "Fairness by attribute", "0.550 ["}) {
      BOOST_TEST(contains(result.out, part), "no '" << part << "'");
    }
    BOOST_TEST(contains(result.out, "--positive is not given: taken is 'yes'"));
    BOOST_TEST(!contains(result.out, "|---"));
  }
  BOOST_TEST(contains(run(kOwn + "--wide").out, "EOPP2"));
}

BOOST_AUTO_TEST_CASE(json_has_groups_by_name) {
  const auto result = run(kOwn + "--positive yes --json");
  BOOST_TEST_REQUIRE(result.exit_code == 0);
  const Json groups = parse_json(result.out, "out").at("groups");
  BOOST_TEST(groups.at("race=Asian").at("fpr").at("value").get<double>() == 0.4);
  BOOST_TEST(groups.at("race=Asian").at("fpr").at("low").get<double>() < 0.4);
  BOOST_TEST(groups.at("sex=f").at("n") == 36);
}

BOOST_AUTO_TEST_CASE(several_files_are_compared) {
  std::string better = test::households();
  for (std::size_t at = 0; (at = better.find("yes,no,0.3", at)) != better.npos;) better.replace(at, 10, "yes,yes,0.8");
  write_file(folder / "better.csv", better);
  const std::string both = "metrics better.csv own.csv --label truth --prediction answer --attributes race --id who ";
  const auto text = run(both);
  BOOST_TEST_CONTEXT(text.output) {
    BOOST_TEST(text.exit_code == 0);
    BOOST_TEST(longest_line(text.out) <= 80U);
    BOOST_TEST(contains(text.out, "better.csv minus own.csv\npaired by id: 72 rows\n"));
    BOOST_TEST(contains(text.out, "true positive rate, points "));
    BOOST_TEST(contains(text.out, " 55.56 ["));
  }
  BOOST_TEST(contains(run(both + "--format md").out, "| true positive rate, points |"));
  const Json json = parse_json(run(both + "--json").out, "out");
  BOOST_TEST(json.at("files").size() == 2U);
  const Json& tpr = json.at("comparisons").at(0).at("differences").at("tpr");
  BOOST_TEST(tpr.at("value").get<double>() == 20.0 / 36, boost::test_tools::tolerance(1e-9));
  BOOST_TEST(tpr.at("low").get<double>() > 0);
}

BOOST_AUTO_TEST_CASE(classes_may_be_numbers_and_ids_may_lack) {
  write_file(folder / "a.csv", "y,p,id,team\n1,1,r1,x\n0,1,r2,x\n1,1,r3,z\n0,0,r4,z\n1,0,r5,z\n");
  write_file(folder / "b.csv", "y,p,id,team\n1,1,r1,x\n0,0,r2,x\n1,1,r3,z\n0,0,r4,z\n1,1,r6,z\n");
  write_file(folder / "c.csv", "y,p,team\n1,1,x\n0,0,x\n1,0,z\n0,0,z\n");
  const std::string columns = " --label y --prediction p --positive 1 --attributes team ";
  // Rows 1 to 4 are in both: accuracy 3/4 and 4/4.
  const Json paired =
      parse_json(run("metrics a.csv b.csv --id id --json" + columns).out, "out").at("comparisons").at(0);
  BOOST_TEST(paired.at("paired") == true);
  BOOST_TEST(paired.at("n") == 4);
  BOOST_TEST(paired.at("only_first") == 1);
  BOOST_TEST(paired.at("only_second") == 1);
  BOOST_TEST(paired.at("differences").at("accuracy").at("value") == -0.25);
  // Without ids in one of them all five rows of the first count: 3/5 and 3/4.
  const auto text = run("metrics a.csv c.csv" + columns);
  BOOST_TEST(contains(text.out, "not paired (no common ids): taken for independent samples"), text.output);
  const Json apart = parse_json(run("metrics a.csv c.csv --json" + columns).out, "out").at("comparisons").at(0);
  BOOST_TEST(apart.at("differences").at("accuracy").at("value").get<double>() == -0.15,
             boost::test_tools::tolerance(1e-9));
}

BOOST_AUTO_TEST_CASE(errors_are_one_line_and_say_what_to_do) {
  const auto refused = [&](const std::string& arguments, int exit_code, const std::string& part) {
    const auto result = run(arguments);
    BOOST_TEST_CONTEXT(arguments << "\n" << result.errors) {
      BOOST_TEST(result.exit_code == exit_code);
      BOOST_TEST(result.errors.starts_with("error: "));
      BOOST_TEST(result.errors.find('\n') + 1 == result.errors.size());
      BOOST_TEST(contains(result.errors, part));
    }
  };
  refused("metrics own.csv", 3, "no column 'label'; say which one it is: --label COLUMN");
  refused("metrics own.csv --label truth --prediction answr", 3, "nearest is 'answer'");
  refused(kOwn + "--positive maybe", 2, "unknown class of --positive");
  refused(kOwn + "--adapter isic2019", 2, "leave it out");
  refused(kOwn + "--cross race", 2, "--cross takes two or more");
  refused("metrics own.csv own.csv --label truth --prediction answer", 2, "given twice");
  refused("metrics none.csv --label truth", 3, "none.csv: no such file");
}

BOOST_AUTO_TEST_SUITE_END()
