#include "searches/llm/reply/read_reply.h"

#include <boost/test/unit_test.hpp>

#include "harness/base/text.h"
#include "tests/base/fixture.h"

namespace {

using namespace flnas;
using searches::read_reply;
using test::contains;

constexpr nn::ModelOptions kOptions{.classes = 2, .size = 224};

const char kSequential[] =
    "nn.Sequential(nn.Conv2d(3, 8, 3, padding=1), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8, 2))";

std::string problem_of(const std::string& text) {
  const auto reply = read_reply(text, kOptions);
  BOOST_TEST(!reply.architecture.has_value());
  BOOST_REQUIRE(reply.problems.size() == 1u);
  BOOST_TEST(one_line(reply.problems[0], 1000) == reply.problems[0]);
  return reply.problems[0];
}

BOOST_AUTO_TEST_SUITE(replies)

BOOST_AUTO_TEST_CASE(json_is_given_as_it_stands) {
  const auto reply = read_reply("Sure!\n```json\n{\"stages\": [{\"chanels\": 8}]}\n```\n", kOptions);
  BOOST_TEST(reply.problems.empty());
  BOOST_TEST(*reply.architecture == Json::parse(R"({"stages": [{"chanels": 8}]})"));
}

BOOST_AUTO_TEST_CASE(json_with_stages_goes_before_a_sequential_and_that_before_other_json) {
  const std::string sequential = kSequential;
  BOOST_TEST(read_reply("{\"stages\": 1} or " + sequential, kOptions).architecture->at("stages") == 1);
  BOOST_TEST(read_reply("{\"note\": 1} " + sequential, kOptions).architecture->at("stages").size() == 1u);
  BOOST_TEST(*read_reply("{\"stagse\": []}", kOptions).architecture == Json::parse("{\"stagse\": []}"));
}

BOOST_AUTO_TEST_CASE(a_sequential_in_a_class_with_prose_is_read) {
  const std::string text = std::string("Here is `nn.Sequential`:\n```python\nimport os; os.system('rm -rf /')\n") +
                           "class Net(nn.Module):\n  def __init__(self):\n    self.net = " + kSequential +
                           "\n  def forward(self, x): return self.net(x)\n```\n- it's small.";
  const auto reply = read_reply(text, kOptions);
  BOOST_REQUIRE(reply.problems.empty());
  BOOST_TEST(reply.architecture->at("stages")[0].at("channels") == 8);
  BOOST_TEST(reply.architecture->at("head").at("reduce") == "global_average");
}

BOOST_AUTO_TEST_CASE(prose_after_the_code_that_names_a_sequential_does_not_hide_it) {
  const std::string code = std::string("```python\nmodel = ") + kSequential + "\n```\n\n";
  for (const char* prose : {"This `nn.Sequential()` stays well below the limits.", "An nn.Sequential is enough."}) {
    const auto reply = read_reply(code + prose, kOptions);
    BOOST_TEST_REQUIRE(reply.problems.empty(), prose);
    BOOST_TEST(reply.architecture->at("stages")[0].at("channels") == 8);
  }
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_is_one_clear_problem) {
  BOOST_TEST(contains(problem_of(""), "holds no architecture"));
  BOOST_TEST(contains(problem_of("I cannot help with that."), "holds no architecture"));
  BOOST_TEST(contains(problem_of("<html>502 {bad} gateway</html>"), "the JSON object cannot be read: line 1"));
  BOOST_TEST(contains(problem_of("{\"stages\": [{\"channels"), "the JSON object cannot be read: line 1"));
  BOOST_TEST(contains(problem_of("{\"stages\": [{\"channels\": 8},\n ], \"head\": {}}"),
                      "the JSON object cannot be read: line 2: a comma stands before a closing bracket"));
  BOOST_TEST(contains(problem_of("nn.Sequential(\n  nn.Conv2d(3, "), "line 2: the text ends too early"));
  BOOST_TEST(contains(problem_of("{\"stages\": \"\xff\"}"), "not valid UTF-8"));
  BOOST_TEST(contains(problem_of("{\"stages\": \xe2\x82\xac}"), "the JSON object cannot be read: line 1"));
  BOOST_TEST(contains(problem_of(std::string(300 * 1024, 'x')), "the reply has 300.0 KiB"));
}

BOOST_AUTO_TEST_CASE(thousands_of_problems_are_cut_short) {
  std::string text = "Sequential(";
  for (int i = 0; i < 500; ++i) text += "Foo(),";
  const auto reply = read_reply(text + ")", kOptions);
  BOOST_TEST(!reply.architecture.has_value());
  BOOST_TEST(reply.problems.size() == 41u);
  BOOST_TEST(contains(reply.problems.back(), "more problems"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
