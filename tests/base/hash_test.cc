#include "harness/base/hash.h"

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "tests/base/fixture.h"

namespace flnas {
namespace {

BOOST_AUTO_TEST_SUITE(hash)

// FIPS 180-4's examples.
BOOST_AUTO_TEST_CASE(known_answers_hold) {
  BOOST_TEST(sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  BOOST_TEST(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  BOOST_TEST(sha256(std::string(1000000, 'a')) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

BOOST_AUTO_TEST_CASE(a_file_has_the_hash_of_its_content) {
  const test::TemporaryFolder folder;
  const std::string content(3000001, 'x');  // more than one piece
  write_file(folder / "a", content);
  write_file(folder / "empty", "");
  BOOST_TEST(sha256_file(folder / "a") == sha256(content));
  BOOST_TEST(sha256_file(folder / "empty") == sha256(""));
  BOOST_CHECK_THROW(sha256_file(folder / "absent"), IoError);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas
