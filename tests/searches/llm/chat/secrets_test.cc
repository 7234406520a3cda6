#include "searches/llm/chat/secrets.h"

#include "harness/base/error.h"
#include "tests/searches/llm/chat/fixture.h"

namespace {

using namespace flnas;
using searches::redact;
using test::Keys;

BOOST_AUTO_TEST_SUITE(secrets)

BOOST_AUTO_TEST_CASE(the_projects_own_variable_goes_before_openais) {
  {
    const Keys keys("mine", "openais");
    BOOST_TEST(searches::key_from_environment().value == "mine");
    BOOST_TEST(searches::key_from_environment().variable == "FLNAS_LLM_KEY");
  }
  {
    const Keys keys("", "openais");
    BOOST_TEST(searches::key_from_environment().value == "openais");
  }
  const Keys keys(nullptr);
  BOOST_TEST(searches::key_from_environment().value == "");
}

BOOST_AUTO_TEST_CASE(a_key_that_would_forge_headers_is_refused_and_not_shown) {
  const Keys keys("abcdefgh\r\nX-Evil: 1");
  const auto text = test::message_of<ConfigError>([] { searches::key_from_environment(); });
  BOOST_TEST(!test::contains(text, "abcdefgh"));
}

BOOST_AUTO_TEST_CASE(secrets_are_replaced_wherever_they_stand) {
  const Keys keys(test::kSecret, "another-secret");
  BOOST_TEST(redact("a test-key-1234567890, another-secret.") == "a [key], [key].");
  BOOST_TEST(redact("test-key-1234567890test-key-1234567890") == "[key][key]");
  BOOST_TEST(redact("Authorization: Bearer abcdef0123456789") == "Authorization: Bearer [key]");
  BOOST_TEST(redact("Incorrect API key: sk-proj-abc***********xyz9. Bye") == "Incorrect API key: [key] Bye");
  BOOST_TEST(redact("the task-specific head, Bearer of sk-ills") == "the task-specific head, Bearer of sk-ills");
  BOOST_TEST(redact("") == "");
}

BOOST_AUTO_TEST_CASE(a_dummy_key_of_a_local_server_does_not_tear_texts_apart) {
  const Keys keys("x", "EMPTY");
  BOOST_TEST(redact("max EMPTY") == "max EMPTY");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
