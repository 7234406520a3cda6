#include <boost/test/unit_test.hpp>
#include <cmath>

#include "harness/base/csv.h"
#include "harness/base/json.h"
#include "tests/cli/fixture.h"

using namespace flnas;
using flnas::tests::contains;

BOOST_FIXTURE_TEST_SUITE(proxies_command, tests::Program)

BOOST_AUTO_TEST_CASE(cells_are_compared_with_a_table) {
  // Rows 0 and 1 of zc13_cifar10.csv: parameters and FLOPs only.
  const std::string header =
      "index,epe_nas,fisher,flops,grad_norm,grasp,jacov,l2_norm,nwot,params,plain,snip,synflow,zen\n";
  write_file(root / "zc13_cifar10.csv", header + "0,,,17.958592,,,,,,0.129306,,,,\n1,,,116.69267,,,,,,0.802426,,,,\n");
  const auto result =
      run("proxies --cells '0,|nor_conv_3x3~0|+|nor_conv_3x3~0|avg_pool_3x3~1|+|skip_connect~0|nor_conv_3x3~1|"
          "skip_connect~2|' --proxies params,flops --batch 2 --threads 1 --tables . --out values.csv --json");
  BOOST_TEST_REQUIRE(result.exit_code == 0, result.output);
  const Json json = parse_json(result.out, "stdout");
  BOOST_TEST(json["models"][1]["index"] == 1);
  BOOST_TEST(json["models"][0]["proxies"]["params"] == 0.129306);
  for (const auto& agreement : json["agreement"]) {
    BOOST_TEST(agreement["cells"] == 2);
    BOOST_TEST(std::abs(agreement["spearman"].get<double>() - 1) < 1e-12);
    BOOST_TEST(agreement["greatest_difference"].get<double>() < 1e-5);
  }
  const Csv csv = Csv::read(root / "values.csv");
  BOOST_TEST(csv.rows() == 2u);
  BOOST_TEST(csv.number(1, csv.column("params")) == 0.802426);
}

BOOST_AUTO_TEST_CASE(the_same_seed_draws_the_same_cells_and_values) {
  const std::string command = "proxies --cells random:2 --seed 4 --proxies synflow,nwot --batch 2 --threads 1 --json";
  Json first = parse_json(run(command).out, "stdout"), second = parse_json(run(command).out, "stdout");
  for (auto* json : {&first, &second}) {
    for (auto& model : (*json)["models"]) model.erase("seconds");
  }
  BOOST_TEST(first == second);
}

BOOST_AUTO_TEST_CASE(models_see_images_of_a_folder) {
  const auto result = run("proxies search3 --images data --classes 8 --size 16 --batch 8 --threads 1 --json");
  BOOST_TEST_REQUIRE(result.exit_code == 0, result.output);
  const Json model = parse_json(result.out, "stdout")["models"][0];
  BOOST_TEST(model["proxies"].size() == 13u);
  for (const auto& [name, value] : model["proxies"].items()) BOOST_TEST(value.is_number(), name);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_done_is_said) {
  const auto check = [&](const std::string& arguments, int exit_code, const std::string& part) {
    const auto result = run("proxies " + arguments);
    BOOST_TEST(result.exit_code == exit_code, result.output);
    BOOST_TEST(contains(result.output, part), result.output);
  };
  check("search3 --cells 1", 2, "either models or --cells");
  check("--cells 1,x", 2, "'x' is not a number");
  check("--cells '|none~0|+|none~0|none~1|'", 2, "2 nodes instead of 3");
  check("--cells random:10000", 2, "there are 9445 cells");
  check("--cells 99999", 2, "99999");
  check("--cells 1 --dataset cifar", 2, "did you mean 'cifar10'");
  check("--cells 1 --proxies nwat", 2, "did you mean 'nwot'");
  check("search3 --tables .", 2, "give --cells");
  check("search3 --images data --size 16", 2, "give --classes 8");
  check("search3 --images data --size 16 --classes 8 --batch 200", 3, "100 images");
  check("--cells 1 --proxies params --tables nowhere", 3, "nowhere");
}

BOOST_AUTO_TEST_SUITE_END()
