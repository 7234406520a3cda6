#include "searches/core/archive.h"

#include <boost/test/unit_test.hpp>

#include "harness/base/files.h"
#include "tests/searches/fixture.h"

namespace {

using namespace flnas;
using namespace flnas::tests;
using flnas::test::contains;

ProposalRecord proposal(int round, int attempt, const char* verdict) {
  ProposalRecord made{.round = round, .attempt = attempt, .verdict = verdict, .violations = {"a rule"}};
  made.design = Json{{"stages", 1}};
  made.strategy_state = {{"reply", "caf\xc3\xa9 \xff"}};
  made.seconds = 1.5;
  return made;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(archive)

BOOST_AUTO_TEST_CASE(what_was_added_is_there_after_opening_again) {
  const test::TemporaryFolder folder;
  {
    Archive written(folder / "archive.jsonl");
    written.add(proposal(1, 1, kInvalid), true);
    written.add(proposal(1, 2, kValid), true);
    written.add(evaluated("d001", 0.1, 0.7, 0.6, 5));
    written.add(LostCall{2, 1, "no text", {{"prompt_tokens", 7}}, 2.5});
  }
  const History read = read_history(folder / "archive.jsonl");
  BOOST_TEST(read.proposals.size() == 2u);
  BOOST_TEST(read.proposals[1].verdict == "valid");
  BOOST_TEST(read.proposals[1].seconds == 1.5);
  BOOST_TEST(read.proposals[0].strategy_state["reply"] == "caf\xc3\xa9 \xef\xbf\xbd");
  BOOST_TEST(*read.evaluations[0].scores.accuracy == 0.7);
  BOOST_TEST(!read.evaluations[0].scores.eodd);
  BOOST_TEST_REQUIRE(read.lost_calls.size() == 1u);
  BOOST_TEST(read.lost_calls[0].reason == "no text");
  BOOST_TEST(read.lost_calls[0].strategy_state["prompt_tokens"] == 7);
}

BOOST_AUTO_TEST_CASE(a_torn_last_line_is_dropped_and_then_overwritten) {
  const test::TemporaryFolder folder;
  { Archive(folder / "archive.jsonl").add(proposal(1, 1, kValid), true); }
  write_file(folder / "archive.jsonl", read_file(folder / "archive.jsonl") + "{\"kind\": \"prop");
  BOOST_TEST(read_history(folder / "archive.jsonl").proposals.size() == 1u);
  Archive again(folder / "archive.jsonl");
  again.add(proposal(1, 1, kValid), true);
  BOOST_TEST(read_history(folder / "archive.jsonl").proposals.size() == 1u);
  again.add(proposal(2, 1, kValid), true);
  BOOST_TEST(read_history(folder / "archive.jsonl").proposals.size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_search_that_would_go_on_differently_is_refused) {
  const test::TemporaryFolder folder;
  { Archive(folder / "archive.jsonl").add(proposal(1, 1, kValid), true); }
  Archive again(folder / "archive.jsonl");
  const auto message = test::message_of<DataError>([&] { again.add(proposal(1, 1, kInvalid), true); });
  BOOST_TEST(contains(message, "archive.jsonl:1: the search would go on with another proposal there"));
}

BOOST_AUTO_TEST_CASE(the_first_edition_s_lines_are_read) {
  const test::TemporaryFolder folder;
  write_file(folder / "archive.jsonl",
             R"({"kind": "proposal", "round": 1, "attempt": 1, "verdict": "valid", "violations": [], "design": {},)"
             R"( "hash": "a", "memo": {"parents": []}, "seconds": 0.0})"
             "\n");
  BOOST_TEST(read_history(folder / "archive.jsonl").proposals[0].strategy_state["parents"] == Json::array());
}

BOOST_AUTO_TEST_CASE(what_waits_is_written_with_what_follows) {
  const test::TemporaryFolder folder;
  Archive written(folder / "archive.jsonl");
  written.add(proposal(1, 1, kInvalid), false);
  BOOST_TEST(written.history().proposals.size() == 1u);
  BOOST_TEST(!std::filesystem::exists(folder / "archive.jsonl"));
  written.add(proposal(1, 2, kValid), true);
  BOOST_TEST(read_history(folder / "archive.jsonl").proposals.size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_line_that_is_something_else_is_named_by_its_number) {
  const test::TemporaryFolder folder;
  { Archive(folder / "archive.jsonl").add(proposal(1, 1, kValid), true); }
  write_file(folder / "archive.jsonl", read_file(folder / "archive.jsonl") + "{\"kind\": \"letter\"}\n");
  const auto message = test::message_of<DataError>([&] { Archive(folder / "archive.jsonl"); });
  BOOST_TEST(contains(message, "archive.jsonl:2: no proposal, evaluation or lost call"));
}

BOOST_AUTO_TEST_CASE(what_waits_is_written_when_it_is_flushed) {
  const test::TemporaryFolder folder;
  const auto file = folder / "archive.jsonl";
  Archive archive(file);
  archive.add({.round = 1, .attempt = 1, .verdict = kInvalid}, false);
  archive.add({.round = 1, .attempt = 2, .verdict = searches::kValid}, false);
  BOOST_TEST(read_history(file).proposals.empty());
  archive.flush();
  archive.flush();
  BOOST_TEST(read_history(file).proposals.size() == 2u);
}

BOOST_AUTO_TEST_SUITE_END()
