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
  BOOST_TEST(narrow_tables(rows, 'r', 80) == "   north  south  west\na      1      2     3\n");
  BOOST_TEST(narrow_tables(rows, 'r', 15) == "   north  south\na      1      2\n\n   west\na     3\n");
  BOOST_TEST(narrow_tables(rows, 'r', 3) == "   north\na      1\n\n   south\na      2\n\n   west\na     3\n");
}

BOOST_AUTO_TEST_SUITE_END()
