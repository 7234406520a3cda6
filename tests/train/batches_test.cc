#include "harness/train/batches.h"

#include <boost/test/unit_test.hpp>
#include <set>

namespace {

using flnas::Batch;
using flnas::BatchReader;
using flnas::Examples;

/// n images of 2x2 pixels; every byte of image i is i.
struct Images {
  explicit Images(int n) {
    for (int i = 0; i < n; ++i) bytes.insert(bytes.end(), 12, static_cast<std::uint8_t>(i));
    rows = {bytes.data(), 2, {}, {}};
    for (int i = 0; i < n; ++i) {
      rows.row.push_back(i);
      rows.label.push_back(i % 2);
    }
  }
  std::vector<std::uint8_t> bytes;
  Examples rows;
};

std::vector<std::int64_t> sizes_of(const Examples& rows, int batch) {
  BatchReader reader(rows, flnas::in_order(rows.count()), batch, false);
  std::vector<std::int64_t> sizes;
  for (Batch b; reader.next(b);) sizes.push_back(b.labels.size(0));
  return sizes;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(batches)

BOOST_AUTO_TEST_CASE(every_image_comes_once_with_its_own_pixels_and_label) {
  const Images images(10);
  BatchReader reader(images.rows, flnas::shuffled(10, 7, 1), 3, false);
  std::set<int> seen;
  for (Batch batch; reader.next(batch);) {
    BOOST_TEST(batch.inputs.sizes().slice(1).equals({3, 2, 2}));
    for (std::int64_t i = 0; i < batch.labels.size(0); ++i) {
      const int image = batch.inputs[i][0][0][0].item<int>();
      BOOST_TEST(batch.inputs[i].eq(image).all().item<bool>());
      BOOST_TEST(batch.labels[i].item<int>() == image % 2);
      BOOST_TEST(seen.insert(image).second);
    }
  }
  BOOST_TEST(seen.size() == 10U);
}

BOOST_AUTO_TEST_CASE(a_last_image_that_would_stand_alone_joins_the_batch_before_it) {
  BOOST_TEST((sizes_of(Images(7).rows, 3) == std::vector<std::int64_t>{3, 4}));
  BOOST_TEST((sizes_of(Images(8).rows, 3) == std::vector<std::int64_t>{3, 3, 2}));
}

BOOST_AUTO_TEST_CASE(the_order_depends_on_seed_and_epoch_only) {
  BOOST_TEST(flnas::shuffled(100, 1, 3) == flnas::shuffled(100, 1, 3));
  BOOST_TEST(flnas::shuffled(100, 1, 3) != flnas::shuffled(100, 1, 4));
  BOOST_TEST(flnas::shuffled(100, 1, 3) != flnas::shuffled(100, 2, 3));
}

BOOST_AUTO_TEST_CASE(a_reader_may_be_left_before_the_end) {
  const Images images(100);
  BatchReader reader(images.rows, flnas::in_order(100), 2, false);
  Batch batch;
  BOOST_TEST(reader.next(batch));
}

BOOST_AUTO_TEST_SUITE_END()
