#include "searches/spaces/cnn/designs/sample.h"

#include <boost/test/unit_test.hpp>
#include <map>
#include <set>

#include "searches/spaces/cnn/designs/design.h"
#include "searches/spaces/cnn/designs/sensible.h"

namespace {

using namespace flnas;
using namespace flnas::searches;

const Choices& choices() {
  static const Choices loaded = load_cnn().choices;
  return loaded;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(sampling)

BOOST_AUTO_TEST_CASE(samples_are_canonical_members_and_the_same_for_a_seed) {
  Random random(1), again(1);
  for (int i = 0; i < 200; ++i) {
    const Json design = sample(choices(), random);
    BOOST_TEST(outside_choices(design, choices()).empty());
    BOOST_TEST(design == canonical(nn::parse_architecture(design, "test")));
    BOOST_TEST(design == sample(choices(), again));
  }
}

BOOST_AUTO_TEST_CASE(sensible_samples_are_members_that_keep_a_practitioner_s_habits) {
  Random random(1), again(1);
  for (int i = 0; i < 200; ++i) {
    const Json design = sample_sensible(choices(), random);
    BOOST_TEST(design == sample_sensible(choices(), again));
    BOOST_TEST(outside_choices(design, choices()).empty());
    BOOST_TEST(design["head"]["reduce"] == "global_average");
    BOOST_TEST(design["head"]["hidden"].size() <= 1u);
    std::int64_t before = 0;
    for (std::size_t s = 0; s < design["stages"].size(); ++s) {
      const Json& stage = design["stages"][s];
      const auto kernel = stage["kernel"].get<int>();
      BOOST_TEST((kernel == 3 || kernel == 5 || (s == 0 && kernel == 7)));
      BOOST_TEST(stage["padding"] == kernel / 2);
      BOOST_TEST(stage["norm"] != "none");
      BOOST_TEST(stage["bias"] == false);
      BOOST_TEST((stage["stride"] == 1 || stage["pooling"] == "none"));
      BOOST_TEST(stage["channels"].get<std::int64_t>() >= before);
      before = stage["channels"].get<std::int64_t>();
    }
  }
  // Choices that offer nothing sensible are drawn from as they are.
  Json narrow = choices().json;
  narrow["stage"]["norm"] = {"none"};
  narrow["stage"]["kernel"] = {1};
  narrow["stage"]["padding"] = {0};
  const Json design = sample_sensible(parse_choices(narrow, "narrow"), random);
  BOOST_TEST(design["stages"][0]["kernel"] == 1);
}

BOOST_AUTO_TEST_CASE(every_decision_is_uniform) {
  Random random(2);
  std::map<std::size_t, int> stages;
  std::map<std::string, int> norms;
  int total = 0;
  for (int i = 0; i < 2000; ++i) {
    const Json design = sample(choices(), random);
    ++stages[design["stages"].size()];
    for (const auto& stage : design["stages"]) ++norms[stage["norm"].get<std::string>()], ++total;
  }
  // Five and four standard deviations of a binomial count.
  for (std::size_t n = 2; n <= 6; ++n) BOOST_TEST(std::abs(stages[n] - 400) < 90, n << " stages: " << stages[n]);
  for (const auto& [norm, count] : norms) BOOST_TEST(std::abs(count - total / 4.0) < 160, norm << ": " << count);
}

BOOST_AUTO_TEST_CASE(a_mutation_is_another_member_that_shares_most_with_its_parent) {
  Random random(3);
  std::set<std::size_t> changes;
  for (int i = 0; i < 300; ++i) {
    const Json parent = sample(choices(), random);
    const Json child = mutate(parent, choices(), random);
    BOOST_TEST(child != parent);
    BOOST_TEST(outside_choices(child, choices()).empty());
    const auto before = static_cast<int>(parent["stages"].size()), after = static_cast<int>(child["stages"].size());
    BOOST_TEST(std::abs(before - after) <= 1);
    int changed = before == after && child["head"] != parent["head"];
    for (int s = 0; before == after && s < before; ++s) changed += parent["stages"][s] != child["stages"][s];
    BOOST_TEST(changed <= 1);
    changes.insert(child["stages"].size());
  }
  BOOST_TEST(changes.size() == 5u);
}

BOOST_AUTO_TEST_CASE(a_crossover_is_a_member_of_parts_of_both) {
  Random random(4);
  int mixed = 0;
  for (int i = 0; i < 200; ++i) {
    const Json first = sample(choices(), random), second = sample(choices(), random);
    const Json child = crossover(first, second, choices(), random);
    BOOST_TEST(outside_choices(child, choices()).empty());
    BOOST_TEST(child["stages"].front() == first["stages"].front());
    BOOST_TEST((child["head"] == first["head"] || child["head"] == second["head"]));
    mixed += child["stages"].back() == second["stages"].back();
  }
  BOOST_TEST(mixed > 50);
}

BOOST_AUTO_TEST_CASE(choices_that_leave_one_design_cannot_be_mutated) {
  Json only = choices().json;
  only["stages"] = {{"from", 2}, {"to", 2}};
  only["stage"] = Json::parse(R"({"channels": [8], "kernel": [3], "stride": [1], "padding": [1], "bias": [true],
      "norm": ["none"], "activation": ["relu"], "pooling": ["max"], "dropout": [0], "form": ["plain"]})");
  only["head"] = Json::parse(R"({"reduce": ["flatten"], "hidden": {"from": 0, "to": 0}, "width": [16],
      "activation": ["relu"], "dropout": [0]})");
  const Choices narrow = parse_choices(only, "test");
  Random random(5);
  const Json design = sample(narrow, random);
  BOOST_TEST(mutate(design, narrow, random) == design);
}

BOOST_AUTO_TEST_SUITE_END()
