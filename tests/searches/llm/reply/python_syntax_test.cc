#include "searches/llm/reply/python_syntax.h"

#include <boost/test/unit_test.hpp>

namespace {

using namespace flnas;
using searches::find_call;
using Kind = searches::PyValue::Kind;

bool has(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

searches::PyValue parse(const std::string& arguments) {
  const auto found = find_call("f(" + arguments + ")", "f");
  BOOST_TEST_CONTEXT(arguments << ": " << found.error) { BOOST_REQUIRE(found.found); }
  return found.call;
}

std::string error_of(const std::string& text) {
  const auto found = find_call(text, "f");
  BOOST_TEST(!found.found);
  return found.error;
}

BOOST_AUTO_TEST_SUITE(python_syntax)

BOOST_AUTO_TEST_CASE(arguments_are_read_by_kind) {
  const auto call = parse("1, -2.5, 1_000, 1e-3, True, None, 'a', \"b\", x.y.z, (1, 2), [3], g(4), k=(5), *h,");
  const std::vector<std::string> expected = {"1",   "-2.5", "1000",   "0.001", "True",   "None", "'a'",
                                             "'b'", "z",    "(1, 2)", "(3)",   "g(...)", "h"};
  BOOST_REQUIRE(call.items.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) BOOST_TEST(searches::describe(call.items[i]) == expected[i]);
  BOOST_TEST(call.named.at(0).name == "k");
  BOOST_TEST(call.named.at(0).value.integer == 5);
  BOOST_TEST((call.items[9].kind == Kind::kList));
}

BOOST_AUTO_TEST_CASE(arithmetic_on_numbers_is_done_and_on_names_is_left_open) {
  BOOST_TEST(parse("128 * 7*7").items[0].integer == 6272);
  BOOST_TEST(parse("2 + 3 * (4 - 1) // 2").items[0].integer == 6);
  BOOST_TEST((parse("7 / 2").items[0].kind == Kind::kFloat));
  BOOST_TEST(parse("7 / 2").items[0].number == 3.5);
  BOOST_TEST((parse("64 * size").items[0].kind == Kind::kName));
  BOOST_TEST(searches::describe(parse("64 * size").items[0]) == "an expression");
}

BOOST_AUTO_TEST_CASE(lines_and_comments_within_brackets_mean_nothing) {
  const auto call = parse("\n  1,  # one, (two\n\n  g(2)\n");
  BOOST_TEST(call.items.size() == 2u);
  BOOST_TEST(call.items[1].line == 4u);
}

BOOST_AUTO_TEST_CASE(the_last_complete_call_counts_and_what_follows_it_is_not_read) {
  const auto found = find_call("use f(1), or better:\nm = nn.f(2, f(3))  # not ff(4) nor f (\n- a ? bullet", "f");
  BOOST_TEST(found.found);
  BOOST_TEST(found.call.items[0].integer == 2);
  BOOST_TEST(found.call.items[1].items[0].integer == 3);
}

BOOST_AUTO_TEST_CASE(a_call_that_prose_names_without_arguments_does_not_replace_one) {
  BOOST_TEST(find_call("Sequential(1)\nThis `nn.Sequential()` is small.", "Sequential").call.items.size() == 1u);
  BOOST_TEST(find_call("An `nn.Sequential()` follows: Sequential(1, 2)", "Sequential").call.items.size() == 2u);
}

BOOST_AUTO_TEST_CASE(what_is_no_such_syntax_is_explained_with_its_line) {
  BOOST_TEST(has(error_of("f(1,\n2"), "line 2: the text ends too early"));
  BOOST_TEST(has(error_of("f(1 2)"), "line 1: expected ',' or ')'"));
  BOOST_TEST(has(error_of("f(\n@x)"), "line 2: unexpected '@'"));
  BOOST_TEST(has(error_of("f(\xc3\xa9)"), "unexpected byte 0xc3"));
  BOOST_TEST(has(error_of("f('a\nb')"), "a text that does not end on its line"));
  BOOST_TEST(has(error_of("f(1x)"), "'1x' is no number"));
  BOOST_TEST(has(error_of("f(1e99)"), "beyond 10^15"));
  BOOST_TEST(has(error_of("f(10000000000 * 10000000000)"), "beyond 10^15"));
  BOOST_TEST(has(error_of("f(1 // 0)"), "division by zero"));
  BOOST_TEST(has(error_of("f(x for x in y)"), "expected ','"));
  BOOST_TEST(has(error_of("f(lambda: 1)"), "expected ','"));
  BOOST_TEST(has(error_of("f(" + std::string(300, 'a') + ")"), "more than 200 characters"));
}

BOOST_AUTO_TEST_CASE(depth_is_limited_and_work_stays_linear) {
  std::string deep, flat = "f(", comments, texts;
  for (int i = 0; i < 60000; ++i) deep += "f(";
  for (int i = 0; i < 60000; ++i) flat += "f(),";
  for (int i = 0; i < 60000; ++i) comments += "f(#";
  for (int i = 0; i < 60000; ++i) texts += "f('";
  BOOST_TEST(has(error_of(deep), "nested more than 32 deep"));
  BOOST_TEST(find_call(flat, "f").found);
  BOOST_TEST(error_of(comments) != "");
  BOOST_TEST(error_of(texts) != "");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
