#include "datasets/nas/nas_table.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <cmath>

#include "harness/base/error.h"
#include "tests/datasets/nas/fixture.h"

using namespace flnas;
using flnas::test::contains;
using flnas::test::message_of;

namespace {

struct Small : test::SmallNasTable {
  NasTable open() const { return NasTable::open(tables, cache); }
  /// The error after one change of one file.
  template <class E = DataError>
  std::string error(const std::string& file, const std::string& from, const std::string& to) const {
    const std::string before = text(file);
    change(file, from, to);
    const std::string message = message_of<E>([&] { open(); });
    write(file, before);
    BOOST_TEST(message.find('\n') == message.npos);
    return message;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(nas_table, Small)

BOOST_AUTO_TEST_CASE(figures_are_found_by_index_whatever_the_order_of_the_rows) {
  const NasTable table = open();
  BOOST_TEST(table.info().name == "small");
  BOOST_TEST(table.datasets() == std::vector<std::string>{"toy"}, boost::test_tools::per_element());
  BOOST_TEST(table.has(12));
  BOOST_TEST(!table.has(13));
  BOOST_TEST(!table.has(15625));
  const NasSearchView view = table.search_view("toy");
  BOOST_TEST(view.epochs() == 5);
  BOOST_TEST(view.validation()[12] == 66);
  BOOST_TEST(std::isnan(view.validation()[13]));
  BOOST_TEST(view.cost("board", "latency")[0] == 4);
  BOOST_TEST(view.cost("phone", "energy")[15624] == 20);
  BOOST_TEST(!view.has_cost("board", "energy"));
  BOOST_TEST(view.devices() == (std::vector<std::string>{"board", "phone"}), boost::test_tools::per_element());
  const NasScores scores = table.scores("toy");
  BOOST_TEST(scores.epochs == 90);
  BOOST_TEST(scores.test[0] == 80.5);
  // 4 2 1 2 1 1 as a number of base 5.
  BOOST_TEST(table.cells()[0] == ((((4 * 5 + 2) * 5 + 1) * 5 + 2) * 5 + 1) * 5 + 1);
}

BOOST_AUTO_TEST_CASE(accuracies_that_are_fractions_are_not_taken_for_percent) {
  change("nb201_arch_acc.csv", "60,61\n", "60,0.61\n");
  change("nb201_arch_acc.csv", "50,51\n", "50,0.51\n");
  change("nb201_arch_acc.csv", "65,66\n", "65,0.66\n");
  BOOST_TEST(open().has(12), "one that is right is enough");
  change("nb201_arch_acc.csv", "55,56.5\n", "55,0.565\n");
  BOOST_TEST(contains(message_of<DataError>([&] { open(); }), "'toy_val_5' holds fractions, up to 0.66"));
}

BOOST_AUTO_TEST_CASE(the_traps_of_the_published_files_become_missing_values) {
  const NasTable table = open();
  const NasSearchView view = table.search_view("toy");
  BOOST_TEST(view.zc13().names == (std::vector<std::string>{"jacov", "zen"}), boost::test_tools::per_element());
  BOOST_TEST(std::isnan(view.cost("phone", "latency")[7]));  // -1
  BOOST_TEST(std::isnan(view.zc13().columns[0][7]));         // -1e8
  BOOST_TEST(std::isnan(view.zc13().columns[1][7]));         // blank
  BOOST_TEST(std::isnan(view.zc13().columns[0][15624]));     // no row
  BOOST_TEST(std::isnan(view.zc_full().columns[1][7]));      // -inf
  BOOST_TEST(view.zc13().columns[0][12] == -7);
}

BOOST_AUTO_TEST_CASE(the_table_is_compiled_once_and_anew_when_a_file_changes_or_the_cache_is_damaged) {
  const std::string key = open().sha256();
  const auto file = cache / ("nas-" + key.substr(0, 16) + ".columns");
  const auto written = std::filesystem::last_write_time(file);
  BOOST_TEST(open().sha256() == key);
  BOOST_TEST((std::filesystem::last_write_time(file) == written));
  std::string bytes = read_file(file);
  bytes.back() = static_cast<char>(bytes.back() + 1);
  write_file(file, bytes);
  BOOST_TEST(open().search_view("toy").validation()[12] == 66);
  BOOST_TEST(read_file(file) != bytes);
  write_file(file, "torn");
  BOOST_TEST(open().search_view("toy").validation()[12] == 66);
  change("nb201_arch_acc.csv", ",65,66\n", ",65,67\n");
  BOOST_TEST(open().sha256() != key);
  BOOST_TEST(open().search_view("toy").validation()[12] == 67);
}

BOOST_AUTO_TEST_CASE(wrong_files_are_one_line_that_says_where) {
  BOOST_TEST(contains(error("nb201_arch_acc.csv", "15624,|none", "7,|none"),
                      "nb201_arch_acc.csv:5: index 7 is here again, after line 3"));
  BOOST_TEST(
      contains(error("hw_toy.csv", "\n15624,2,20,6,1", ""), "hw_toy.csv: 3 rows instead of 4; the file was cut"));
  BOOST_TEST(contains(error("hw_toy.csv", "15624,2,", "15625,2,"), "hw_toy.csv:5: there is no index 15625"));
  BOOST_TEST(contains(error("hw_toy.csv", "15624,2,", "99,2,"), "index 99 is not in nb201_arch_acc.csv"));
  BOOST_TEST(contains(error("hw_toy.csv", "\n0,1.5,", "\n0,nan,"),
                      "hw_toy.csv:3: 'nan' in column 'phone_latency' is not a number"));
  BOOST_TEST(contains(error("hw_toy.csv", "\n0,1.5,", "\n0,-2,"),
                      "hw_toy.csv:3: -2 in column 'phone_latency' is not above 0"));
  BOOST_TEST(contains(error("hw_toy.csv", ",0.5,1\n", ","), "hw_toy.csv:4: "));
  BOOST_TEST(contains(error("nb201_arch_acc.csv", "3,0,0,0,3,0,", "3,0,0,0,1,0,"), "is not what its codes say"));
  BOOST_TEST(
      contains(error("nb201_arch_acc.csv", "3,0,0,0,3,0,", "3,0,0,0,5,0,"), "'5' in column 'e13' is no operation"));
  BOOST_TEST(contains(error("nb201_arch_acc.csv", ",85,", ",850,"), "850 in column 'toy_test_90' is no accuracy"));
  BOOST_TEST(contains(error("nb201_arch_acc.csv", "toy_val_5", "toy_5"), "no complete validation accuracy of toy"));
  BOOST_TEST(contains(error("nb201_arch_acc.csv", "65,66\n", "65,\n"), "no complete validation accuracy of toy"));
  BOOST_TEST(contains(error("zc_full_toy.csv", "7,-inf", "7,inf"), "zc_full_toy.csv:3: 'inf' in column 'naswot'"));
  BOOST_TEST(contains(error<ConfigError>("table.json", "cells", "cels"), "did you mean 'cells'?"));
  std::filesystem::remove(tables / "hw_toy.csv");
  BOOST_TEST(contains(message_of<DataError>([&] { open(); }), "no hw_<dataset>.csv"));
  BOOST_TEST(contains(message_of<DataError>([&] { NasTable::open(folder / "nowhere", cache); }), "no such folder"));
}

BOOST_AUTO_TEST_CASE(a_part_of_the_13_proxies_is_known_by_the_number_in_its_name) {
  const auto rename = [&](const char* from, const char* to) { std::filesystem::rename(tables / from, tables / to); };
  rename("zc13_toy.csv", "zc13_toy_3.csv");
  BOOST_TEST(open().search_view("toy").zc13().names.size() == 2u);
  rename("zc13_toy_3.csv", "zc13_toy_2.csv");
  BOOST_TEST(contains(message_of<DataError>([&] { open(); }), "zc13_toy_2.csv: 3 rows instead of 2"));
  rename("zc13_toy_2.csv", "zc13_toy_.csv");  // of another data set
  BOOST_TEST(open().search_view("toy").zc13().names.empty());
}

BOOST_AUTO_TEST_CASE(without_its_description_a_table_has_to_hold_all_cells) {
  std::filesystem::remove(tables / "table.json");
  BOOST_TEST(
      contains(message_of<DataError>([&] { open(); }), "4 rows instead of 15625, the first missing index is 1;"));
}

BOOST_AUTO_TEST_CASE(unknown_names_are_told_the_nearest_one) {
  const NasTable table = open();
  BOOST_TEST(contains(message_of<ConfigError>([&] { table.search_view("toys"); }), "did you mean 'toy'?"));
  BOOST_TEST(contains(message_of<ConfigError>([&] { table.search_view("toy").cost("phon", "latency"); }),
                      "did you mean 'phone'?"));
}

BOOST_AUTO_TEST_CASE(the_published_tables_are_read_whole,
                     *boost::unit_test::precondition(test::has_published_nas_tables())) {
  const auto published = test::published_nas_tables();
  const NasTable table = NasTable::open(published, cache);
  BOOST_TEST(table.datasets() == (std::vector<std::string>{"cifar10", "cifar100", "ImageNet16-120"}),
             boost::test_tools::per_element());
  const std::vector<double> optima = {94.3733, 73.5133, 47.3111};
  for (std::size_t d = 0; d < 3; ++d) {
    const NasSearchView view = table.search_view(table.datasets()[d]);
    const NasScores scores = table.scores(view.dataset());
    BOOST_TEST(view.epochs() == 12);
    BOOST_TEST(scores.epochs == 200);
    BOOST_TEST(*std::max_element(scores.test.begin(), scores.test.end()) == optima[d]);
    BOOST_TEST(view.devices().size() == 6u);
    const NasColumn edgetpu = view.cost("edgetpu", "latency");
    BOOST_TEST(std::count_if(edgetpu.begin(), edgetpu.end(), [](double v) { return std::isnan(v); }) == 4699);
    BOOST_TEST(view.zc13().names.size() == 13u);
  }
  // A second opening takes the cache; look-ups are array accesses.
  const auto start = std::chrono::steady_clock::now();
  const NasTable again = NasTable::open(published, cache);
  const double opened = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  BOOST_TEST_MESSAGE("opened again in " << opened << " s");
  BOOST_TEST(again.search_view("cifar10").validation()[0] == 63.3640);
}

BOOST_AUTO_TEST_SUITE_END()
