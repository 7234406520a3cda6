#include "searches/llm/reply/json_object.h"

#include <boost/test/unit_test.hpp>

namespace {

using namespace flnas;
using searches::find_json;

bool has(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

BOOST_AUTO_TEST_SUITE(json_object)

BOOST_AUTO_TEST_CASE(the_last_object_with_the_key_counts_wherever_it_stands) {
  BOOST_TEST(*find_json(R"({"stages": 1})", "stages").with_key == Json::parse(R"({"stages": 1})"));
  const std::string prose =
      "I {think} that {\"stages\": 1} is weak: {'a'}. So:\n```json\n{\"stages\": [2]}\n```\nand {\"note\": {}} ends "
      "it.";
  BOOST_TEST(*find_json(prose, "stages").with_key == Json::parse(R"({"stages": [2]})"));
  BOOST_TEST(*find_json(prose, "stages").any == Json::parse(R"({"note": {}})"));
  const std::string wrapped = R"({"designs": [{"stages": 1}, {"x": {"stages": 2}}], "stages_of_grief": 5})";
  BOOST_TEST(*find_json(wrapped, "stages").with_key == Json::parse(R"({"stages": 2})"));
  BOOST_TEST(*find_json("// note\n{\"stages\": /* two */ 2}", "stages").with_key == Json::parse(R"({"stages": 2})"));
}

BOOST_AUTO_TEST_CASE(braces_in_texts_and_around_objects_do_not_confuse_it) {
  BOOST_TEST(*find_json(R"({ {"stages": "}{\"}"} })", "stages").with_key == Json::parse(R"({"stages": "}{\"}"})"));
  BOOST_TEST(*find_json("{{{\"stages\": 3}}}{", "stages").with_key == Json::parse(R"({"stages": 3})"));
  BOOST_TEST(!find_json("", "stages").any);
  BOOST_TEST(!find_json("no {} object", "stages").any);
  BOOST_TEST(find_json("no object", "stages").error == "");
}

BOOST_AUTO_TEST_CASE(an_object_that_breaks_off_is_explained_with_its_line) {
  const auto found = find_json("Here:\n{\"stages\": [{\"channels\": 8},\n  {\"channels\":", "stages");
  BOOST_TEST(!found.with_key);
  BOOST_TEST(!found.any);  // what lies within the broken object is a part of it
  BOOST_TEST_CONTEXT(found.error) {
    BOOST_TEST(has(found.error, "line 3: "));
    BOOST_TEST(has(found.error, "end of input"));
  }
  const auto comma = find_json("{\"stages\": [{\"channels\": 8}, ], \"head\": {}}", "stages");
  BOOST_TEST(!comma.any);
  BOOST_TEST(comma.error == "line 1: a comma stands before a closing bracket; take it away");
  BOOST_TEST(*find_json("{\"note\": 1} {\"a\": {\"b\": 1},}", "stages").any == Json::parse(R"({"note": 1})"));
  const auto quotes = find_json("{'stages': []}", "stages");
  BOOST_TEST(has(quotes.error, "line 1: "));
}

BOOST_AUTO_TEST_CASE(depth_is_limited_and_work_stays_linear) {
  std::string deep, flat = "{\"a\":[", comments;
  for (int i = 0; i < 60000; ++i) deep += "{\"a\":";
  for (int i = 0; i < 60000; ++i) flat += "{},";
  for (int i = 0; i < 60000; ++i) comments += "{//";
  std::string wide = "{";
  for (int i = 0; i < 20000; ++i) wide += "\"key" + std::to_string(i) + "\": 1,";
  BOOST_TEST(has(find_json(wide + "\"stages\": 1}", "stages").error, "more than 100 keys"));
  BOOST_TEST(has(find_json(deep, "stages").error, "nested more than 32 deep"));
  BOOST_TEST(!find_json(flat, "stages").with_key);
  BOOST_TEST(!find_json(comments, "stages").with_key);
  BOOST_TEST(!find_json(std::string(200000, '{'), "stages").with_key);
}

BOOST_AUTO_TEST_CASE(invalid_bytes_are_an_error_not_a_crash) {
  BOOST_TEST(!find_json("{\"stages\": \"\xff\xfe\"}", "stages").with_key);
  BOOST_TEST(!find_json("{\"stages\": 1e999}", "stages").with_key);
  BOOST_TEST(!find_json(std::string("{\"stages\": \0}", 13), "stages").with_key);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
