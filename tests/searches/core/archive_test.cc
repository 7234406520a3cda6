#include "searches/core/archive.h"

#include <boost/test/unit_test.hpp>

#include "harness/base/files.h"
#include "tests/searches/fixture.h"

namespace {

using namespace flnas;
using namespace flnas::tests;
using flnas::test::contains;

Proposal proposal(int round, int attempt, const char* verdict) {
  Proposal made{.round = round, .attempt = attempt, .verdict = verdict, .violations = {"a rule"}};
  made.design = Json{{"stages", 1}};
  made.memo = {{"reply", "caf\xc3\xa9 \xff"}};
  made.seconds = 1.5;
  return made;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(archive)

BOOST_AUTO_TEST_CASE(what_was_added_is_there_after_opening_again) {
  const test::TemporaryFolder folder;
  {
    Archive written(folder / "archive.jsonl");
    written.add(proposal(1, 1, kInvalid));
    written.add(proposal(1, 2, kValid));
    written.add(evaluated("d001", 0.1, 0.7, 0.6, 5));
    written.add(LostCall{2, 1, "no text", {{"prompt_tokens", 7}}, 2.5});
  }
  const Archive read(folder / "archive.jsonl");
  BOOST_TEST(read.history().proposals.size() == 2u);
  BOOST_TEST(read.history().proposals[1].verdict == "valid");
  BOOST_TEST(read.history().proposals[1].seconds == 1.5);
  BOOST_TEST(read.history().proposals[0].memo["reply"] == "caf\xc3\xa9 \xef\xbf\xbd");
  BOOST_TEST(*read.history().find("d001")->scores.accuracy == 0.7);
  BOOST_TEST(!read.history().find("d001")->scores.eodd);
  BOOST_TEST_REQUIRE(read.history().lost_calls.size() == 1u);
  BOOST_TEST(read.history().lost_calls[0].reason == "no text");
  BOOST_TEST(read.history().lost_calls[0].memo["prompt_tokens"] == 7);
}

BOOST_AUTO_TEST_CASE(a_torn_last_line_is_dropped_and_then_overwritten) {
  const test::TemporaryFolder folder;
  { Archive(folder / "archive.jsonl").add(proposal(1, 1, kValid)); }
  write_file(folder / "archive.jsonl", read_file(folder / "archive.jsonl") + "{\"kind\": \"prop");
  Archive again(folder / "archive.jsonl");
  BOOST_TEST(again.history().proposals.size() == 1u);
  again.add(proposal(2, 1, kValid));
  BOOST_TEST(Archive(folder / "archive.jsonl").history().proposals.size() == 2u);
}

BOOST_AUTO_TEST_CASE(what_waits_is_written_with_what_follows) {
  const test::TemporaryFolder folder;
  Archive written(folder / "archive.jsonl");
  written.add_later(proposal(1, 1, kInvalid));
  BOOST_TEST(written.history().proposals.size() == 1u);
  BOOST_TEST(!std::filesystem::exists(folder / "archive.jsonl"));
  written.add(proposal(1, 2, kValid));
  BOOST_TEST(Archive(folder / "archive.jsonl").history().proposals.size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_line_that_is_something_else_is_named_by_its_number) {
  const test::TemporaryFolder folder;
  { Archive(folder / "archive.jsonl").add(proposal(1, 1, kValid)); }
  write_file(folder / "archive.jsonl", read_file(folder / "archive.jsonl") + "{\"kind\": \"letter\"}\n");
  const auto message = test::message_of<DataError>([&] { Archive(folder / "archive.jsonl"); });
  BOOST_TEST(contains(message, "archive.jsonl:2: no proposal, evaluation or lost call"));
}

BOOST_AUTO_TEST_CASE(what_waits_is_written_when_it_is_flushed) {
  const test::TemporaryFolder folder;
  const auto file = folder / "archive.jsonl";
  Archive archive(file);
  archive.add_later({.round = 1, .attempt = 1, .verdict = kInvalid});
  archive.add_later({.round = 1, .attempt = 2, .verdict = searches::kValid});
  BOOST_TEST(Archive(file).history().proposals.empty());
  archive.flush();
  archive.flush();
  BOOST_TEST(Archive(file).history().proposals.size() == 2u);
}

BOOST_AUTO_TEST_SUITE_END()
