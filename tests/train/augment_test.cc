#include "harness/train/augment.h"

#include <ATen/Functions.h>

#include <boost/test/unit_test.hpp>
#include <set>

BOOST_AUTO_TEST_SUITE(augmentation)

BOOST_AUTO_TEST_CASE(pixels_become_numbers_between_zero_and_one) {
  const at::Tensor pixels = at::tensor(std::vector<int>{0, 51, 255}, at::kInt).to(at::kByte);
  BOOST_TEST(at::allclose(flnas::to_unit_range(pixels), at::tensor(std::vector<float>{0, 0.2F, 1})));
}

BOOST_AUTO_TEST_CASE(all_eight_symmetries_of_the_square_occur_and_nothing_else) {
  // One bright pixel off every axis of symmetry: each symmetry puts it somewhere else.
  at::Tensor image = at::full({1, 3, 8, 8}, 100, at::kByte);
  image.select(2, 1).select(2, 2).fill_(200);
  std::set<std::int64_t> places;
  for (std::uint64_t seed = 0; seed < 200; ++seed)
    places.insert(flnas::augment(image, seed)[0][0].argmax().item<std::int64_t>());
  const std::set<std::int64_t> expected = {1 * 8 + 2, 1 * 8 + 5, 6 * 8 + 2, 6 * 8 + 5,
                                           2 * 8 + 1, 2 * 8 + 6, 5 * 8 + 1, 5 * 8 + 6};
  BOOST_TEST(places == expected);
}

BOOST_AUTO_TEST_CASE(a_seed_gives_one_result_and_images_of_a_batch_differ) {
  const at::Tensor images = at::arange(3 * 8 * 8).remainder(256).to(at::kByte).view({1, 3, 8, 8}).repeat({16, 1, 1, 1});
  const at::Tensor once = flnas::augment(images, 5);
  BOOST_TEST(at::equal(once, flnas::augment(images, 5)));
  BOOST_TEST(!at::equal(once, flnas::augment(images, 6)));
  BOOST_TEST(!at::equal(once[0], once[1]));
}

BOOST_AUTO_TEST_CASE(colours_change_a_little_and_stay_in_range) {
  const at::Tensor images = at::randint(0, 256, {32, 3, 16, 16}, at::kByte);
  const at::Tensor result = flnas::augment(images, 1);
  BOOST_TEST(result.min().item<float>() >= 0);
  BOOST_TEST(result.max().item<float>() <= 1);
  const at::Tensor shift = (result.mean({1, 2, 3}) - flnas::to_unit_range(images).mean({1, 2, 3})).abs();
  BOOST_TEST(shift.max().item<float>() < 0.11);
  BOOST_TEST(shift.max().item<float>() > 0.01);
}

BOOST_AUTO_TEST_CASE(a_crop_is_the_box_enlarged_as_torchs_upsampling_does_it) {
  at::manual_seed(4);
  const at::Tensor images = at::rand({2, 3, 8, 8});
  const std::vector<flnas::CropBox> boxes = {{.top = 1, .left = 3, .height = 6, .width = 5},
                                             {.top = 0, .left = 0, .height = 8, .width = 8}};
  const at::Tensor found = flnas::crop_and_resize(images, boxes);
  const at::Tensor box = images.slice(0, 0, 1).slice(2, 1, 7).slice(3, 3, 8);
  const at::Tensor expected = at::upsample_bilinear2d(box, {8, 8}, /*align_corners=*/false);
  BOOST_TEST((found[0] - expected[0]).abs().max().item<float>() < 1e-5);
  BOOST_TEST((found[1] - images[1]).abs().max().item<float>() < 1e-5);
}

BOOST_AUTO_TEST_CASE(crops_change_images_and_a_least_share_of_one_does_not) {
  const at::Tensor images = at::randint(0, 256, {8, 3, 16, 16}, at::kByte);
  BOOST_TEST(at::equal(flnas::augment(images, 3), flnas::augment(images, 3, 1)));
  BOOST_TEST(!at::equal(flnas::augment(images, 3), flnas::augment(images, 3, 0.5)));
  BOOST_TEST(at::equal(flnas::augment(images, 3, 0.5), flnas::augment(images, 3, 0.5)));
}

BOOST_AUTO_TEST_SUITE_END()
