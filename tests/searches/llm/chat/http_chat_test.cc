#include "searches/llm/chat/http_chat.h"

#include <signal.h>

#include <thread>

#include "harness/base/child_process.h"
#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/process.h"
#include "harness/base/text.h"
#include "searches/llm/chat/recording.h"
#include "tests/searches/llm/chat/fixture.h"
#include "tests/support/preconditions.h"
#include "tests/support/raw_server.h"

namespace {

using namespace flnas;
using namespace flnas::searches;
using namespace flnas::test;
using Milliseconds = std::chrono::milliseconds;

struct Client {
  Keys keys{nullptr};
  std::vector<Milliseconds> waits;
  HttpChatOptions options{
      .timeout = Milliseconds(5000), .attempts = 3, .sleep = [this](Milliseconds wait) { waits.push_back(wait); }};

  ChatReply ask(const RawServer& server) {
    options.url = server.url();
    return make_http_chat(options)->ask(question("design"));
  }
  /// The error's text, one line.
  template <class E>
  std::string error(const RawServer& server) {
    const std::string text = message_of<E>([&] { ask(server); });
    BOOST_TEST(one_line(text, 2000) == text);
    BOOST_TEST(text.rfind(server.url("/v1/chat/completions: "), 0) == 0u);
    return text;
  }
};

RawServer::Handler always(const std::string& response) {
  return [response](const std::string&, int) { return response; };
}

BOOST_FIXTURE_TEST_SUITE(http_chat, Client)

BOOST_AUTO_TEST_CASE(a_question_is_posted_and_answered) {
  RawServer server(always(answer(200, completion("16 channels"))));
  const ChatReply reply = ask(server);
  BOOST_TEST(reply.text == "16 channels");
  BOOST_TEST(reply.model == "tiny-1");
  BOOST_TEST(reply.source == server.url().substr(7));
  BOOST_TEST(reply.retries == 0);
  BOOST_TEST(!reply.recorded);
  const std::string request = server.requests().at(0);
  BOOST_TEST(request.rfind("POST /v1/chat/completions HTTP/1.1", 0) == 0u);
  BOOST_TEST(header_of(request, "Content-Type") == "application/json");
  BOOST_TEST(header_of(request, "Authorization") == "");
  BOOST_TEST(Json::parse(request.substr(request.find("\r\n\r\n") + 4))["messages"][1]["content"] == "design");
}

BOOST_AUTO_TEST_CASE(a_proxy_of_the_environment_does_not_see_what_is_for_this_machine) {
  RawServer proxy(always(answer(200, completion("of the proxy")))), server(always(answer(200, completion("mine"))));
  const Keys key(kSecret);
  ::setenv("http_proxy", proxy.url().c_str(), 1);
  ::unsetenv("no_proxy");
  const std::string text = ask(server).text;
  ::unsetenv("http_proxy");
  BOOST_TEST(text == "mine");
  BOOST_TEST(proxy.requests().empty());
}

BOOST_AUTO_TEST_CASE(a_short_key_in_the_path_is_refused_too) {
  const Keys key("abc");
  options.url = "https://api.example.org/abc/v1";
  BOOST_TEST(contains(message_of<ConfigError>([&] { make_http_chat(options); }), "URL holds the key in FLNAS_LLM_KEY"));
}

BOOST_AUTO_TEST_CASE(a_server_without_a_model_is_marked_scripted) {
  RawServer server(always(answer(200, completion("x", "scripted-v1"))));
  BOOST_TEST(ask(server).source == "scripted");
}

BOOST_AUTO_TEST_CASE(a_certificate_that_nobody_vouches_for_is_refused_and_the_key_is_not_sent,
                     *boost::unit_test::precondition(test::has_program("openssl"))) {
  const TemporaryFolder folder;
  const auto run = [&](const std::string& command) {
    return system_processes().run({"sh", "-c", command}, folder.path, "", std::chrono::seconds(20)).exit_code;
  };
  BOOST_TEST_REQUIRE(run("openssl req -x509 -newkey rsa:2048 -nodes -keyout k -out c -days 1 -subj /CN=localhost") ==
                     0);
  // It says where it listens, "ACCEPT [::]:40123", and then what it gets.
  ChildProcess server({"openssl", "s_server", "-accept", "0", "-key", folder / "k", "-cert", folder / "c"});
  auto said = server.read_line(Milliseconds(20000));
  while (said.status == ChildProcess::Status::kLine && !said.line.starts_with("ACCEPT ")) {
    said = server.read_line(Milliseconds(20000));
  }
  BOOST_TEST_REQUIRE((said.status == ChildProcess::Status::kLine), server.last_error());
  options.url = fmt::format("https://localhost:{}", said.line.substr(said.line.rfind(':') + 1));
  const Keys own(kSecret);
  options.attempts = 1;
  const std::string text = message_of<Error>([&] { make_http_chat(options)->ask(question("design")); });
  BOOST_TEST(text.find("peer certificate") != text.npos, text);
  ::kill(server.id(), SIGTERM);
  std::string got;
  while ((said = server.read_line(Milliseconds(20000))).status == ChildProcess::Status::kLine) got += said.line + "\n";
  BOOST_TEST((said.status == ChildProcess::Status::kEnded));
  BOOST_TEST(got.find(kSecret) == std::string::npos);
}

BOOST_AUTO_TEST_CASE(passing_troubles_are_tried_again_with_growing_waits) {
  RawServer server([](const std::string&, int number) {
    if (number == 0) return answer(503, "<html>busy</html>");
    if (number == 1) return std::string("HTTP/1.1 200 X\r\nContent-Length: 500\r\n\r\n{\"half");
    return answer(200, completion("x"));
  });
  const ChatReply reply = ask(server);
  BOOST_TEST(reply.text == "x");
  BOOST_TEST(reply.retries == 2);
  BOOST_REQUIRE(waits.size() == 2u);
  BOOST_TEST((waits[0] >= Milliseconds(500) && waits[0] <= Milliseconds(1000)));
  BOOST_TEST((waits[1] >= Milliseconds(1000) && waits[1] <= Milliseconds(2000)));
}

BOOST_AUTO_TEST_CASE(retry_after_is_honoured_within_bounds) {
  RawServer server([](const std::string&, int number) {
    if (number == 0) return answer(429, "{}", 2, "Retry-After: 7\r\n");
    if (number == 1) return answer(429, "{}", 2, "Retry-After: 86400\r\n");
    return answer(200, completion("x"));
  });
  ask(server);
  BOOST_REQUIRE(waits.size() == 2u);
  BOOST_TEST((waits[0] == Milliseconds(7000)));
  BOOST_TEST((waits[1] == options.longest_wait));
  waits.clear();
  RawServer dated([](const std::string&, int number) {
    return number == 0 ? answer(503, "", 0, "Retry-After: Fri, 31 Dec 2100 23:59:59 GMT\r\n")
                       : answer(200, completion("x"));
  });
  ask(dated);
  BOOST_TEST((waits.at(0) == options.longest_wait));
}

BOOST_AUTO_TEST_CASE(waits_are_read_in_decimals_and_milliseconds) {
  RawServer server([](const std::string&, int number) {
    if (number == 0) return answer(429, "{}", 2, "Retry-After: 3.4\r\n");
    if (number == 1) return answer(429, "{}", 2, "Retry-After: 1\r\nretry-after-ms: 2500\r\n");
    return answer(200, completion("x"));
  });
  ask(server);
  BOOST_REQUIRE(waits.size() == 2u);
  BOOST_TEST((waits[0] == Milliseconds(3400)));
  BOOST_TEST((waits[1] == Milliseconds(2500)));
}

BOOST_AUTO_TEST_CASE(a_limit_that_speaks_of_a_quota_in_a_link_passes) {
  RawServer server([](const std::string&, int number) {
    const std::string slow = R"({"error": {"code": "429", "message": "To raise it see https://example.org/quota"}})";
    return number == 0 ? answer(429, slow, slow.size(), "Retry-After: 2\r\n") : answer(200, completion("x"));
  });
  BOOST_TEST(ask(server).retries == 1);
  BOOST_TEST((waits.at(0) == Milliseconds(2000)));
}

BOOST_AUTO_TEST_CASE(an_error_within_a_200_counts_as_its_status) {
  RawServer server([](const std::string&, int number) {
    if (number == 0) return answer(200, R"({"error": {"code": 429, "message": "try again shortly"}})");
    if (number == 1) return answer(200, R"({"choices": null})");
    return answer(200, completion("x"));
  });
  BOOST_TEST(ask(server).retries == 2);
  RawServer refused(always(answer(200, R"({"error": {"code": 401, "message": "no such user"}})")));
  BOOST_TEST(contains(error<ConfigError>(refused), "the server wants a key (401: no such user)"));
  BOOST_TEST(refused.requests().size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_setting_that_is_refused_is_left_out_and_stays_out) {
  RawServer server([](const std::string& request, int) {
    return contains(request, "\"seed\"")
               ? answer(422, R"({"detail": [{"loc": ["body", "seed"], "msg": "extra inputs are forbidden"}]})")
               : answer(200, completion("x"));
  });
  options.url = server.url();
  const auto chat = make_http_chat(options);
  BOOST_TEST(chat->ask(question("a")).text == "x");
  BOOST_TEST(chat->ask(question("b")).text == "x");
  BOOST_TEST(server.requests().size() == 3u);
  BOOST_TEST(waits.empty());
}

BOOST_AUTO_TEST_CASE(a_body_that_comes_packed_is_unpacked) {
  // {"choices":[{"message":{"content":"packed"}}]} by gzip.
  const std::string packed(
      "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xab\x56\x4a\xce\xc8\xcf\x4c\x4e\x2d\x56\xb2\x8a\xae\x56\xca\x4d"
      "\x2d\x2e\x4e\x4c\x4f\x55\xb2\xaa\x56\x4a\xce\xcf\x2b\x49\xcd\x2b\x51\xb2\x52\x2a\x48\x4c\xce\x4e\x4d\x51\xaa"
      "\xad\x8d\xad\x05\x00\x2e\x26\xb9\x5d\x2e\x00\x00\x00",
      66);
  RawServer server(always(answer(200, packed, packed.size(), "Content-Encoding: gzip\r\n")));
  BOOST_TEST(ask(server).text == "packed");
}

BOOST_AUTO_TEST_CASE(troubles_that_last_end_in_an_error) {
  RawServer busy(always(answer(500, R"({"error": {"message": "overloaded"}})")));
  const auto text = error<RemoteError>(busy);
  BOOST_TEST(contains(text, "the server answered 500: overloaded (3 attempts)"));
  BOOST_TEST(busy.requests().size() == 3u);
  RawServer silent(always(""));
  BOOST_TEST(contains(error<RemoteError>(silent), "the connection broke after 0 B"));
  RawServer garbage(always("\x16\x03\x01 what is this"));
  BOOST_TEST(contains(error<RemoteError>(garbage), "the connection broke"));
  RawServer half(always("HTTP/1.1 200 X\r\nContent-Length: 500\r\n\r\n{\"half"));
  BOOST_TEST(contains(error<RemoteError>(half), "the connection broke after 6 B"));
}

BOOST_AUTO_TEST_CASE(what_the_user_has_to_change_is_not_tried_again) {
  const struct {
    int status;
    const char* body;
    const char* part;
  } cases[] = {
      {401, R"({"error": {"message": "no key given"}})",
       "the server wants a key (401: no key given); set FLNAS_LLM_KEY"},
      {403, "", "the server wants a key (403)"},
      {404, R"({"error": "model 'tiny' not found"})", "no such address or model (404: model 'tiny' not found)"},
      {404, "<html>not found</html>", "no such address or model (404); check the URL"},
      {400, R"({"error": {"message": "no images"}})", "the server refused the request (400: no images)"},
      {413, "", "the server refused the request (413)"}};
  for (const auto& expected : cases) {
    RawServer server(always(answer(expected.status, expected.body)));
    const auto text = error<ConfigError>(server);
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(contains(text, expected.part)); }
    BOOST_TEST(server.requests().size() == 1u);
  }
  RawServer quota(always(
      answer(429, R"({"error": {"message": "You exceeded your current quota", "code": "insufficient_quota"}})")));
  BOOST_TEST(contains(error<RemoteError>(quota), "the quota is used up (429"));
  BOOST_TEST(quota.requests().size() == 1u);
}

BOOST_AUTO_TEST_CASE(nonsense_is_named_for_what_it_is) {
  RawServer html(always(answer(200, "<html>Welcome</html>")));
  BOOST_TEST(contains(error<RemoteError>(html), "a web page instead of JSON"));
  RawServer bytes(always(answer(200, "{\"choices\": \"\xff\xfe\"}")));
  BOOST_TEST(contains(error<RemoteError>(bytes), "invalid UTF-8"));
  RawServer tools(always(answer(200, R"({"choices": [{"message": {"content": null, "tool_calls": [{}]}}]})")));
  BOOST_TEST(contains(error<RemoteError>(tools), "called tools instead of answering with text"));
  RawServer huge(always(answer(200, std::string(100'000'000, ' '))));
  BOOST_TEST(contains(error<RemoteError>(huge), "the reply has more than 4.0 MiB"));
}

BOOST_AUTO_TEST_CASE(an_unusable_reply_tells_who_sent_it_and_what_it_took) {
  RawServer tools(always(answer(200, R"({"choices": [{"message": {"content": null, "tool_calls": [{}]}}],
                                         "usage": {"prompt_tokens": 11, "completion_tokens": 5}})")));
  BOOST_CHECK_EXCEPTION(ask(tools), UnusableReply, [&](const UnusableReply& unusable) {
    return unusable.reply.source == tools.url().substr(7) && unusable.reply.prompt_tokens == 11 &&
           unusable.reply.seconds > 0;
  });
}

BOOST_AUTO_TEST_CASE(a_server_that_hangs_is_left_after_the_timeout) {
  options.timeout = Milliseconds(100);
  RawServer server([](const std::string&, int) {
    std::this_thread::sleep_for(Milliseconds(300));
    return answer(200, completion("too late"));
  });
  BOOST_TEST(contains(error<RemoteError>(server), "no whole reply within 0.1 s"));
}

BOOST_AUTO_TEST_CASE(a_server_that_is_not_there_is_an_error_at_once) {
  {
    const RawServer gone(always(""));
    options.url = gone.url();
  }
  auto text = message_of<RemoteError>([&] { make_http_chat(options)->ask(question("x")); });
  BOOST_TEST(contains(text, "the server cannot be reached"));
  BOOST_TEST(contains(text, "check the URL"));
  BOOST_TEST(waits.empty());
  options.url = "http://no-such-host.invalid/v1";
  text = message_of<RemoteError>([&] { make_http_chat(options)->ask(question("x")); });
  BOOST_TEST(contains(text, "the server cannot be reached"));
}

BOOST_AUTO_TEST_CASE(a_server_that_speaks_no_tls_is_refused) {
  RawServer server(always("HTTP/1.1 200 X\r\n\r\n"));
  options.url = "https" + server.url().substr(4);
  const auto text = message_of<RemoteError>([&] { make_http_chat(options)->ask(question("x")); });
  BOOST_TEST(contains(text, "certificate or encryption was refused"));
}

BOOST_AUTO_TEST_CASE(newer_models_limit_is_understood) {
  RawServer server([](const std::string& request, int) {
    return contains(request, "max_completion_tokens")
               ? answer(200, completion("x"))
               : answer(400, R"({"error": {"message": "Use 'max_completion_tokens' instead."}})");
  });
  options.url = server.url();
  const auto chat = make_http_chat(options);
  BOOST_TEST(chat->ask(question("a")).text == "x");
  BOOST_TEST(chat->ask(question("b")).text == "x");
  BOOST_TEST(server.requests().size() == 3u);
}

BOOST_AUTO_TEST_CASE(a_key_goes_into_the_header_and_nowhere_else) {
  const Keys key(kSecret);
  const TemporaryFolder folder;
  RawServer server([](const std::string& request, int) {
    return answer(200,
                  completion("you sent " + header_of(request, "Authorization"), header_of(request, "Authorization")));
  });
  options.url = server.url();
  const auto chat = make_http_chat(options);
  const auto recorder = make_recording_chat(*chat, folder / "recording.jsonl");
  const ChatReply reply = recorder->ask(question("design"));
  BOOST_TEST(header_of(server.requests().at(0), "Authorization") == std::string("Bearer ") + kSecret);
  BOOST_TEST(reply.text == "you sent Bearer [key]");
  BOOST_TEST(!contains(reply.model, kSecret));
  const std::string body = server.requests().at(0).substr(server.requests().at(0).find("\r\n\r\n"));
  BOOST_TEST(!contains(body, kSecret));
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path)) {
    BOOST_TEST(!contains(read_file(entry.path()), kSecret));
  }
  // Servers quote keys in their errors.
  for (const int status : {400, 401, 404, 429, 500, 302}) {
    RawServer quoting([&](const std::string& request, int) {
      return answer(status, header_of(request, "Authorization"), 26,
                    "Location: http://x/" + std::string(kSecret) + "\r\n");
    });
    options.url = quoting.url();
    const auto text = message_of<Error>([&] { make_http_chat(options)->ask(question("x")); });
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(!contains(text, kSecret)); }
  }
}

BOOST_AUTO_TEST_CASE(a_refused_key_is_named_by_its_variable) {
  const Keys key(nullptr, kSecret);
  RawServer server(always(answer(401, "")));
  BOOST_TEST(contains(error<ConfigError>(server), "the server refused the key in OPENAI_API_KEY (401)"));
}

BOOST_AUTO_TEST_CASE(redirects_are_not_followed) {
  const Keys key(kSecret);
  RawServer other(always(answer(200, completion("x"))));
  RawServer server(
      [&](const std::string&, int) { return answer(307, "", 0, "Location: " + other.url("/v1") + "\r\n"); });
  BOOST_TEST(contains(error<ConfigError>(server), "the server sends on to '" + other.url("/v1") + "' (307)"));
  BOOST_TEST(other.requests().empty());
}

BOOST_AUTO_TEST_CASE(a_key_is_not_sent_unencrypted_to_another_machine) {
  const Keys key(kSecret);
  options.url = "http://192.0.2.1:8080/v1";
  const auto text = message_of<ConfigError>([&] { make_http_chat(options); });
  BOOST_TEST(contains(text, "FLNAS_LLM_KEY would be sent unencrypted"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
