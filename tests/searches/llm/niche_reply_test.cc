#include "searches/llm/niche_reply.h"

#include <boost/test/unit_test.hpp>

#include "tests/base/fixture.h"

using namespace flnas;
using namespace flnas::searches;
using flnas::test::contains;

BOOST_AUTO_TEST_SUITE(niche_reply)

BOOST_AUTO_TEST_CASE(rules_are_read_out_of_prose_and_cut) {
  const auto rules = read_rules("Sure!\n```json\n{\"positive\": [\"a\\nb\", 3], \"negative\": [\"" +
                                std::string(1000, 'y') + "\"]}\n```");
  BOOST_TEST_REQUIRE(rules.has_value());
  BOOST_TEST(rules->positive == std::vector<std::string>{"a b"}, boost::test_tools::per_element());
  BOOST_TEST(rules->negative[0].size() < 310u);
  std::string many = "{\"positive\": [\"r\"";
  for (int i = 0; i < 50; ++i) many += ", \"r\"";
  BOOST_TEST(read_rules(many + "]}")->positive.size() == 10u);
  BOOST_TEST(!read_rules("no rules").has_value());
  BOOST_TEST(read_rules("{\"positive\": \"not a list\"}")->empty());
}

BOOST_AUTO_TEST_CASE(children_are_objects_or_plain_texts) {
  const auto written = read_children(R"({"children": [{"architecture": "|x|", "rationale": "why"}, "|y|", 7]})");
  BOOST_TEST(written.problem == "");
  BOOST_TEST_REQUIRE(written.children.size() == 2u);
  BOOST_TEST(written.children[0].architecture == "|x|");
  BOOST_TEST(written.children[0].rationale == "why");
  BOOST_TEST(written.children[1].architecture == "|y|");
}

BOOST_AUTO_TEST_CASE(a_reply_without_children_says_what_is_wrong) {
  BOOST_TEST(contains(read_children("hello").problem, "no complete JSON object"));
  BOOST_TEST(contains(read_children(R"({"children": []})").problem, "no list of children"));
  BOOST_TEST(contains(read_children(R"({"children": [1, 2]})").problem, "no objects with a key \"architecture\""));
  BOOST_TEST(contains(read_children(R"({"children": [{"architecture": "|x)").problem, "no complete JSON object"));
}

BOOST_AUTO_TEST_SUITE_END()
