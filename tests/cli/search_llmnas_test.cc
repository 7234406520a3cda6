// `flnas search llmnas`: which of its spaces, and the one of FL-NAS's designs for images.
#include <boost/test/unit_test.hpp>

#include "harness/base/json.h"
#include "tests/cli/fixture.h"
#include "tests/support/paths.h"

using namespace flnas;
using flnas::tests::contains;

BOOST_FIXTURE_TEST_SUITE(search_llmnas_on_images, tests::Program)

BOOST_AUTO_TEST_CASE(designs_are_searched_in_turns_by_niche_and_a_killed_search_continues) {
  const auto search = [](const std::string& out, const std::string& more) {
    return fmt::format(
        "search llmnas --data data --split split.json --task binary --size 16 --epochs 1 --threads 1 --device cpu "
        "--choices {}/../searches/spaces/cnn/small.json --space cnn --niches macs:2 --target pi4 --out {} {}",
        tests::tests_dir(), out, more);
  };
  const auto result = run(search("whole", "--budget 4"));
  BOOST_TEST_INFO(result.output);
  BOOST_TEST_REQUIRE(result.exit_code == 0);
  BOOST_TEST(contains(result.output, "merged front: d0"));
  const Json found = read_json(root / "whole/search.json");
  BOOST_TEST(found["name"] == "llmnas");
  BOOST_TEST(found["partition"]["objectives"].size() == 4u);
  for (const Json& niche : found["partition"]["niches"]) BOOST_TEST(niche["evaluated"] == 2);
  BOOST_TEST(contains(found["command"].get<std::string>(), "--niches macs:2"));
  // Stopped after two designs, and continued with the rest of the budget.
  BOOST_TEST_REQUIRE(run(search("part", "--budget 2")).exit_code == 0);
  BOOST_TEST_REQUIRE(run(search("part", "--budget 4")).exit_code == 0);
  const auto hashes = [&](const std::string& out) {
    std::vector<std::string> names;
    const Json found_there = read_json(root / out / "search.json");
    for (const Json& row : found_there["trajectory"]) names.push_back(row["hash"].get<std::string>());
    return names;
  };
  BOOST_TEST(hashes("part") == hashes("whole"), boost::test_tools::per_element());
  BOOST_TEST(run("verify whole").exit_code == 0);
  Json wrong = found;
  wrong["partition"]["niches"][0]["evaluated"] = 1;
  write_file(root / "whole/search.json", wrong.dump(2));
  const auto changed = run("verify whole");
  BOOST_TEST(changed.exit_code == 1);
  BOOST_TEST(contains(changed.output, "partition"), changed.output);
}

BOOST_AUTO_TEST_CASE(niches_are_compared_with_other_designers_at_equal_budget) {
  const auto result = run(fmt::format(
      "search compare --strategies random,llmnas --seeds 2 --data data --split split.json --task binary --size 16 "
      "--epochs 1 --threads 1 --device cpu --budget 2 --target none --choices {}/../searches/spaces/cnn/small.json "
      "--out c",
      tests::tests_dir()));
  BOOST_TEST_INFO(result.output);
  BOOST_TEST_REQUIRE(result.exit_code == 0);
  const Json found = read_json(root / "c/comparison.json");
  BOOST_TEST(found["arms"][1]["name"] == "llmnas");
  BOOST_TEST(found["arms"][1]["unfairness"]["n"] == 2);
}

BOOST_AUTO_TEST_CASE(a_space_is_named_or_follows_from_what_is_given_and_reads_its_own_flags_alone) {
  const auto check = [&](const std::string& arguments, const std::string& message) {
    const auto result = run("search llmnas --out none " + arguments);
    BOOST_TEST(result.exit_code == 2, result.output);
    BOOST_TEST(contains(result.output, message), result.output);
  };
  check("", "what is to be searched? Give either --tables DIR");
  check("--tables data --data data", "what is to be searched?");
  check("--space cnm", "did you mean 'cnn'?");
  check("--space cnn", "--space cnn needs --data DIR --split FILE");
  check("--space nas_bench_201", "--space nas_bench_201 needs --tables DIR");
  check("--data data", "--space cnn needs --data DIR --split FILE");
  check("--data data --split split.json --predictor-cells 3", "--predictor-cells is for another space");
  check("--data data --split split.json --niches flops_M:3", "did you mean 'macs:4'?");
  check("--tables data --epochs 3", "--epochs is for another space, and this one is nas_bench_201");
  check("--space cnn --data data --split split.json --classes 3", "--classes is for another space");
  const auto gone = run("search transformers --out none");
  BOOST_TEST(gone.exit_code == 2);
  BOOST_TEST(!std::filesystem::exists(root / "none"));
}

BOOST_AUTO_TEST_SUITE_END()
