#include "harness/train/mitigation/cells.h"

#include <ATen/Functions.h>

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <map>

#include "harness/train/mitigation/group_dro.h"

namespace {

using namespace flnas;

/// Eight images: of a three benign and one malignant, of b none benign and four malignant.
Cells example() {
  return cut_into_cells({"b", "a", "b", "a", "b", "a", "b", "a"}, {1, 0, 1, 0, 1, 0, 1, 1}, {"benign", "malignant"});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(mitigation_cells)

BOOST_AUTO_TEST_CASE(images_are_cut_by_group_and_class) {
  const Cells cells = example();
  BOOST_TEST(cells.groups == (std::vector<std::string>{"a", "b"}));
  BOOST_TEST(cells.cell == (std::vector<std::int64_t>{3, 0, 3, 0, 3, 0, 3, 1}));
  BOOST_TEST(cells.count[0] == (std::vector<double>{3, 1}));
  BOOST_TEST(cells.count[1] == (std::vector<double>{0, 4}));
}

BOOST_AUTO_TEST_CASE(reweighing_is_what_was_expected_of_independence_over_what_is_there) {
  // P(a) = P(b) = 1/2, P(benign) = 3/8, P(malignant) = 5/8.
  const auto weights = reweighing(example());
  BOOST_TEST(weights[0] == (0.5 * 3 / 8) / (3.0 / 8));
  BOOST_TEST(weights[1] == (0.5 * 5 / 8) / (1.0 / 8));
  BOOST_TEST(weights[2] == 0);
  BOOST_TEST(weights[3] == (0.5 * 5 / 8) / (4.0 / 8));
}

BOOST_AUTO_TEST_CASE(balanced_sampling_draws_each_cell_equally_often) {
  std::vector<std::string> groups;
  std::vector<std::int64_t> labels;
  for (int i = 0; i < 3000; ++i) {
    groups.push_back(i % 10 == 0 ? "rare" : "common");
    labels.push_back(i % 20 == 0 || i % 4 == 1 ? 1 : 0);
  }
  const Cells cells = cut_into_cells(groups, labels, {"no", "yes"});
  const auto order = balanced_order(cells, 1, 1);
  BOOST_TEST(order.size() == 3000U);
  std::map<std::int64_t, int> drawn;
  for (const std::size_t i : order) ++drawn[cells.cell[i]];
  // Binomial: 750 on average, standard deviation 24.
  for (const auto& [cell, count] : drawn) BOOST_TEST(std::abs(count - 750) < 120, "cell " << cell << ": " << count);
  BOOST_TEST(drawn.size() == 4U);
  BOOST_TEST(order == balanced_order(cells, 1, 1));
  BOOST_TEST(order != balanced_order(cells, 1, 2));
}

BOOST_AUTO_TEST_CASE(class_weights_of_balanced_draws_count_cells_and_not_images) {
  // Three cells have images, two of them malignant: n / (classes x n of the class) = 3 / (2 x 1) and 3 / (2 x 2).
  const auto weights = balanced_draw_class_weights(example());
  BOOST_TEST(weights[0] == 1.5F);
  BOOST_TEST(weights[1] == 0.75F);
}

BOOST_AUTO_TEST_CASE(group_dro_moves_weight_to_the_cell_with_the_larger_loss) {
  GroupDro dro({{2, 1}, {0, 1}}, 0.5, at::kCPU);
  BOOST_TEST(at::allclose(dro.weights(), at::tensor({1.0F / 3, 1.0F / 3, 0.0F, 1.0F / 3})));
  // Mean losses: 0.4 and 1.0; the batch has no image of the last cell.
  at::Tensor losses = at::tensor({0.6F, 0.2F, 1.0F}).set_requires_grad(true);
  const at::Tensor loss = dro.loss(losses, at::tensor({0, 0, 1}, at::kLong));
  const double a = std::exp(0.5 * 0.4), b = std::exp(0.5 * 1.0), all = a + b + 1;
  BOOST_TEST(loss.item<double>() == (a * 0.4 + b * 1.0) / all, boost::test_tools::tolerance(1e-6));
  const auto expected =
      at::tensor({static_cast<float>(a / all), static_cast<float>(b / all), 0.0F, static_cast<float>(1 / all)});
  BOOST_TEST(at::allclose(dro.weights(), expected));
  // The weights are constants of the gradient; a cell's is shared by its images.
  loss.backward();
  BOOST_TEST(at::allclose(losses.grad(), at::tensor({static_cast<float>(a / all / 2), static_cast<float>(a / all / 2),
                                                     static_cast<float>(b / all)})));
}

BOOST_AUTO_TEST_SUITE_END()
