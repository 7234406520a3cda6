#include <boost/test/unit_test.hpp>
#include <regex>
#include <set>

#include "harness/base/json.h"
#include "tests/cli/fixture.h"
#include "tests/support/paths.h"

using namespace flnas;
using flnas::tests::contains;

namespace {

/// Small images, so that a subnet takes a fraction of a second; latencies are estimates, which repeat.
const char kSearch[] =
    "search llmnas --space autoformer-tiny --target pi4 --size 16 --classes 4 --proxy-batch 2 --proxies synflow,params "
    "--threads 1 ";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(search_transformers, tests::Program)

BOOST_AUTO_TEST_CASE(every_niche_is_searched_and_a_killed_search_goes_on) {
  const auto first = run(std::string(kSearch) + "--budget 12 --out whole");
  BOOST_TEST_REQUIRE(first.exit_code == 0, first.output);
  BOOST_TEST(contains(first.output, "accuracy not measured"));
  BOOST_TEST(contains(first.output, "estimated on pi4"));
  const Json record = read_json(root / "whole/proxy_search.json");
  BOOST_TEST(record["niches"].size() == 9u);
  BOOST_TEST(record["command"].get<std::string>().rfind("flnas search llmnas --space autoformer-tiny --out whole", 0) ==
             0u);
  BOOST_TEST(record["evaluations"] == 12);
  BOOST_TEST(record["front"].size() >= 1u);
  std::set<std::string> subnets;
  for (const auto& point : record["points"]) {
    subnets.insert(point["design"].get<std::string>());
    BOOST_TEST(point["accuracy"].is_null());
    BOOST_TEST(point["latency_ms"].get<double>() > 0);
    BOOST_TEST(point["proxies"].size() == 2u);
    BOOST_TEST(point["mistrust"] == "");
  }
  BOOST_TEST(subnets.size() == 12u);

  // The first lines of the file, the last one torn: as after a kill.
  const std::string lines = text("whole/archive.jsonl");
  std::filesystem::create_directories(root / "killed");
  std::filesystem::copy(root / "whole/proxy_search.json", root / "killed/proxy_search.json");
  write_file(root / "killed/archive.jsonl", lines.substr(0, lines.size() / 2));
  BOOST_TEST(run(std::string(kSearch) + "--budget 12 --out killed").exit_code == 0);
  BOOST_TEST(read_json(root / "killed/proxy_search.json")["points"] == record["points"]);
  const auto timeless = [](const std::string& archive) {
    return std::regex_replace(archive, std::regex("\"seconds\":[0-9.e-]+"), "");
  };
  BOOST_TEST((timeless(text("killed/archive.jsonl")) == timeless(lines)));

  const auto other = run(std::string(kSearch) + "--budget 13 --out whole");
  BOOST_TEST(other.exit_code == 2);
  BOOST_TEST(contains(other.output, "another 'budget'"), other.output);
  const auto longer = run(std::string(kSearch) + "--budget 12 --latency-seconds 1 --out whole");
  BOOST_TEST(longer.exit_code == 2);
  BOOST_TEST(contains(longer.output, "another 'seconds'"), longer.output);
}

BOOST_AUTO_TEST_CASE(another_language_model_is_another_search) {
  const std::string replays = std::string(kSearch) + "--budget 2 --llm replay --replay r.jsonl --out s ";
  write_file(root / "r.jsonl", "");
  run(replays + "--llm-model m");
  const auto refused = [&](const std::string& more, const std::string& key) {
    const auto result = run(replays + more);
    BOOST_TEST(result.exit_code == 2, result.output);
    BOOST_TEST(contains(result.output, "another '" + key + "'"), result.output);
  };
  refused("--llm-model n", "model");
  refused("--llm-model m --llm-temperature 0.5", "temperature");
  refused("--llm-model m --attempts 2", "attempts");
}

BOOST_AUTO_TEST_CASE(its_record_is_computed_again_from_the_raw_figures) {
  BOOST_TEST_REQUIRE(run(std::string(kSearch) + "--budget 6 --out tf").exit_code == 0);
  const auto good = run("verify tf");
  BOOST_TEST(good.exit_code == 0, good.output);
  BOOST_TEST(contains(good.output, "VALID: 1 records"), good.output);

  const std::string lines = text("tf/archive.jsonl");
  const auto digit = lines.find_first_of("123456789", lines.find("latency_us"));
  std::string changed = lines;
  changed[digit] = changed[digit] == '9' ? '8' : static_cast<char>(changed[digit] + 1);
  write_file(root / "tf/archive.jsonl", changed);
  const auto raw = run("verify tf");
  BOOST_TEST(raw.exit_code == 1);
  BOOST_TEST(contains(raw.output, "points"), raw.output);

  write_file(root / "tf/archive.jsonl", lines.substr(lines.find('\n') + 1));
  const auto missing = run("verify tf");
  BOOST_TEST(missing.exit_code == 1);
  BOOST_TEST(contains(missing.output, "was evaluated but never proposed"), missing.output);

  write_file(root / "tf/archive.jsonl", lines);
  std::string record = text("tf/proxy_search.json");
  record[record.find("\"parameters\": ") + 14] ^= 1;
  write_file(root / "tf/proxy_search.json", record);
  const auto tampered = run("verify tf");
  BOOST_TEST(tampered.exit_code == 1);
  BOOST_TEST(contains(tampered.output, "parameters"), tampered.output);
  BOOST_TEST(contains(tampered.output, "digest"), tampered.output);
}

BOOST_AUTO_TEST_CASE(accuracies_of_a_table_are_shown) {
  const std::string command = std::string(kSearch) + "--budget 2 --niches none --proxies params ";
  BOOST_TEST(run(command + "--out a").exit_code == 0);
  const Json record = read_json(root / "a/proxy_search.json");
  const auto subnet = record["points"][0]["design"].get<std::string>();
  write_file(root / "table.csv", "subnet,accuracy\n" + subnet + ",71.5\n");
  BOOST_TEST(run(command + "--accuracies table.csv --out b").exit_code == 0);
  BOOST_TEST(read_json(root / "b/proxy_search.json")["points"][0]["accuracy"] == 71.5);
  write_file(root / "table.csv", "subnet,accuracy\n200: 3x3,71.5\n");
  const auto bad = run(command + "--accuracies table.csv --out c");
  BOOST_TEST(bad.exit_code == 3);
  BOOST_TEST(contains(bad.output, "table.csv:2"), bad.output);
}

BOOST_AUTO_TEST_CASE(searched_subnets_are_models_by_name_and_by_file) {
  std::filesystem::copy(std::filesystem::path(tests::tests_dir()) / "../harness/nn/autoformer/tiny.json",
                        root / "own.json");
  const auto listing = run("models autoformer-tiny own.json --classes 1000 --json");
  BOOST_TEST_REQUIRE(listing.exit_code == 0, listing.output);
  for (const auto& model : parse_json(listing.out, "stdout")) {
    BOOST_TEST(model["parameters"] == 5867944);
    BOOST_TEST(model["macs"] == 1343754752);
    BOOST_TEST(model["match"] == "none");
  }
  BOOST_TEST(contains(run("models autoformer-tny").output, "did you mean 'autoformer-tiny'"));
  write_file(root / "own.json", R"({"space": "autoformer-tiny", "width": 200, "layers": []})");
  const auto bad = run("models own.json");
  BOOST_TEST(bad.exit_code == 2);
  BOOST_TEST(contains(bad.output, "width must be one of 192, 216, 240"), bad.output);
}

BOOST_AUTO_TEST_CASE(a_design_found_by_proxies_is_trained_and_reported) {
  const std::string search =
      "search nsga2 --space cnn --evaluator proxies --task binary --size 16 --threads 1 --budget 4 --proxy-batch 4 "
      "--proxies jacov --choices " +
      std::string(tests::tests_dir()) + "/../searches/spaces/cnn/small.json ";
  const auto found = run(search + "--out noise");
  BOOST_TEST_REQUIRE(found.exit_code == 0, found.output);
  BOOST_TEST(contains(found.output, "no latency"), found.output);
  BOOST_TEST(run("verify noise").exit_code == 0);
  BOOST_TEST(run("report noise").exit_code == 0);
  BOOST_TEST(run("train noise/best.json --data data --split split.json --task binary --size 16 --epochs 1 --out again")
                 .exit_code == 0);
  BOOST_TEST(run(search + "--data data --split split.json --out images").exit_code == 0);
  const Json noise = read_json(root / "noise/proxy_search.json"), images = read_json(root / "images/proxy_search.json");
  BOOST_TEST(noise["points"][0]["design"] == images["points"][0]["design"]);
  BOOST_TEST(noise["points"][0]["proxies"] != images["points"][0]["proxies"]);
  BOOST_TEST(images["settings"]["images"] != "noise");
}

BOOST_AUTO_TEST_CASE(unknown_names_are_answered_with_the_nearest_and_nothing_is_written) {
  const auto check = [&](const std::string& arguments, const std::string& part) {
    const auto result = run("search llmnas --out x " + arguments);
    BOOST_TEST(result.exit_code == 2, result.output);
    BOOST_TEST(contains(result.output, part), result.output);
  };
  check("--space autoformer-smal", "did you mean 'autoformer-small'");
  const std::string tiny = "--space autoformer-tiny ";
  check(tiny + "--niches widht", "did you mean 'width'");
  check(tiny + "--proxies synflo", "did you mean 'synflow'");
  check(tiny + "--llm sever", "did you mean 'server'");
  check(tiny + "--size 100", "multiple of 16");
  check(tiny + "--budget -1", "--budget must be");
  check(tiny + "--target pi44", "pi4");
  check(tiny + "--epochs 3", "--epochs is for another space, and this one is autoformer-tiny");
  check(tiny + "--tables data", "--tables is for another space, and this one is autoformer-tiny");
  BOOST_TEST(!std::filesystem::exists(root / "x"));
}

BOOST_AUTO_TEST_SUITE_END()
