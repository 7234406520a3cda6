#include "searches/strategies/controller.h"

#include <boost/test/unit_test.hpp>
#include <numeric>

namespace {

using namespace flnas;
using namespace flnas::searches;

/// Eight decisions of five actions: 390,625 rows. Each action has a worth of its own, and each pair of neighbours one.
class Table {
 public:
  explicit Table(std::uint64_t seed) {
    Random random(seed);
    for (auto& worth : own_) worth = random.uniform();
    for (auto& worth : pair_) worth = 0.5 * random.uniform();
  }
  double reward(const std::vector<int>& actions) const {
    double sum = 0;
    for (std::size_t t = 0; t < actions.size(); ++t) {
      sum += own_[5 * t + static_cast<std::size_t>(actions[t])];
      if (t > 0) sum += pair_[25 * t + static_cast<std::size_t>(5 * actions[t - 1] + actions[t])];
    }
    return sum / 12;
  }

 private:
  double own_[8 * 5] = {}, pair_[8 * 25] = {};
};

constexpr int kEvaluations = 500, kBatch = 10;
const std::vector<int> kPlan(8, 5);

struct Result {
  double best = 0, last = 0;  ///< of all, and the mean of the last 100
};

Result run(const Table& table, std::uint64_t seed, bool learns) {
  Controller controller(kPlan, {}, seed);
  Random random(mix_seed(seed, 1));
  Result result;
  for (int done = 0; done < kEvaluations; done += kBatch) {
    std::vector<Episode> episodes;
    for (auto& actions : controller.sample(kBatch, random)) {
      const double reward = table.reward(actions);
      episodes.push_back({std::move(actions), reward});
      result.best = std::max(result.best, reward);
      if (done >= kEvaluations - 100) result.last += reward / 100;
    }
    if (learns) controller.learn(episodes);
  }
  return result;
}

/// Uniform, as random search is.
Result random_search(const Table& table, std::uint64_t seed) {
  Random random(seed);
  Result result;
  for (int i = 0; i < kEvaluations; ++i) {
    std::vector<int> actions;
    for (const int options : kPlan)
      actions.push_back(static_cast<int>(random.below(static_cast<std::uint64_t>(options))));
    result.best = std::max(result.best, table.reward(actions));
  }
  return result;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(controller)

BOOST_AUTO_TEST_CASE(it_beats_random_search_on_a_known_reward) {
  int wins = 0;
  double learned = 0, blind = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Table table(seed);
    const double ours = run(table, seed, true).best, theirs = random_search(table, seed).best;
    wins += ours > theirs;
    learned += ours / 20, blind += theirs / 20;
  }
  BOOST_TEST_MESSAGE("best of 500, mean of 20 seeds: controller " << learned << ", random " << blind << ", wins "
                                                                  << wins);
  // By chance alone 15 wins of 20 or more come in 2 % of all cases.
  BOOST_TEST(wins >= 15);
  BOOST_TEST(learned > blind);
}

BOOST_AUTO_TEST_CASE(what_it_proposes_gets_better_only_where_it_learns) {
  const Table table(1);
  BOOST_TEST(run(table, 1, true).last > run(table, 1, false).last + 0.1);
}

BOOST_AUTO_TEST_CASE(an_untrained_controller_is_nearly_uniform_and_depends_on_its_seed_alone) {
  const Controller controller({4, 2}, {}, 1), same({4, 2}, {}, 1);
  Random random(3), again(3);
  const auto rows = controller.sample(2000, random);
  BOOST_TEST((rows == same.sample(2000, again)));
  std::vector<int> counts(4);
  for (const auto& row : rows) ++counts[static_cast<std::size_t>(row[0])];
  for (const int count : counts) BOOST_TEST(std::abs(count - 500) < 120);
}

BOOST_AUTO_TEST_SUITE_END()
