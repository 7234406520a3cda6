#include "harness/base/random.h"

#include <algorithm>

#include "tests/base/fixture.h"

namespace flnas {
namespace {

BOOST_AUTO_TEST_SUITE(random_numbers)

// The C++ standard fixes the engine: its 10,000th output from the default seed, [rand.predef].
BOOST_AUTO_TEST_CASE(the_engine_is_the_standard_one) {
  Random random(5489);
  for (int i = 1; i < 10000; ++i) random.bits();
  BOOST_TEST(random.bits() == 9981545732273789042ULL);
}

BOOST_AUTO_TEST_CASE(the_same_seed_gives_the_same_numbers) {
  Random first(3), second(3), other(4);
  BOOST_TEST(first.bits() == second.bits());
  BOOST_TEST(first.bits() != other.bits());
}

BOOST_AUTO_TEST_CASE(whole_numbers_are_uniform_below_the_bound) {
  Random random(1);
  std::vector<int> counts(6);
  for (int i = 0; i < 60000; ++i) ++counts[random.below(6)];
  // Standard deviation sqrt(60000 x 1/6 x 5/6) = 91; five of them.
  for (const int count : counts) BOOST_TEST(std::abs(count - 10000) < 456);
  BOOST_TEST(random.below(1) == 0u);
}

BOOST_AUTO_TEST_CASE(real_numbers_have_their_mean_and_spread) {
  Random random(2);
  constexpr int kDraws = 100000;
  double uniform = 0, sum = 0, squares = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double u = random.uniform(-1, 3), z = random.normal();
    BOOST_REQUIRE((u >= -1 && u < 3));
    uniform += u;
    sum += z;
    squares += z * z;
  }
  BOOST_TEST(std::abs(uniform / kDraws - 1) < 0.02);
  BOOST_TEST(std::abs(sum / kDraws) < 0.02);
  BOOST_TEST(std::abs(squares / kDraws - 1) < 0.03);
}

BOOST_AUTO_TEST_CASE(a_shuffle_keeps_every_item) {
  Random random(9);
  std::vector<int> items{0, 1, 2, 3, 4, 5, 6, 7};
  const auto before = items;
  random.shuffle(items);
  BOOST_TEST(items != before);
  std::sort(items.begin(), items.end());
  BOOST_TEST(items == before);
}

BOOST_AUTO_TEST_CASE(mixed_seeds_differ_by_seed_and_stream) {
  BOOST_TEST(mix_seed(1, 0) != mix_seed(1, 1));
  BOOST_TEST(mix_seed(1, 0) != mix_seed(2, 0));
  BOOST_TEST(mix_seed(0, 0) == 0xe220a8397b1dcdafULL);  // SplitMix64's first output from seed 0
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas
