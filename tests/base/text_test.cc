#include "harness/base/text.h"

#include <cstdio>

#include "harness/base/error.h"
#include "harness/base/progress.h"
#include "harness/base/system.h"
#include "tests/base/fixture.h"

namespace flnas {
namespace {

BOOST_AUTO_TEST_SUITE(text)

BOOST_AUTO_TEST_CASE(a_text_is_split_at_every_separator) {
  BOOST_TEST(split("a,,b", ',') == (std::vector<std::string>{"a", "", "b"}), boost::test_tools::per_element());
  BOOST_TEST(split("a,", ',').size() == 2u);
  BOOST_TEST(split("", ',').empty());
}

BOOST_AUTO_TEST_CASE(numbers_are_grouped_by_thousands) {
  BOOST_TEST(with_thousands(11169858) == "11,169,858");
  BOOST_TEST(with_thousands(999) == "999");
  BOOST_TEST(with_thousands(-1234) == "-1,234");
  BOOST_TEST(with_thousands(0) == "0");
}

BOOST_AUTO_TEST_CASE(bytes_and_durations_have_readable_units) {
  BOOST_TEST(short_count(170'400'000) == "170 M");
  BOOST_TEST(short_count(1.94e9) == "1.94 G");
  BOOST_TEST(short_count(426'000) == "426 k");
  BOOST_TEST(short_count(66) == "66");
  BOOST_TEST(format_bytes(512) == "512 B");
  BOOST_TEST(format_bytes(1536) == "1.5 KiB");
  BOOST_TEST(format_bytes(211.79 * 1024 * 1024) == "211.8 MiB");
  BOOST_TEST(format_duration(4.21) == "4.2 s");
  BOOST_TEST(format_duration(59.7) == "1 min 00 s");
  BOOST_TEST(format_duration(185) == "3 min 05 s");
  BOOST_TEST(format_duration(3725) == "1 h 02 min");
}

BOOST_AUTO_TEST_CASE(utf_8_is_told_from_other_bytes) {
  for (const char* text : {"", "plain", "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80", "\xed\x9f\xbf"})
    BOOST_TEST(is_utf8(text));
  for (const char* text : {"\x80", "\xff", "\xc0\x80", "\xc3", "\xe2\x82", "\xe0\x80\x80", "\xed\xa0\x80",
                           "\xf0\x80\x80\x80", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "a\xe2z\xac"}) {
    BOOST_TEST(!is_utf8(text));
  }
}

BOOST_AUTO_TEST_CASE(foreign_text_becomes_one_line) {
  BOOST_TEST(one_line("  two\r\n\t lines\x01 ", 80) == "two lines");
  BOOST_TEST(one_line("caf\xc3\xa9 \xff\xc3", 80) == "caf\xc3\xa9 ??");
  BOOST_TEST(one_line("caf\xc3\xa9s", 4) == "caf...");
  BOOST_TEST(one_line("cafe", 4) == "cafe");
}

BOOST_AUTO_TEST_CASE(a_shell_reads_a_quoted_argument_back) {
  BOOST_TEST(shell_quote("--out=/a/b.c") == "--out=/a/b.c");
  BOOST_TEST(shell_quote("") == "''");
  for (const std::string argument : {"a b", "it's", "$(x)", "\"q\"", "*"}) {
    FILE* pipe = ::popen(("printf %s " + shell_quote(argument)).c_str(), "r");
    char buffer[64] = {};
    const std::size_t length = std::fread(buffer, 1, sizeof buffer, pipe);
    ::pclose(pipe);
    BOOST_TEST(std::string(buffer, length) == argument);
  }
}

BOOST_AUTO_TEST_CASE(errors_carry_context_and_an_exit_code) {
  DataError error("line 3 is empty");
  error.add_context("a.csv");
  BOOST_TEST(error.what() == std::string("a.csv: line 3 is empty"));
  BOOST_TEST(error.exit_code() == 3);
  BOOST_TEST(ConfigError("").exit_code() == 2);
  BOOST_TEST(IoError("").exit_code() == 1);
  BOOST_TEST(RemoteError("").exit_code() == 1);
}

BOOST_AUTO_TEST_CASE(the_machine_and_the_build_are_described) {
  for (const char* key : {"cpu", "cores", "memory_bytes", "os", "kernel", "architecture"}) {
    BOOST_TEST(describe_machine().contains(key));
  }
  for (const char* key : {"commit", "build_type", "compiler", "sanitizers", "libraries"})
    BOOST_TEST(describe_build().contains(key));
  const std::string now = utc_now();
  BOOST_TEST(now.size() == 20u);
  BOOST_TEST((now[4] == '-' && now[10] == 'T' && now[19] == 'Z'));
}

BOOST_AUTO_TEST_CASE(a_line_of_progress_is_no_wider_than_the_terminal) {
  BOOST_TEST(progress_line("epoch 1/2", 0.5, 10, "note", 200) ==
             "epoch 1/2 [############............]  50 %  10 s left  note");
  BOOST_TEST(progress_line("epoch 1/2", 0.5, 10, "note", 9) == "epoch 1/2");
  BOOST_TEST(progress_line("Zürich", 0.5, 10, "", 2) == "Zü");  // characters, not bytes
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas
