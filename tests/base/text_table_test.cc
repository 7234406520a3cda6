#include "harness/base/text_table.h"

#include <boost/test/unit_test.hpp>

using namespace flnas;

BOOST_AUTO_TEST_SUITE(tables_of_text)

BOOST_AUTO_TEST_CASE(tables_are_aligned_without_blanks_at_the_end) {
  BOOST_TEST(text_table({{"name", "n", "note"}, {"a", "10", ""}, {"long name", "9", "x"}}, "lr") ==
             "name        n  note\na          10\nlong name   9  x\n");
}

BOOST_AUTO_TEST_CASE(letters_beyond_ascii_take_one_column) {
  BOOST_TEST(text_table({{"Zürich", "1"}, {"Bern", "20"}}, "lr") == "Zürich   1\nBern    20\n");
}

BOOST_AUTO_TEST_CASE(columns_that_do_not_fit_stand_in_tables_below_with_the_first_column) {
  const std::vector<TextRow> rows = {{"", "north", "south", "west"}, {"a", "1", "2", "3"}};
  BOOST_TEST(narrow_tables(rows, "lrrr", 80) == "   north  south  west\na      1      2     3\n");
  BOOST_TEST(narrow_tables(rows, "lrrr", 15) == "   north  south\na      1      2\n\n   west\na     3\n");
  BOOST_TEST(narrow_tables(rows, "lrrr", 3) == "   north\na      1\n\n   south\na      2\n\n   west\na     3\n");
}

BOOST_AUTO_TEST_CASE(markdown_has_every_column_and_stands_between_blank_lines) {
  const std::vector<TextRow> rows = {{"", "north"}, {"a|b", "1"}, {"c"}};
  BOOST_TEST(show_table(rows, "lr", {.markdown = true}) == "\n|  | north |\n|:--|--:|\n| a\\|b | 1 |\n| c |  |\n\n");
  BOOST_TEST(show_table(rows, "lr") == "     north\na|b      1\nc\n");
}

BOOST_AUTO_TEST_CASE(words_are_wrapped_and_long_ones_stay_whole) {
  BOOST_TEST(wrap("one two three", 0, 2, 9) == "one two\n  three");
  BOOST_TEST(wrap("abcdefghijkl m", 0, 0, 5) == "abcdefghijkl\nm");
  BOOST_TEST(wrap("Zürich Bern", 0, 0, 11) == "Zürich Bern");  // columns, not bytes
  BOOST_TEST(wrap("", 0, 0, 5) == "");
}

BOOST_AUTO_TEST_CASE(a_wide_table_is_one_however_wide_it_is) {
  const std::vector<TextRow> rows = {{"a", std::string(60, 'b'), std::string(60, 'c')}};
  BOOST_TEST(show_table(rows, "l", {.wide = true}) == text_table(rows, "l"));
  BOOST_TEST(show_table(rows, "l") == narrow_tables(rows, "l"));
}

BOOST_AUTO_TEST_SUITE_END()
