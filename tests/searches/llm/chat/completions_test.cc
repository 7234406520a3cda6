#include "searches/llm/chat/completions.h"

#include "harness/base/error.h"
#include "tests/searches/llm/chat/fixture.h"

namespace {

using namespace flnas;
using searches::parse_chat_url;
using searches::parse_completion;
using test::contains;
using test::message_of;

BOOST_AUTO_TEST_SUITE(completions)

BOOST_AUTO_TEST_CASE(a_base_url_is_completed_with_or_without_v1) {
  const std::string expected = "http://localhost:8080/v1/chat/completions";
  for (const char* url : {"http://localhost:8080", "http://localhost:8080/", "http://localhost:8080/v1",
                          "http://localhost:8080/v1/", "http://localhost:8080/v1/chat/completions"}) {
    BOOST_TEST(parse_chat_url(url).url == expected);
  }
  BOOST_TEST(parse_chat_url("https://openrouter.ai/api/v1").url == "https://openrouter.ai/api/v1/chat/completions");
  BOOST_TEST(parse_chat_url("https://api.openai.com").host == "api.openai.com");
  BOOST_TEST(parse_chat_url("http://127.0.0.1:1").loopback);
  BOOST_TEST(parse_chat_url("http://[::1]:11434").loopback);
  BOOST_TEST(!parse_chat_url("http://192.168.1.5:11434").loopback);
  BOOST_TEST(!parse_chat_url("http://127.evil.example.com:8080").loopback);
  BOOST_TEST(!parse_chat_url("http://127.0.0.1.example.com").loopback);
  BOOST_TEST(!parse_chat_url("http://localhost.example.com").loopback);
}

BOOST_AUTO_TEST_CASE(what_is_no_base_url_is_refused_without_showing_secrets) {
  for (const char* url : {"", "localhost:8080", "ftp://x/", "http://", "/v1", "http://a b/", "file:///etc/passwd"}) {
    BOOST_TEST_CONTEXT(url) { BOOST_CHECK_THROW(parse_chat_url(url), ConfigError); }
  }
  for (const char* url :
       {"http://me:hunter22@host", "http://hunter22@host", "http://host/v1?key=hunter22", "http://host#hunter22"}) {
    const std::string text = message_of<ConfigError>([&] { parse_chat_url(url); });
    BOOST_TEST(!contains(text, "hunter22"));
  }
}

BOOST_AUTO_TEST_CASE(a_key_in_the_path_is_refused_since_records_hold_the_url) {
  const test::Keys keys(test::kSecret);
  for (const std::string key : {test::kSecret, "sk-abcdefghijkl"}) {
    const auto text = message_of<ConfigError>([&] { parse_chat_url("https://host/" + key + "/v1"); });
    BOOST_TEST(contains(text, "holds a key"));
    BOOST_TEST(!contains(text, key));
  }
}

BOOST_AUTO_TEST_CASE(a_body_that_is_nested_without_end_is_an_error_like_another) {
  const std::string nested = "{\"error\":" + std::string(500'000, '[') + std::string(500'000, ']') + "}";
  BOOST_TEST(searches::error_text(nested).size() < 300u);
  BOOST_TEST(!searches::is_out_of_quota(nested));
  BOOST_TEST(!searches::status_inside(nested).has_value());
  BOOST_CHECK_THROW(parse_completion(nested, "x"), searches::UnusableReply);
}

BOOST_AUTO_TEST_CASE(the_question_is_the_api_s_json) {
  auto request = test::question("design \xff");
  request.seed = 0xffff'ffff'ffffULL;
  const Json json = Json::parse(searches::completion_body(request, {}));
  BOOST_TEST(json["model"] == "tiny");
  BOOST_TEST(json["messages"][0] == Json::parse(R"({"role": "system", "content": "You design networks."})"));
  BOOST_TEST(json["messages"].size() == 2u);
  BOOST_TEST(json["temperature"] == 0.5);
  BOOST_TEST(json["seed"] == 0x7fffffff);
  BOOST_TEST(json["max_tokens"] == 100);
  BOOST_TEST(json["stream"] == false);
}

BOOST_AUTO_TEST_CASE(a_setting_that_a_refusal_names_is_left_out_or_named_otherwise) {
  searches::CompletionForm form;
  const auto body = [&] { return Json::parse(searches::completion_body(test::question("x"), form)); };
  BOOST_TEST(!body().contains("response_format"));
  const auto structured = [&] {
    auto request = test::question("x");
    request.schema = {{"type", "object"}};
    return Json::parse(searches::completion_body(request, form));
  };
  BOOST_TEST(structured()["response_format"]["json_schema"]["schema"]["type"] == "object");
  BOOST_TEST(searches::adapt(form, "'response_format' of type 'json_schema' is not supported; seed"));
  BOOST_TEST(!structured().contains("response_format"));
  BOOST_TEST(structured().contains("seed"));
  BOOST_TEST(!searches::adapt(form, R"({"error": "the random_seed of seeds"})"));
  BOOST_TEST(searches::adapt(form, R"({"detail": [{"loc": ["body", "seed"], "msg": "extra inputs are forbidden"}]})"));
  BOOST_TEST(!body().contains("seed"));
  BOOST_TEST(!searches::adapt(form, "seed"));  // not sent any more
  BOOST_TEST(searches::adapt(form, "Unsupported value: 'temperature' does not support 0.5 with this model."));
  BOOST_TEST(!body().contains("temperature"));
  BOOST_TEST(searches::adapt(form, "Use 'max_completion_tokens' instead of 'max_tokens'."));
  BOOST_TEST(!body().contains("max_tokens"));
  BOOST_TEST(body()["max_completion_tokens"] == 100);
}

BOOST_AUTO_TEST_CASE(an_error_in_place_of_a_completion_has_a_status) {
  const auto status = [](const char* body) { return searches::status_inside(body).value_or(0); };
  BOOST_TEST(status(R"({"choices": [{"message": {"content": "x"}}]})") == 0);
  BOOST_TEST(status(R"({"choices": [{"message": {"content": "x"}}], "error": null})") == 0);
  BOOST_TEST(status("{}") == 0);
  BOOST_TEST(status("no JSON") == 0);
  BOOST_TEST(status(R"({"error": {"code": 429, "message": "slow"}})") == 429);
  BOOST_TEST(status(R"({"error": {"code": "503"}})") == 503);
  BOOST_TEST(status(R"({"error": {"code": "server_error"}})") == 502);
  BOOST_TEST(status(R"({"error": {"code": "insufficient_quota"}})") == 429);
  BOOST_TEST(status(R"({"error": "overloaded"})") == 502);
  BOOST_TEST(status(R"({"choices": [{"error": {"code": 400}, "message": {"content": ""}}]})") == 400);
  BOOST_TEST(status(R"({"choices": null})") == 502);
  BOOST_TEST(status(R"({"choices": []})") == 502);
  BOOST_TEST(status(R"({"choices": [{"index": 0}]})") == 502);
}

BOOST_AUTO_TEST_CASE(only_a_quota_that_money_renews_is_final) {
  BOOST_TEST(searches::is_out_of_quota(R"({"error": {"code": "insufficient_quota"}})"));
  BOOST_TEST(searches::is_out_of_quota(R"([{"error": {"type": "insufficient_quota"}}])"));
  BOOST_TEST(!searches::is_out_of_quota(R"({"error": {"message": "see https://example.org/insufficient_quota"}})"));
}

BOOST_AUTO_TEST_CASE(a_completion_is_read_with_what_servers_leave_out) {
  const auto reply = parse_completion(test::completion("hello"), "here");
  BOOST_TEST(reply.text == "hello");
  BOOST_TEST(reply.model == "tiny-1");
  BOOST_TEST(reply.prompt_tokens.value() == 11);
  BOOST_TEST(reply.completion_tokens.value() == 5);
  const auto bare = parse_completion(R"({"choices": [{"message": {"content": "x"}}]})", "here");
  BOOST_TEST(bare.text == "x");
  BOOST_TEST(!bare.prompt_tokens.has_value());
  const auto parts = parse_completion(
      R"({"choices": [{"message": {"content": [{"type": "text", "text": "a"}, {"text": "b"}]}}]})", "here");
  BOOST_TEST(parts.text == "ab");
  BOOST_TEST(parse_completion(R"({"choices": [{"message": {"content": null}}]})", "here").text == "");
  BOOST_TEST(!parts.cut);
  // All of its tokens went into thinking.
  const auto thinking = parse_completion(
      R"({"choices": [{"finish_reason": "length", "message": {"content": null, "reasoning": "and thinking"}}]})",
      "here");
  BOOST_TEST(thinking.cut);
  BOOST_TEST(thinking.text == "");
  BOOST_TEST(parse_completion(R"({"choices": [{"finish_reason": "length", "message": {"content": ""}}]})", "here").cut);
}

BOOST_AUTO_TEST_CASE(what_is_no_completion_is_one_clear_line) {
  const auto error = [](const std::string& body) {
    const std::string text = message_of<RemoteError>([&] { parse_completion(body, "http://h/v1"); });
    BOOST_TEST(contains(text, "http://h/v1: "));
    BOOST_TEST(text.find('\n') == text.npos);
    return text;
  };
  BOOST_TEST(contains(error("\n<!DOCTYPE html><html>hi</html>"), "a web page instead of JSON"));
  BOOST_TEST(contains(error("{\"choices\": [{\"mess"), "19 B that are not whole JSON"));
  BOOST_TEST(contains(error(""), "0 B that are not whole JSON"));
  BOOST_TEST(contains(error("{\"choices\": \"\xff\xfe\"}"), "invalid UTF-8"));
  BOOST_TEST(
      contains(error(R"({"choices": [{"message": {"content": null, "tool_calls": [{"id": "1"}]}}]})"), "called tools"));
  for (const char* body :
       {"{}", "[]", "null", "3", R"({"choices": []})", R"({"choices": [{}]})", R"({"choices": [{"message": 3}]})",
        R"({"choices": {"message": {"content": 3}}})", R"({"choices": [{"message": {"role": "assistant"}}]})"}) {
    BOOST_TEST_CONTEXT(body) { BOOST_TEST(contains(error(body), "holds no message; check the URL")); }
  }
  BOOST_TEST(contains(error(R"({"error": "model 'x' not found"})"), "holds no message: model 'x' not found"));
}

BOOST_AUTO_TEST_CASE(what_the_server_told_of_an_unusable_reply_is_kept) {
  const std::string body = R"({"model": "m-1", "choices": [{"message": {"content": null, "tool_calls": [{"id": "1"}]}}],
                              "usage": {"prompt_tokens": 11, "completion_tokens": 5}})";
  BOOST_CHECK_EXCEPTION(parse_completion(body, "here"), searches::UnusableReply, [](const auto& unusable) {
    return unusable.reply.prompt_tokens == 11 && unusable.reply.completion_tokens == 5 &&
           unusable.reply.model == "m-1" && contains(unusable.reply.text, "tool_calls");
  });
  BOOST_CHECK_EXCEPTION(parse_completion("<html>" + std::string(9000, 'x'), "here"), searches::UnusableReply,
                        [](const auto& unusable) { return unusable.reply.text.size() == 2000; });
}

BOOST_AUTO_TEST_CASE(errors_of_the_usual_servers_are_understood) {
  BOOST_TEST(searches::error_text(R"({"error": {"message": "too\nmany"}})") == "too many");
  BOOST_TEST(searches::error_text(R"({"error": "no model"})") == "no model");
  BOOST_TEST(searches::error_text(R"({"detail": "Not Found"})") == "Not Found");
  BOOST_TEST(searches::error_text(R"([{"error": {"code": 400, "message": "bad key"}}])") == "bad key");
  BOOST_TEST(searches::error_text(R"({"detail": [{"loc": ["body", "seed"], "msg": "forbidden"}, {"msg": "b"}]})") ==
             "seed: forbidden; b");
  BOOST_TEST(searches::error_text(R"({"message": {"detail": "nested"}})") == "nested");
  BOOST_TEST(searches::error_text(R"({"error": {"code": 7}})") == R"({"code":7})");
  BOOST_TEST(searches::error_text("Bad Gateway\n") == "Bad Gateway");
  BOOST_TEST(searches::error_text("<html>Bad Gateway</html>") == "");
  BOOST_TEST(searches::error_text(R"({"error": {"message": "wrong key sk-abcdefgh12345678"}})") == "wrong key [key]");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
