#include "searches/llm/reply/answer.h"

#include <boost/test/unit_test.hpp>

namespace {

using flnas::searches::answer_of;

BOOST_AUTO_TEST_SUITE(answer)

BOOST_AUTO_TEST_CASE(only_what_follows_the_last_thought_counts) {
  BOOST_TEST(answer_of("no thoughts") == "no thoughts");
  BOOST_TEST(answer_of("<think>draft</think>answer") == "answer");
  BOOST_TEST(answer_of("draft</think> answer") == " answer");
  BOOST_TEST(answer_of("<THINK>a</Think><thinking>b</thinking>answer") == "answer");
  BOOST_TEST(answer_of("<think>a</think>b<think>c</think>answer") == "answer");
}

BOOST_AUTO_TEST_CASE(a_thought_that_is_not_closed_holds_nothing) {
  BOOST_TEST(answer_of("<think>draft").empty());
  BOOST_TEST(answer_of("<think>a</think>answer<think>but").empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
