#include "datasets/splits/split_text.h"

#include <boost/test/unit_test.hpp>

#include "tests/datasets/fixture.h"

namespace {

using namespace flnas;
using test::contains;

/// Two images of one lesion and one of another, by a man and a woman.
struct Three {
  test::TemporaryFolder folder;
  Table table;

  Three() {
    test::write_tables(folder.path, {{"ISIC_1", "NV", "20", "L1", "male"},
                                     {"ISIC_2", "NV", "20", "L1", "male"},
                                     {"ISIC_3", "MEL", "80", "L2", "female"}});
    table = read_table(folder.path, load_adapter("isic2019"));
  }
};

BOOST_FIXTURE_TEST_SUITE(split_texts, Three)

BOOST_AUTO_TEST_CASE(subsets_are_columns_of_images_lesions_and_groups) {
  Split split;
  split.train = {"ISIC_1", "ISIC_2"};
  split.validation = {"ISIC_3"};
  split.test = {"ISIC_3"};
  BOOST_TEST(split_text(table, split) ==
             "         train  validation  test\n"
             "images       2           1     1\n"
             "lesions      1           1     1\n"
             "male         2           0     0\n"
             "female       0           1     1\n"
             "young        2           0     0\n"
             "middle       0           0     0\n"
             "old          0           1     1\n");
}

BOOST_AUTO_TEST_CASE(each_fold_has_its_subsets) {
  Split split;
  split.folds = {{.train = {"ISIC_1"}, .validation = {"ISIC_2"}, .test = {"ISIC_3"}},
                 {.train = {"ISIC_3"}, .validation = {"ISIC_2"}, .test = {"ISIC_1"}}};
  const std::string text = split_text(table, split, {.wide = true});
  BOOST_TEST(contains(text, "fold 1 train"));
  BOOST_TEST(contains(text, "fold 2 test"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
