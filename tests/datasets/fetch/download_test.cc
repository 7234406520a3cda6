#include "datasets/fetch/download.h"

#include <boost/test/unit_test.hpp>

#include "harness/base/hash.h"
#include "harness/base/json.h"
#include "tests/datasets/fixture.h"
#include "tests/support/raw_server.h"

using namespace flnas;
using namespace flnas::test;
namespace fs = std::filesystem;

namespace {

std::string many_bytes(std::size_t count) {
  std::string bytes;
  for (std::size_t i = 0; i < count; ++i) bytes += static_cast<char>('a' + (i * i / 7) % 26);
  return bytes;
}

const std::string kContent = many_bytes(300000);

struct Folder {
  void get(const RawServer& server) {
    request.url = server.url("/data.bin");
    request.file = folder / "data.bin";
    download(request, policy);
  }
  bool arrived() { return fs::exists(folder / "data.bin") && read_file(folder / "data.bin") == kContent; }
  bool leftovers() { return fs::exists(folder / "data.bin.part") || fs::exists(folder / "data.bin.part.json"); }

  TemporaryFolder folder;
  Download request;
  RetryPolicy policy{.attempts = 3, .first_wait = std::chrono::milliseconds(1)};
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(download_file, Folder)

BOOST_AUTO_TEST_CASE(a_file_arrives_whole_and_checked) {
  RawServer server([](const std::string& head, int) { return serve_file(head, kContent); });
  request.bytes = kContent.size();
  request.sha256 = sha256(kContent);
  get(server);
  BOOST_TEST(arrived());
  BOOST_TEST(!leftovers());
  BOOST_TEST(server.requests().size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_transfer_that_breaks_off_is_continued) {
  RawServer server([](const std::string& head, int number) {
    const std::string whole = serve_file(head, kContent);
    return number < 4 ? whole.substr(0, 50000) : whole;  // more breaks than attempts: each one brought something
  });
  get(server);
  BOOST_TEST(arrived());
  BOOST_TEST(!leftovers());
  const auto requests = server.requests();
  BOOST_REQUIRE(requests.size() == 5u);
  BOOST_TEST(header_of(requests[0], "Range") == "");
  BOOST_TEST(header_of(requests[1], "Range").starts_with("bytes=49"));
  BOOST_TEST(header_of(requests[1], "If-Range") == "\"v1\"");
}

BOOST_AUTO_TEST_CASE(a_later_call_continues_where_an_earlier_one_gave_up) {
  {
    RawServer broken([](const std::string&, int number) {
      return number == 0 ? answer(200, kContent.substr(0, 1000), kContent.size(), "ETag: \"v1\"\r\n") : answer(503, "");
    });
    BOOST_CHECK_EXCEPTION(get(broken), RemoteError, says({"answered 503", "3 attempts", "continues at 1000 B"}));
    BOOST_TEST(!arrived());
    // The address of a test server changes; a real one does not.
    Json memory = read_json(folder / "data.bin.part.json");
    BOOST_TEST(memory["total"] == kContent.size());
    RawServer server([](const std::string& head, int) { return serve_file(head, kContent); });
    memory["url"] = server.url("/data.bin");
    write_json(folder / "data.bin.part.json", memory);
    get(server);
    BOOST_TEST(arrived());
    BOOST_TEST(header_of(server.requests()[0], "Range") == "bytes=1000-");
  }
}

BOOST_AUTO_TEST_CASE(a_part_of_another_file_is_not_continued) {
  write_file(folder / "data.bin.part", "old bytes");
  RawServer server([](const std::string& head, int) { return serve_file(head, kContent); });
  get(server);  // nothing remembers where the part came from
  BOOST_TEST(arrived());
  BOOST_TEST(header_of(server.requests()[0], "Range") == "");
}

BOOST_AUTO_TEST_CASE(a_file_that_changed_on_the_server_is_fetched_anew) {
  RawServer server([](const std::string& head, int number) {
    if (number == 0) return answer(200, "an older file", 5000, "ETag: \"v0\"\r\n");
    return serve_file(head, kContent);
  });
  get(server);
  BOOST_TEST(arrived());
}

BOOST_AUTO_TEST_CASE(a_server_that_ignores_ranges_sends_it_all_again) {
  RawServer server([](const std::string&, int number) {
    return number == 0 ? answer(200, kContent.substr(0, 70000), kContent.size()) : answer(200, kContent);
  });
  get(server);
  BOOST_TEST(arrived());
}

BOOST_AUTO_TEST_CASE(a_server_that_ignores_ranges_and_always_breaks_ends_in_an_error) {
  RawServer server([](const std::string&, int) { return answer(200, kContent.substr(0, 70000), kContent.size()); });
  BOOST_CHECK_EXCEPTION(get(server), RemoteError, says({"the transfer broke", "run the same command later"}));
  BOOST_TEST(!arrived());
}

BOOST_AUTO_TEST_CASE(a_wrong_part_is_refused) {
  RawServer server([](const std::string& head, int number) -> std::string {
    if (number == 0) return answer(200, kContent.substr(0, 1000), kContent.size(), "ETag: \"v1\"\r\n");
    if (number == 1) return answer(206, "xxxx", 4, "Content-Range: bytes 500-503/300000\r\n");
    return serve_file(head, kContent);
  });
  get(server);
  BOOST_TEST(arrived());
}

BOOST_AUTO_TEST_CASE(a_part_that_is_already_whole_is_only_renamed) {
  RawServer server([](const std::string& head, int) { return serve_file(head, kContent); });
  write_file(folder / "data.bin.part", kContent);
  write_json(folder / "data.bin.part.json", {{"url", server.url("/data.bin")}, {"validator", "\"v1\""}, {"total", 0}});
  get(server);
  BOOST_TEST(arrived());
  BOOST_TEST(server.requests().size() == 1u);  // answered with 416
}

BOOST_AUTO_TEST_CASE(server_errors_are_tried_again_and_refusals_are_not) {
  RawServer busy([](const std::string& head, int number) {
    return number < 2 ? answer(number == 0 ? 500 : 429, "<html>busy</html>") : serve_file(head, kContent);
  });
  get(busy);
  BOOST_TEST(arrived());
  fs::remove(folder / "data.bin");
  RawServer missing([](const std::string&, int) { return answer(404, "<html>not found</html>"); });
  BOOST_CHECK_EXCEPTION(get(missing), RemoteError, says({"/data.bin", "answered 404", "check the address"}));
  BOOST_TEST(missing.requests().size() == 1u);
  BOOST_TEST(!arrived());
}

BOOST_AUTO_TEST_CASE(lies_about_the_length_are_noticed) {
  RawServer longer([](const std::string& head, int) {
    return head.find("Range") == head.npos ? answer(200, kContent, kContent.size() + 500)
                                           : answer(416, "", 0, "Content-Range: bytes */300500\r\n");
  });
  BOOST_CHECK_THROW(get(longer), RemoteError);
  BOOST_TEST(!arrived());
  RawServer shorter([](const std::string&, int) { return answer(200, kContent, 1000); });
  request.bytes = kContent.size();
  BOOST_CHECK_EXCEPTION(get(shorter), RemoteError, says({"has 1000 bytes where 300000 are expected"}));
  request.bytes.reset();
  request.sha256 = sha256(kContent);
  BOOST_CHECK_EXCEPTION(get(shorter), RemoteError, says({"SHA-256", sha256(kContent).substr(0, 12), "deleted"}));
  BOOST_TEST(!arrived());
  BOOST_TEST(!leftovers());
}

BOOST_AUTO_TEST_CASE(garbage_is_no_answer) {
  RawServer server([](const std::string&, int) { return std::string("\x16\x03\x01 what is this"); });
  BOOST_CHECK_THROW(get(server), RemoteError);
  RawServer silent([](const std::string&, int) { return std::string(); });
  BOOST_CHECK_EXCEPTION(get(silent), RemoteError, says({"the transfer broke"}));
  RawServer empty([](const std::string&, int) { return answer(200, ""); });
  BOOST_CHECK_EXCEPTION(get(empty), RemoteError, says({"empty file"}));
}

BOOST_AUTO_TEST_CASE(content_that_fails_its_check_is_deleted) {
  RawServer server([](const std::string& head, int) { return serve_file(head, kContent); });
  request.check = [](const fs::path&) { throw RemoteError("not a table"); };
  BOOST_CHECK_THROW(get(server), RemoteError);
  BOOST_TEST(!arrived());
  BOOST_TEST(!leftovers());
}

BOOST_AUTO_TEST_CASE(a_folder_that_cannot_be_written_is_an_error) {
  RawServer server([](const std::string& head, int) { return serve_file(head, kContent); });
  request.url = server.url("/x");
  request.file = "/proc/flnas/x";
  BOOST_CHECK_THROW(download(request, policy), IoError);
  request.url = "ftp://127.0.0.1/x";
  request.file = folder / "x";
  BOOST_CHECK_THROW(download(request, policy), RemoteError);
}

BOOST_AUTO_TEST_SUITE_END()
