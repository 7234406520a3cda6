#include "tests/parsers/parsers.h"

#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "tests/support/paths.h"

using namespace flnas;

BOOST_AUTO_TEST_SUITE(parsers)

// On each file of the corpora, and on each of them cut short.
BOOST_AUTO_TEST_CASE(every_parser_reads_or_refuses_its_corpus_in_one_line) {
  for (const test::Parser& parser : test::parsers()) {
    int files = 0, read = 0;
    for (const auto& entry : std::filesystem::directory_iterator(tests::tests_dir() + "/fuzz/parsers/" + parser.name)) {
      const std::string bytes = read_file(entry.path());
      BOOST_TEST_CONTEXT(entry.path()) {
        for (const std::size_t length : {bytes.size(), bytes.size() / 2, std::min<std::size_t>(bytes.size(), 10)}) {
          BOOST_CHECK_NO_THROW(test::check_parser(parser, std::string_view(bytes).substr(0, length)));
        }
      }
      try {
        parser.read(bytes);
        ++read;
      } catch (const Error&) {
      }
      ++files;
    }
    BOOST_TEST_CONTEXT(parser.name) {
      BOOST_TEST(files >= 2);
      BOOST_TEST(read >= 1, "some of it is well-formed");
      BOOST_TEST(read < files, "some of it is not");
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
