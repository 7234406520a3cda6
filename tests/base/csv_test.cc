#include "harness/base/csv.h"

#include "harness/base/error.h"
#include "tests/base/fixture.h"

namespace flnas {
namespace {

using test::contains;
using test::message_of;

std::string parse_error(std::string_view text) {
  return message_of<DataError>([&] { Csv::parse(text, "a.csv"); });
}

BOOST_AUTO_TEST_SUITE(csv)

BOOST_AUTO_TEST_CASE(quotes_line_breaks_and_a_byte_order_mark_are_read) {
  const auto csv = Csv::parse("\xEF\xBB\xBFname,note\r\na,\"x, \"\"y\"\"\nz\"\r\n\r\nb,\n", "a.csv");
  BOOST_TEST(csv.header().at(0) == "name");
  BOOST_REQUIRE(csv.rows() == 2u);
  BOOST_TEST(csv.at(0, 1) == "x, \"y\"\nz");
  BOOST_TEST(csv.at(1, 1) == "");
  BOOST_TEST(csv.line(0) == 2u);
  BOOST_TEST(csv.line(1) == 5u);  // the quoted line break and the blank line count
}

BOOST_AUTO_TEST_CASE(a_last_line_without_newline_is_a_row) {
  BOOST_TEST(Csv::parse("a,b\n1,2", "a.csv").at(0, 1) == "2");
}

BOOST_AUTO_TEST_CASE(broken_files_are_named_with_their_line) {
  BOOST_TEST(contains(parse_error("a,b\n1,2\n1\n"), "a.csv:3: 1 fields where the header has 2"));
  BOOST_TEST(contains(parse_error("a\n\"x\n"), "a.csv:2: a quote is never closed"));
  BOOST_TEST(contains(parse_error("a,a\n"), "a.csv:1: column 'a' appears twice"));
  BOOST_TEST(contains(parse_error(""), "a.csv: empty"));
  BOOST_CHECK_THROW(Csv::read("/nowhere/a.csv"), DataError);
}

BOOST_AUTO_TEST_CASE(other_forms_are_named_as_what_they_are) {
  using namespace std::string_literals;
  BOOST_TEST(contains(parse_error("\xFF\xFEi\0m\0"s), "a.csv:1: is UTF-16; save it as UTF-8"));
  BOOST_TEST(contains(parse_error("\xFE\xFF\0i\0m"s), "is UTF-16"));
  BOOST_TEST(contains(parse_error("i\0m\0,\0"s), "is UTF-16"));
  BOOST_TEST(contains(parse_error("image,site\na,b\nc,Gr\xF6\xDF"
                                  "e\nd,e\n"),
                      "a.csv:3: is not UTF-8, but Latin-1"));
  BOOST_TEST(contains(parse_error("a,b\r1,2\r3,4\r"), "a.csv:1: its lines end with carriage returns alone"));
  BOOST_TEST(contains(parse_error("a;b;c\n1;2;3\n"), "a.csv:1: has semicolons"));
  BOOST_TEST(contains(parse_error("a\tb\n1\t2\n"), "a.csv:1: has tabs"));
  BOOST_TEST(contains(parse_error("PK\x03\x04 and more"), "is a spreadsheet or an archive"));
  BOOST_TEST(Csv::parse("a;b,c\n1;2,3\n", "a.csv").at(0, 0) == "1;2");
  BOOST_TEST(Csv::parse("size\nGr\xC3\xB6\xC3\x9F"
                        "e\n",
                        "a.csv")
                 .rows() == 1u);
}

BOOST_AUTO_TEST_CASE(a_first_column_without_name_is_a_row_number) {
  const auto csv = Csv::parse(",image\n0,a\n1,b\n", "a.csv");
  BOOST_TEST(csv.at(1, csv.column("image")) == "b");
  BOOST_TEST(contains(parse_error("image,,\na,1,2\n"), "a.csv:1: column 2 has no name"));
}

BOOST_AUTO_TEST_CASE(a_table_of_a_hundred_thousand_columns_is_refused_at_once) {
  std::string header = "c0";
  for (int i = 1; i < 100'000; ++i) header += ",c" + std::to_string(i);
  const auto csv = Csv::parse(header + "\n", "wide.csv");
  const std::string error = message_of<DataError>([&] { csv.column("label"); });
  BOOST_TEST(contains(error, "and 99960 more"));
  BOOST_TEST(error.size() < 1000u);
}

BOOST_AUTO_TEST_CASE(a_missing_column_names_the_nearest) {
  const auto csv = Csv::parse("image,lable\n", "a.csv");
  BOOST_TEST(contains(message_of<DataError>([&] { csv.column("label"); }), "nearest is 'lable'"));
  BOOST_TEST(!csv.find("label"));
}

BOOST_AUTO_TEST_CASE(numbers_are_finite_and_whole) {
  const auto csv = Csv::parse("x,y\n-1.5e3,\n1 ,\nnan,\n1e999,\n", "a.csv");
  BOOST_TEST(csv.number(0, 0) == -1500.0);
  BOOST_TEST(contains(message_of<DataError>([&] { csv.number(1, 0); }), "a.csv:3: '1 ' in column 'x'"));
  BOOST_CHECK_THROW(csv.number(2, 0), DataError);  // nan
  BOOST_CHECK_THROW(csv.number(3, 0), DataError);  // out of range
  BOOST_CHECK_THROW(csv.number(0, 1), DataError);  // blank
}

BOOST_AUTO_TEST_CASE(what_is_written_is_read_back) {
  const std::vector<std::string> fields{"plain", "a,b", "say \"x\"", "two\nlines", "", " space "};
  const auto csv = Csv::parse("1,2,3,4,5,6\n" + csv_row(fields) + "\n", "a.csv");
  for (std::size_t i = 0; i < fields.size(); ++i) BOOST_TEST(csv.at(0, i) == fields[i]);
  BOOST_TEST(csv_field("plain") == "plain");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas
