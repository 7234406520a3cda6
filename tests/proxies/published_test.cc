#include "harness/proxies/published.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <filesystem>
#include <limits>

#include "harness/base/error.h"
#include "harness/base/files.h"

namespace {

using namespace flnas;
using namespace flnas::proxies;

const char kHeader[] = "index,epe_nas,fisher,flops,grad_norm,grasp,jacov,l2_norm,nwot,params,plain,snip,synflow,zen\n";

class Folder {
 public:
  Folder() : path(std::filesystem::temp_directory_path() / "flnas_published_test") {
    std::filesystem::remove_all(path);
    std::filesystem::create_directories(path);
  }
  ~Folder() { std::filesystem::remove_all(path); }
  PublishedProxies read(const std::string& rows) const {
    write_file(path / "zc13_cifar10.csv", kHeader + rows);
    return read_published(path, "cifar10");
  }
  std::filesystem::path path;
};

BOOST_AUTO_TEST_SUITE(published)

BOOST_AUTO_TEST_CASE(undefined_and_blank_values_are_left_out) {
  const Folder folder;
  const auto table = folder.read(
      "0,1,2,3,4,5,6,7,8,9,10,11,12,13\n"
      "7,-1e8,2,3,4,5,-1e8,7,-inf,9,10,11,12,\n");
  BOOST_TEST(table.at("epe_nas").size() == 1u);
  BOOST_TEST(table.at("jacov").count(7) == 0u);
  BOOST_TEST(table.at("zen").count(7) == 0u);
  BOOST_TEST(table.at("nwot").count(7) == 0u);
  BOOST_TEST(table.at("synflow").at(7) == 12.0);
}

BOOST_AUTO_TEST_CASE(bad_rows_are_data_errors) {
  const Folder folder;
  BOOST_CHECK_THROW(folder.read("15625,1,2,3,4,5,6,7,8,9,10,11,12,13\n"), DataError);
  BOOST_CHECK_THROW(folder.read("1.5,1,2,3,4,5,6,7,8,9,10,11,12,13\n"), DataError);
  BOOST_CHECK_THROW(folder.read("1,one,2,3,4,5,6,7,8,9,10,11,12,13\n"), DataError);
  BOOST_CHECK_THROW(read_published(folder.path, "cifar100"), DataError);
}

BOOST_AUTO_TEST_CASE(a_part_of_the_cells_will_do) {
  const Folder folder;
  write_file(folder.path / "zc13_cifar100_725.csv", kHeader + std::string("3,1,2,3,4,5,6,7,8,9,10,11,12,\n"));
  BOOST_TEST(read_published(folder.path, "cifar100").at("snip").at(3) == 11.0);
  BOOST_CHECK_THROW(read_published(folder.path, "cifar10"), DataError);
}

BOOST_AUTO_TEST_CASE(agreement_is_taken_over_the_cells_that_both_have, *boost::unit_test::tolerance(1e-12)) {
  const double infinity = std::numeric_limits<double>::infinity();
  const PublishedProxies ours = {{"nwot", {{1, 10}, {2, 20}, {3, 30}, {4, -infinity}, {9, 5}}}, {"other", {{1, 1}}}};
  const PublishedProxies published = {{"nwot", {{1, 10}, {2, 21}, {3, 30.5}, {4, 1}}}};
  const PublishedProxies second = {{"nwot", {{1, 3}, {2, 2}, {3, 1}}}};
  const auto agreements = compare_published(ours, published, second);
  BOOST_TEST_REQUIRE(agreements.size() == 1u);
  BOOST_TEST(agreements[0].cells == 3u);
  BOOST_TEST(agreements[0].spearman == 1.0);
  BOOST_TEST(agreements[0].greatest_difference == 1.0);
  BOOST_TEST(agreements[0].published.value() == -1.0);
  BOOST_TEST(!compare_published(ours, published, {})[0].published.has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
