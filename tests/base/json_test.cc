#include "harness/base/json.h"

#include <cmath>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "tests/base/fixture.h"

namespace flnas {
namespace {

using test::contains;
using test::message_of;

BOOST_AUTO_TEST_SUITE(json)

BOOST_AUTO_TEST_CASE(keys_keep_their_order_and_nan_is_null) {
  const test::TemporaryFolder folder;
  Json value;
  value["z"] = 1;
  value["a"] = std::nan("");
  write_json(folder / "v.json", value);
  BOOST_TEST(read_file(folder / "v.json") == "{\n  \"z\": 1,\n  \"a\": null\n}\n");
  BOOST_TEST(read_json(folder / "v.json")["a"].is_null());
}

BOOST_AUTO_TEST_CASE(broken_json_is_named_with_its_place) {
  const auto message = message_of<DataError>([] { parse_json("{\n \"a\": }", "v.json"); });
  BOOST_TEST(contains(message, "v.json: not valid JSON (at line 2, column"));
}

BOOST_AUTO_TEST_CASE(a_missing_file_is_a_data_error) {
  BOOST_TEST(contains(message_of<DataError>([] { read_json("/nowhere/v.json"); }), "/nowhere/v.json: no such file"));
}

BOOST_AUTO_TEST_CASE(a_number_that_no_double_holds_is_named_like_other_faults) {
  BOOST_TEST(contains(message_of<DataError>([] { parse_json("{\"a\": 1e999}", "v.json"); }),
                      "v.json: not valid JSON (number overflow parsing '1e999')"));
}

BOOST_AUTO_TEST_CASE(nesting_without_end_is_refused_before_it_is_read) {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  BOOST_TEST(parse_json(nested(200), "v.json").is_array());
  BOOST_TEST(
      contains(message_of<DataError>([&] { parse_json(nested(201), "v.json"); }), "v.json: nested more than 200"));
  BOOST_CHECK_THROW(parse_json(std::string(1'000'000, '{'), "v.json"), DataError);
  const std::string quoted = "\"\\\"" + std::string(1000, '[') + "\"";  // brackets in a text, after an escaped quote
  BOOST_TEST(parse_json(quoted, "v.json").is_string());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas
